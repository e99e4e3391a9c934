package org.minusone.app.site;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.minusone.model.CodecChoice;
import org.minusone.model.Crew;
import org.minusone.model.Maintenance;
import org.minusone.model.Rule;
import org.minusone.model.SiteVersion;
import org.minusone.model.codec.Json;

/**
 * What becomes different when one version of a site takes another's place, held against each other
 * as they travel. Ids and the names of fields; values stay inside, a password's hash is among them.
 *
 * @param about fields of the site itself that change; {@code order of rules} is one
 * @param codecs by filter; {@code about} has {@code order of codecs}, for the first that matches
 *     counts
 */
public record SiteDifference(
    List<String> about,
    Part sensors,
    Part gateways,
    Part codecs,
    Part rules,
    Part crews,
    Part maintenance) {
  /** Of one kind: by id, in order. */
  public record Part(List<String> added, List<String> removed, List<Change> changed) {
    public boolean isNone() {
      return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
    }
  }

  /**
   * @param what the fields that differ, as they are called on the topic
   */
  public record Change(String id, List<String> what) {}

  /**
   * @param live null = there is none yet, so all of {@code next} is new
   */
  public static SiteDifference between(SiteVersion live, SiteVersion next) {
    List<String> about = new ArrayList<>();
    if (live != null) {
      differs(about, "name", live.name(), next.name());
      differs(about, "zone", live.zone(), next.zone());
      differs(about, "demonstration", live.demonstration(), next.demonstration());
      differs(about, "unknown_sensors", live.admitsUnknown(), next.admitsUnknown());
      differs(about, "deadlines of crews", live.deadlines(), next.deadlines());
      moved(about, "order of rules", List.copyOf(rules(live).keySet()), rules(next));
      moved(about, "order of codecs", List.copyOf(codecs(live).keySet()), codecs(next));
    }
    return new SiteDifference(
        about,
        part(live == null ? Map.of() : sensors(live), sensors(next)),
        part(live == null ? Map.of() : live.gateways(), next.gateways()),
        part(live == null ? Map.of() : codecs(live), codecs(next)),
        part(live == null ? Map.of() : rules(live), rules(next)),
        part(live == null ? Map.of() : crews(live), crews(next)),
        part(live == null ? Map.of() : maintenance(live), maintenance(next)));
  }

  public boolean isNone() {
    return about.isEmpty() && parts().values().stream().allMatch(Part::isNone);
  }

  /** By what a person calls them. */
  public Map<String, Part> parts() {
    Map<String, Part> parts = new LinkedHashMap<>();
    parts.put("sensors", sensors);
    parts.put("gateways", gateways);
    parts.put("codecs", codecs);
    parts.put("rules", rules);
    parts.put("crews", crews);
    parts.put("maintenance", maintenance);
    return parts;
  }

  private static Map<String, Object> sensors(SiteVersion site) {
    Map<String, Object> byId = new TreeMap<>();
    site.sensors().values().forEach(sensor -> byId.put(sensor.id().value(), sensor));
    return byId;
  }

  private static Map<String, Object> rules(SiteVersion site) {
    Map<String, Object> byName = new LinkedHashMap<>();
    for (Rule rule : site.rules()) {
      byName.put(rule.name(), rule);
    }
    return byName;
  }

  private static Map<String, Object> codecs(SiteVersion site) {
    Map<String, Object> byFilter = new LinkedHashMap<>();
    for (CodecChoice choice : site.codecs()) {
      byFilter.put(choice.filter(), choice);
    }
    return byFilter;
  }

  private static Map<String, Object> crews(SiteVersion site) {
    Map<String, Object> byId = new TreeMap<>();
    for (Crew crew : site.crews()) {
      byId.put(crew.id(), crew);
    }
    return byId;
  }

  private static Map<String, Object> maintenance(SiteVersion site) {
    Map<String, Object> byId = new TreeMap<>();
    for (Maintenance window : site.maintenance()) {
      byId.put(window.id(), window);
    }
    return byId;
  }

  private static void differs(List<String> about, String field, Object before, Object after) {
    if (!before.equals(after)) {
      about.add(field);
    }
  }

  /** Whether those that both have stand in another order. */
  private static void moved(
      List<String> about, String what, List<String> before, Map<String, ?> after) {
    List<String> stayed = before.stream().filter(after::containsKey).toList();
    List<String> now = after.keySet().stream().filter(before::contains).toList();
    if (!stayed.equals(now)) {
      about.add(what);
    }
  }

  private static Part part(Map<String, ?> before, Map<String, ?> after) {
    List<String> added = new ArrayList<>();
    List<String> removed = new ArrayList<>();
    List<Change> changed = new ArrayList<>();
    for (String id : new TreeSet<>(after.keySet())) {
      Object old = before.get(id);
      if (old == null) {
        added.add(id);
      } else {
        List<String> fields = fields(tree(old), tree(after.get(id)));
        if (!fields.isEmpty()) {
          changed.add(new Change(id, fields));
        }
      }
    }
    for (String id : new TreeSet<>(before.keySet())) {
      if (!after.containsKey(id)) {
        removed.add(id);
      }
    }
    return new Part(List.copyOf(added), List.copyOf(removed), List.copyOf(changed));
  }

  /** Through the bytes, as the topic has it: {@code 1} that was read back is no new {@code 1}. */
  private static JsonNode tree(Object entity) {
    return Json.read(Json.bytes(entity), JsonNode.class);
  }

  private static List<String> fields(JsonNode before, JsonNode after) {
    TreeSet<String> names = new TreeSet<>();
    before.fieldNames().forEachRemaining(names::add);
    after.fieldNames().forEachRemaining(names::add);
    return names.stream().filter(name -> !before.path(name).equals(after.path(name))).toList();
  }
}
