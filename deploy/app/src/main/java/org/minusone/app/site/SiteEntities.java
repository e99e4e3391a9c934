package org.minusone.app.site;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.minusone.model.CodecChoice;
import org.minusone.model.Crew;
import org.minusone.model.Gateway;
import org.minusone.model.Level;
import org.minusone.model.Maintenance;
import org.minusone.model.Rule;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.StepDeadlines;
import org.minusone.model.Text;
import org.minusone.model.codec.Json;

/**
 * A site as the entities that travel: {@code kind/id/hash} → JSON. The hash is of the JSON, so that
 * an entity that did not change is written once, and a reader that has a manifest's entities has
 * exactly that version.
 */
final class SiteEntities {
  private static final String ABOUT = "about";
  private static final String SENSOR = "sensor";
  private static final String RULE = "rule";
  private static final String CREW = "crew";
  private static final String GATEWAY = "gateway";
  private static final String CODECS = "codecs";
  private static final String MAINTENANCE = "maintenance";
  private static final String DEADLINES = "deadlines";

  private SiteEntities() {}

  /** What is said once about a site, and the order of its rules. */
  record About(
      Text name, String zone, boolean demonstration, List<String> rules, boolean admitsUnknown) {}

  /** Together, because their order counts. */
  record Codecs(List<CodecChoice> choices) {}

  /** Together: there are few, and they come and go. */
  record Windows(List<Maintenance> windows) {}

  /** Together, by severity. */
  record Steps(Map<Level, StepDeadlines> deadlines) {}

  static Map<String, byte[]> split(SiteVersion site) {
    Map<String, byte[]> entities = new LinkedHashMap<>();
    List<String> order = site.rules().stream().map(Rule::name).toList();
    put(
        entities,
        ABOUT,
        "site",
        new About(site.name(), site.zone(), site.demonstration(), order, site.admitsUnknown()));
    for (SensorId id : new TreeSet<>(site.sensors().keySet())) {
      put(entities, SENSOR, id.value(), site.sensors().get(id));
    }
    site.rules().forEach(rule -> put(entities, RULE, rule.name(), rule));
    site.crews().forEach(crew -> put(entities, CREW, crew.id(), crew));
    for (String id : new TreeSet<>(site.gateways().keySet())) {
      put(entities, GATEWAY, id, site.gateways().get(id));
    }
    if (!site.codecs().isEmpty()) {
      put(entities, CODECS, "all", new Codecs(site.codecs()));
    }
    if (!site.maintenance().isEmpty()) {
      put(entities, MAINTENANCE, "all", new Windows(site.maintenance()));
    }
    if (!site.deadlines().isEmpty()) {
      put(entities, DEADLINES, "all", new Steps(new TreeMap<>(site.deadlines())));
    }
    return entities;
  }

  /**
   * The version that {@code manifest} names.
   *
   * @return empty while one of its entities has not arrived
   */
  static Optional<SiteVersion> join(
      SiteId site, SiteManifest manifest, Map<String, byte[]> entities) {
    About about = null;
    Map<SensorId, Sensor> sensors = new HashMap<>();
    Map<String, Rule> rules = new HashMap<>();
    List<Crew> crews = new ArrayList<>();
    Map<String, Gateway> gateways = new HashMap<>();
    List<CodecChoice> codecs = List.of();
    List<Maintenance> maintenance = List.of();
    Map<Level, StepDeadlines> deadlines = Map.of();
    for (String entry : new TreeSet<>(manifest.entries())) {
      byte[] json = entities.get(entry);
      if (json == null) {
        return Optional.empty();
      }
      switch (entry.substring(0, entry.indexOf('/'))) {
        case ABOUT -> about = Json.read(json, About.class);
        case SENSOR -> {
          Sensor sensor = Json.read(json, Sensor.class);
          sensors.put(sensor.id(), sensor);
        }
        case RULE -> {
          Rule rule = Json.read(json, Rule.class);
          rules.put(rule.name(), rule);
        }
        case CREW -> crews.add(Json.read(json, Crew.class));
        case GATEWAY -> {
          Gateway gateway = Json.read(json, Gateway.class);
          gateways.put(gateway.id(), gateway);
        }
        case DEADLINES -> deadlines = Json.read(json, Steps.class).deadlines();
        case MAINTENANCE -> maintenance = Json.read(json, Windows.class).windows();
        case CODECS -> codecs = Json.read(json, Codecs.class).choices();
        default -> {
          // A kind that a newer version writes: this one has no use for it.
        }
      }
    }
    if (about == null) {
      return Optional.empty();
    }
    return Optional.of(
        new SiteVersion(
            site,
            manifest.version(),
            manifest.appliedAt(),
            manifest.appliedBy(),
            about.name(),
            about.zone(),
            about.demonstration(),
            sensors,
            about.rules().stream().map(rules::get).toList(),
            crews,
            about.admitsUnknown(),
            gateways,
            codecs,
            maintenance,
            deadlines));
  }

  private static void put(Map<String, byte[]> entities, String kind, String id, Object value) {
    byte[] json = Json.bytes(value);
    entities.put(kind + "/" + id + "/" + hash(json), json);
  }

  private static String hash(byte[] json) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(json);
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
