package org.minusone.rules.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.model.Family;
import org.minusone.model.Maintenance;
import org.minusone.model.SensorId;
import org.minusone.model.codec.Json;

/** A site's names in overrides, in {@code together} and in {@code maintenance.yaml}. */
final class SiteOfPlacesTest {
  private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");

  @TempDir private Path site;

  @BeforeEach
  void files() throws IOException {
    write("site.yaml", "id: fubao", "name: Fubao", "zone: Asia/Shanghai");
    write(
        "places.yaml",
        "communities:",
        "  - {id: east, name: East}",
        "buildings:",
        "  - {id: road-6, community: east, x: 1, y: 2, name: Road 6}",
        "  - {id: road-8, community: east, x: 1, y: 2, name: Road 8}");
    write(
        "sensors/h.yaml",
        "family: hazmat-storage",
        "quantities: [temperature]",
        "sensors:",
        "  - {id: H-1, building: road-6, hazard_class: peroxide, name: One}");
    write(
        "sensors/s.yaml",
        "family: smoke",
        "quantities: [obscuration]",
        "sensors:",
        "  - {id: S-1, building: road-6, name: One}");
    rules();
  }

  private void write(String file, String... lines) throws IOException {
    Path path = site.resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, List.of(lines));
  }

  private void rules(String... more) throws IOException {
    String[] lines = new String[more.length + 7];
    List<String> head =
        List.of(
            "groups:",
            "- name: g",
            "  rules:",
            "  - rule: heat",
            "    family: hazmat-storage",
            "    quantity: temperature",
            "    above: {alarm: 30}");
    for (int i = 0; i < lines.length; i++) {
      lines[i] = i < 7 ? head.get(i) : more[i - 7];
    }
    write("rules/r.yaml", lines);
  }

  private List<String> problems() {
    String root = site + "/";
    return SiteLoader.load(site, SiteChecks.NONE, ForecastMethods.LIVE, NOW).problems().stream()
        .map(problem -> problem.toString().replace(root, ""))
        .toList();
  }

  private List<Maintenance> windows() {
    SiteLoader.Loaded loaded = SiteLoader.load(site, SiteChecks.NONE, ForecastMethods.LIVE, NOW);
    assertThat(loaded.problems()).isEmpty();
    return loaded.draft().maintenance();
  }

  @Test
  void overridesNameWhatThereIs() throws IOException {
    rules(
        "    overrides:",
        "    - {building: road-66, above: {alarm: 31}}",
        "    - {sensor: H-2, above: {alarm: 31}}",
        "    - {sensor: S-1, above: {alarm: 31}}",
        "    - {community: eats, deadband: 1}",
        "    - {building: road-8, deadband: 1}");
    assertThat(problems())
        .containsExactly(
            "rules/r.yaml:9:18: unknown building 'road-66', did you mean 'road-6'?",
            "rules/r.yaml:10:16: unknown sensor 'H-2', did you mean 'H-1'?",
            "rules/r.yaml:11:16: 'S-1' is a smoke sensor, not hazmat-storage",
            "rules/r.yaml:12:19: unknown community 'eats', did you mean 'east'?",
            "rules/r.yaml:13:18: warning: no hazmat-storage sensor is in building 'road-8'");
  }

  @Test
  void togetherNamesRulesThatThereAre() throws IOException {
    rules(
        "  - rule: both",
        "    together: {of: [heat, heet], at_least: 2, in: bilding}",
        "  - rule: three",
        "    together: {of: [heat, three], at_least: 1, in: floor, distinct: rules}",
        "  - rule: site-silent",
        "    together: {of: [heat], at_least: 2, in: floor}",
        "    family: smoke");
    assertThat(problems())
        .containsExactly(
            "rules/r.yaml:9:27: unknown rule 'heet', did you mean 'heat'?",
            "rules/r.yaml:9:51: unknown area 'bilding', did you mean 'building'?",
            "rules/r.yaml:11:27: 'three' is itself a 'together': name its rules",
            "rules/r.yaml:11:45: 'at_least' is a whole number from 2 to 1000, not 1",
            "rules/r.yaml:12:11: 'site-silent' is the name of alerts of our own: choose another",
            "rules/r.yaml:14:5: 'family' has no meaning beside 'together'");
  }

  @Test
  void whatCanNeverComeTogetherHereIsSaid() throws IOException {
    rules(
        "  - {rule: smoke, family: smoke, quantity: obscuration, above: {warn: 1}}",
        "  - {rule: two, together: {of: [heat, smoke], at_least: 2, in: building}}",
        "  - {rule: three, together: {of: [heat, smoke], at_least: 3, in: building}}",
        "  - {rule: worse, together: {of: [heat, smoke], at_least: 2, in: building, from: critical}}",
        "  - {rule: floors, together: {of: [heat, smoke], at_least: 2, in: floor}}",
        "  - {rule: kinds, together: {of: [heat, smoke], at_least: 2, in: building, from: alarm,"
            + " distinct: rules}}");
    assertThat(problems())
        .containsExactly(
            "rules/r.yaml:10:12: warning: 'three' can never be: at most 2 of its sensors are in one"
                + " building, and 3 are wanted",
            "rules/r.yaml:11:12: warning: 'worse' can never be: no rule it names reaches 'critical'"
                + " here",
            "rules/r.yaml:12:12: warning: 'floors' can never be: none of its sensors is in a floor,"
                + " and 2 are wanted",
            "rules/r.yaml:13:12: warning: 'kinds' can never be: at most 1 of its rules are in one"
                + " building, and 2 are wanted");
  }

  @Test
  void aWindowThatHoldsForNobodyAndOneOfAWholeDayAreSaid() throws IOException {
    write(
        "maintenance.yaml",
        "maintenance:",
        "  - {id: a, sensors: [H-1], families: [smoke], from: 2026-07-02T09:00, to: 2026-07-02T11:00,"
            + " reason: R, by: L}",
        "  - {id: b, sensors: [H-1], weekly: {days: [mon], from: 09:00, to: 09:00}, reason: R, by: L}");
    assertThat(problems())
        .containsExactly(
            "maintenance.yaml:2:5: warning: no sensor of this site is in 'a'",
            "maintenance.yaml:3:37: warning: 'to' is 'from': a whole day, to 09:00 of the next");
  }

  @Test
  void aWindowIsLocalToTheSiteUnlessItSaysOtherwise() throws IOException {
    write(
        "maintenance.yaml",
        "maintenance:",
        "  - id: service",
        "    sensors: [H-1]",
        "    from: 2026-07-02T09:00",
        "    to: 2026-07-02T11:00+08:00",
        "    reason: {zh: 检修, en: Service}",
        "    by: Li Na",
        "  - id: nights",
        "    buildings: [road-6]",
        "    families: [smoke]",
        "    weekly: {days: [mon, fri], from: 22:00, to: 02:00}",
        "    reason: Drill",
        "    by: Li Na");
    List<Maintenance> windows = windows();
    assertThat(windows.get(0).from()).isEqualTo("2026-07-02T01:00:00Z");
    assertThat(windows.get(0).to()).isEqualTo("2026-07-02T03:00:00Z");
    assertThat(windows.get(1).weekly().zone().getId()).isEqualTo("Asia/Shanghai");
    for (Maintenance window : windows) {
      assertThat(Json.read(Json.bytes(window), Maintenance.class)).isEqualTo(window);
    }
    var sensors =
        SiteLoader.load(site, SiteChecks.NONE, ForecastMethods.LIVE, NOW).draft().sensors();
    SensorId smoke = new SensorId("S-1");
    SensorId store = new SensorId("H-1");
    assertThat(windows.get(1).isFor(smoke, Family.SMOKE, sensors.get(smoke))).isTrue();
    assertThat(windows.get(1).isFor(store, Family.HAZMAT_STORAGE, sensors.get(store))).isFalse();
    assertThat(windows.get(0).isFor(store, Family.HAZMAT_STORAGE, null)).isTrue();
  }

  @Test
  void whatIsWrongWithAWindowIsSaid() throws IOException {
    write(
        "maintenance.yaml",
        "maintenance:",
        "  - {id: a, sensors: [H-7], from: 2026-07-02T09:00, to: 2026-07-02T11:00, reason: R, by: L}",
        "  - {id: b, from: 2026-07-02T09:00, to: 2026-07-02T11:00, reason: R, by: L}",
        "  - {id: c, sensors: [H-1], from: 2026-07-02T09:00, to: 2026-07-02, reason: R, by: L}",
        "  - {id: d, sensors: [H-1], from: 2026-07-02T09:00, to: 2026-07-01T09:00, reason: R, by: L}",
        "  - {id: e, sensors: [H-1], from: 2026-06-02T09:00, to: 2026-06-02T11:00, reason: R, by: L}",
        "  - {id: f, sensors: [H-1], from: 2026-07-02T09:00, to: 2026-07-12T11:00, reason: R, by: L}",
        "  - {id: g, sensors: [H-1], weekly: {days: [tues], from: 9, to: 10:00}, reason: R, by: L}",
        "  - {id: g, sensors: [H-1], weekly: {days: [tue], from: 09:00, to: 10:00}, reason: R}");
    assertThat(problems())
        .containsExactly(
            "maintenance.yaml:2:23: unknown sensor 'H-7', did you mean 'H-1'?",
            "maintenance.yaml:3:5: what is out of service? one of sensors, buildings, communities,"
                + " families",
            "maintenance.yaml:4:57: 'to' must be a time such as 2026-12-01T09:00 (in Asia/Shanghai)"
                + " or 2026-12-01T09:00+08:00, not '2026-07-02'",
            "maintenance.yaml:5:57: 'to' must be after 'from'",
            "maintenance.yaml:6:57: warning: this window is over: it can be taken out",
            "maintenance.yaml:7:57: warning: longer than a week: nothing at these sensors is told"
                + " meanwhile",
            "maintenance.yaml:8:45: unknown day 'tues', did you mean 'tue'?",
            "maintenance.yaml:8:58: 'from' must be a time of day such as 02:30, not '9'",
            "maintenance.yaml:9:5: missing key 'by'",
            "maintenance.yaml:9:10: duplicate window 'g', first at line 8");
  }
}
