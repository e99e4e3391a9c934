package org.minusone.alerting.lifecycle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.minusone.model.Group;
import org.minusone.model.Level;
import org.minusone.model.Rule;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.SiteVersion;
import org.minusone.model.Text;

/**
 * Which sensors of a site are silent, and whether so many of one gateway, or of the whole site,
 * that it is one alert about it (CONTRACTS §2.5). Pure; follows from the open alerts alone, so that
 * it is the same after a restart.
 *
 * <pre>
 * one by one   at least 5, and more than 20 % of all of them, are silent   folded
 * folded       fewer than 5, or at most 10 %, are silent                   one by one again
 * </pre>
 *
 * <p>Half the share lies between the two (D), or one sensor more or less would open and close
 * dozens of alerts. A sensor is told of with its gateway if that is folded, else with the site: of
 * a site count those whose gateway is not folded.
 */
public final class SilentSite {
  /** Stands for the site among the ids of its gateways. */
  public static final String SITE = "";

  private static final int FEWEST = 5;
  private static final int BEGINS_PERCENT = 20;
  private static final int ENDS_PERCENT = 10;

  private final Map<SensorId, Map<String, Silence>> silent = new LinkedHashMap<>();
  private final Map<String, String> folds = new HashMap<>();
  private SiteVersion version;
  private final Map<String, Integer> sizes = new HashMap<>();
  private final Map<String, Set<SensorId>> silentOf = new HashMap<>();

  private record Silence(String rule, Level level, Instant since) {}

  /** What ought to happen to the alert about a gateway or the site. */
  public enum Turn {
    FOLD,
    UNFOLD
  }

  /** Counts anew if the registry is another one; null = not known, then nothing is folded. */
  public void follow(SiteVersion live) {
    if (live == version) {
      return;
    }
    version = live;
    sizes.clear();
    silentOf.clear();
    if (live != null) {
      for (Sensor sensor : live.sensors().values()) {
        sizes.merge(SITE, 1, Integer::sum);
        gatewayOf(sensor.id()).ifPresent(g -> sizes.merge(g, 1, Integer::sum));
      }
      silent.keySet().forEach(this::count);
    }
  }

  /** Its alert about silence is open. */
  public void silent(SensorId sensor, String alert, String rule, Level level, Instant since) {
    silent
        .computeIfAbsent(sensor, s -> new LinkedHashMap<>())
        .put(alert, new Silence(rule, level, since));
    count(sensor);
  }

  /** That alert is over. */
  public void over(SensorId sensor, String alert) {
    Map<String, Silence> own = silent.get(sensor);
    if (own != null && own.remove(alert) != null && own.isEmpty()) {
      silent.remove(sensor);
      silentOf.values().forEach(all -> all.remove(sensor));
    }
  }

  private void count(SensorId sensor) {
    if (version == null || !version.sensors().containsKey(sensor)) {
      return;
    }
    silentOf.computeIfAbsent(SITE, s -> new LinkedHashSet<>()).add(sensor);
    gatewayOf(sensor)
        .ifPresent(g -> silentOf.computeIfAbsent(g, s -> new LinkedHashSet<>()).add(sensor));
  }

  /** The gateway that speaks for it, if the registry names one. */
  public Optional<String> gatewayOf(SensorId sensor) {
    return version == null
        ? Optional.empty()
        : version.sensor(sensor).map(Sensor::gateway).filter(SensorId::isValid);
  }

  /** The alert about a gateway, or the site, is open. */
  public void folded(String key, String alert) {
    folds.put(key, alert);
  }

  public void unfolded(String key) {
    folds.remove(key);
  }

  /** The open alert about a gateway or the site; null where there is none. */
  public String fold(String key) {
    return folds.get(key);
  }

  public Set<String> folds() {
    return Set.copyOf(folds.keySet());
  }

  /**
   * The id of the alert that stands for a sensor's silence too; null while it stands for itself.
   */
  public String foldOf(SensorId sensor) {
    if (version == null || !version.sensors().containsKey(sensor)) {
      return null;
    }
    String own = gatewayOf(sensor).map(folds::get).orElse(null);
    return own == null ? folds.get(SITE) : own;
  }

  /** What ought to happen now; empty where all is as it should be. */
  public Optional<Turn> due(String key) {
    int of = sizes.getOrDefault(key, 0);
    int count = members(key).size();
    if (folds.containsKey(key)) {
      boolean ends = count < FEWEST || count * 100L <= (long) ENDS_PERCENT * of;
      return ends ? Optional.of(Turn.UNFOLD) : Optional.empty();
    }
    boolean begins = count >= FEWEST && count * 100L > (long) BEGINS_PERCENT * of;
    return begins ? Optional.of(Turn.FOLD) : Optional.empty();
  }

  /** Gateways with silent sensors or an open alert, then the site. */
  public List<String> keys() {
    Set<String> keys = new LinkedHashSet<>(silentOf.keySet());
    keys.addAll(folds.keySet());
    List<String> sorted = new ArrayList<>(keys);
    sorted.remove(SITE);
    sorted.sort(null);
    sorted.add(SITE);
    return sorted;
  }

  /** Those that an alert about {@code key} tells of. */
  private List<SensorId> members(String key) {
    Set<SensorId> all = silentOf.getOrDefault(key, Set.of());
    if (!key.equals(SITE) || folds.keySet().stream().allMatch(SITE::equals)) {
      return List.copyOf(all);
    }
    return all.stream()
        .filter(s -> gatewayOf(s).map(folds::get).filter(Objects::nonNull).isEmpty())
        .toList();
  }

  /** Alerts about silence that are open, by the sensor they are of. */
  public Map<SensorId, List<String>> openAlerts() {
    Map<SensorId, List<String>> open = new LinkedHashMap<>();
    silent.forEach((sensor, own) -> open.put(sensor, List.copyOf(own.keySet())));
    return open;
  }

  public List<String> openAlerts(SensorId sensor) {
    return List.copyOf(silent.getOrDefault(sensor, Map.of()).keySet());
  }

  /** What an alert about {@code key} says of those it tells of, the longest silent first. */
  public Group group(String key) {
    List<SensorId> members = members(key);
    List<Group.Member> told =
        members.stream()
            .map(sensor -> member(sensor, silent.get(sensor)))
            .sorted(Comparator.comparing(Group.Member::since).thenComparing(Group.Member::sensor))
            .toList();
    boolean ofSite = key.equals(SITE);
    Text name =
        ofSite
            ? version.name()
            : Optional.ofNullable(version.gateways().get(key))
                .map(gateway -> gateway.name())
                .orElse(Text.same(key));
    return new Group(
        ofSite ? "site" : "gateway",
        ofSite ? version.site().value() : key,
        name,
        members.size(),
        sizes.getOrDefault(key, 0),
        told);
  }

  private static Group.Member member(SensorId sensor, Map<String, Silence> own) {
    Silence first = own.values().iterator().next();
    return new Group.Member(sensor, first.rule(), first.level(), first.since(), null, null);
  }

  /** The name of the rule under which an alert about {@code key} goes. */
  public static String ruleOf(String key) {
    return key.equals(SITE) ? Rule.SITE_SILENT : Rule.GATEWAY_SILENT;
  }
}
