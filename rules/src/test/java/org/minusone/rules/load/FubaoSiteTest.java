package org.minusone.rules.load;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.minusone.model.Level.ALARM;
import static org.minusone.model.Level.CRITICAL;
import static org.minusone.model.Level.NOTICE;
import static org.minusone.model.Level.WARN;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.minusone.model.Crew;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.Rule;
import org.minusone.model.Rule.Deadband;
import org.minusone.model.Rule.Direction;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.SiteVersion;

/** The site in the repository is the one of DOMAIN §1, and its pack has the numbers of §2. */
class FubaoSiteTest {
  private static final SiteLoader.Loaded LOADED = SiteLoader.load(directory());
  private static final SiteVersion SITE = LOADED.draft();

  private static Path directory() {
    Path here = Path.of("").toAbsolutePath();
    while (here != null && !Files.isDirectory(here.resolve("deploy/sites/fubao"))) {
      here = here.getParent();
    }
    assertThat(here).as("deploy/sites/fubao above the working directory").isNotNull();
    return here.resolve("deploy/sites/fubao");
  }

  @Test
  void loadsWithoutAProblem() {
    assertThat(LOADED.problems()).isEmpty();
    assertThat(SITE.site().value()).isEqualTo("fubao");
    assertThat(SITE.name().zh()).isEqualTo("福保街道");
    assertThat(SITE.zone()).isEqualTo("Asia/Shanghai");
    assertThat(SITE.version()).isZero();
    assertThat(SITE.appliedAt()).isNull();
  }

  @Test
  void hasExactlyTheSensorsOfTheSubdistrict() {
    Map<Family, Long> counts =
        SITE.sensors().values().stream().collect(groupingBy(Sensor::family, counting()));
    assertThat(counts)
        .containsOnly(
            Map.entry(Family.FLOOD_POINT, 12L),
            Map.entry(Family.ELECTRICAL, 500L),
            Map.entry(Family.FIRE_FACILITY, 104L),
            Map.entry(Family.HAZMAT_STORAGE, 22L),
            Map.entry(Family.SMOKE, 657L));
    assertThat(SITE.sensors()).hasSize(1295);
  }

  @Test
  void numbersThemWithoutAGap() {
    for (int i = 1; i <= 657; i++) {
      assertThat(SITE.sensor(new SensorId(String.format("S-%04d", i)))).isPresent();
    }
    for (int i = 1; i <= 22; i++) {
      assertThat(SITE.sensor(new SensorId(String.format("H-%02d", i)))).isPresent();
    }
  }

  @Test
  void givesEachSensorAPlaceANameInBothLanguagesAndItsQuantities() {
    for (Sensor sensor : SITE.sensors().values()) {
      assertThat(sensor.name().zh()).as(sensor.id().value()).isNotBlank();
      assertThat(sensor.name().en()).as(sensor.id().value()).isNotBlank();
      assertThat(sensor.place().community()).as(sensor.id().value()).isNotNull();
      assertThat(sensor.quantities()).as(sensor.id().value()).isNotEmpty();
      assertThat(sensor.family().quantities()).containsAll(sensor.quantities());
      assertThat(sensor.hazardClass() != null).isEqualTo(sensor.family() == Family.HAZMAT_STORAGE);
      if (sensor.place().building() != null) {
        assertThat(sensor.place().floor()).as(sensor.id().value()).isNotNull();
      }
    }
    assertThat(SITE.sensors().values().stream().map(s -> s.name().zh()).distinct()).hasSize(1295);
    assertThat(SITE.sensors().values().stream().map(s -> s.place().x() + "," + s.place().y()))
        .doesNotHaveDuplicates();
  }

  @Test
  void storesEveryHazardClass() {
    assertThat(SITE.sensors().values())
        .extracting(Sensor::hazardClass)
        .containsAll(SensorsReader.HAZARD_CLASSES);
  }

  /** That nobody is missing at any hour is said by the check of the site, which is clean. */
  @Test
  void hasACrewForEveryFamilyInEveryCommunityDayAndNight() {
    assertThat(Cover.gaps(SITE.crews(), SITE.sensors().values(), ZoneId.of(SITE.zone()))).isEmpty();
    assertThat(SITE.crews()).allMatch(crew -> crew.district() || !crew.shifts().isEmpty());
    assertThat(SITE.crews())
        .allMatch(c -> c.members().stream().filter(Crew.Member::lead).count() == 1);
    assertThat(SITE.crews().stream().flatMap(c -> c.members().stream()))
        .allMatch(m -> m.phone().startsWith("000-0000-"));
  }

  @Test
  void watchesEveryLimitOfDomainSection2() {
    above("hazmat-temperature", deadband(1), Map.of(WARN, 28.0, ALARM, 30.0, CRITICAL, 35.0));
    above("hazmat-humidity", deadband(3), Map.of(WARN, 75.0, ALARM, 80.0));
    above("hazmat-gas", deadband(5), Map.of(ALARM, 25.0, CRITICAL, 50.0));
    above("electrical-residual-current", percent(10), Map.of(WARN, 200.0, ALARM, 300.0));
    above("electrical-temperature", deadband(3), Map.of(WARN, 60.0, ALARM, 70.0, CRITICAL, 85.0));
    above(
        "electrical-overvoltage", deadband(3), Map.of(WARN, 235.4, ALARM, 250.0, CRITICAL, 270.0));
    below("electrical-undervoltage", deadband(3), Map.of(WARN, 198.0));
    above("electrical-load", deadband(5), Map.of(WARN, 80.0, ALARM, 100.0, CRITICAL, 120.0));
    above("electrical-arc", Deadband.NONE, Map.of(ALARM, 14.0));
    below("fire-pressure-low", deadband(.01), Map.of(ALARM, .14));
    above("fire-pressure-high", deadband(.01), Map.of(ALARM, 1.0));
    below("fire-tank-low", deadband(2), Map.of(WARN, 90.0, ALARM, 80.0));
    above("fire-tank-overflow", deadband(2), Map.of(ALARM, 102.0));
    above("smoke-obscuration", deadband(.03), Map.of(WARN, .07, ALARM, .15));
    above("smoke-heat", deadband(3), Map.of(WARN, 46.0, ALARM, 56.0));
    above(
        "flood-depth", deadband(2), Map.of(NOTICE, 10.0, WARN, 15.0, ALARM, 27.0, CRITICAL, 40.0));
  }

  @Test
  void waitsForAnOverloadToLast() {
    Map<Level, Rule.Limit> load = threshold("electrical-load").levels();
    assertThat(load.get(WARN).hold()).isEqualTo(Duration.ofSeconds(60));
    assertThat(load.get(ALARM).hold()).isEqualTo(Duration.ofSeconds(30));
    assertThat(load.get(CRITICAL).hold()).isEqualTo(Duration.ofSeconds(10));
    assertThat(threshold("smoke-obscuration").levels().get(ALARM).hold()).isZero();
  }

  @Test
  void countsEachStateAsItsLevel() {
    assertThat(state("smoke-state"))
        .isEqualTo(
            Map.of(
                CRITICAL, List.of("fire"),
                ALARM, List.of("fault", "removed"),
                NOTICE, List.of("low-battery", "contaminated", "silenced", "test")));
    assertThat(state("fire-pump-mode")).isEqualTo(Map.of(ALARM, List.of("manual", "off", "fault")));
  }

  @Test
  void calls3SlowestPeriodsSilence() {
    for (Family family : Family.values()) {
      assertThat(SITE.rules())
          .as(family.id())
          .anyMatch(
              rule ->
                  rule.family() == family
                      && rule.condition() instanceof Rule.Silent silent
                      && silent.after().equals(family.silentAfter()));
    }
  }

  @Test
  void foreseesWhereForesightMakesSense() {
    assertThat(threshold("flood-depth").forecast())
        .isEqualTo(
            new Rule.Forecast(
                List.of(WARN, ALARM),
                Duration.ofMinutes(15),
                Duration.ofMinutes(30),
                "three-trends"));
    assertThat(threshold("smoke-obscuration").forecast().horizon())
        .isEqualTo(Duration.ofSeconds(60));
    Map<String, List<Level>> foreseen = new TreeMap<>();
    for (Rule rule : SITE.rules()) {
      if (rule.condition() instanceof Rule.Threshold threshold && threshold.forecast() != null) {
        foreseen.put(rule.name(), threshold.forecast().to());
      }
    }
    assertThat(foreseen.keySet())
        .containsExactly(
            "electrical-residual-current",
            "electrical-temperature",
            "fire-pressure-low",
            "fire-tank-low",
            "flood-depth",
            "hazmat-humidity",
            "hazmat-temperature",
            "smoke-heat",
            "smoke-obscuration");
  }

  @Test
  void saysOfEveryRuleWhatToDoAndWhatItRestsOn() {
    for (Rule rule : SITE.rules()) {
      assertThat(rule.because()).as(rule.name()).matches("(?s).*(\\(V|\\(GK\\)|\\(D\\)).*");
      assertThat(rule.guidance().zh().lines().count()).as(rule.name()).isBetween(2L, 3L);
      assertThat(rule.guidance().en().lines().count()).as(rule.name()).isBetween(2L, 3L);
      assertThat(rule.guidance().zh() + rule.guidance().en()).doesNotContain("!", "！");
    }
  }

  @Test
  void hazmatLimitsGoByHazardClass() {
    assertThat(at("H-16", "hazmat-temperature")).isEqualTo(Map.of(ALARM, 28.0, CRITICAL, 35.0));
    assertThat(at("H-13", "hazmat-temperature"))
        .isEqualTo(Map.of(WARN, 28.0, ALARM, 32.0, CRITICAL, 35.0));
    assertThat(at("H-11", "hazmat-temperature")).containsEntry(ALARM, 32.0);
    assertThat(at("H-07", "hazmat-temperature")).containsEntry(ALARM, 30.0);
    for (String store : List.of("H-09", "H-03", "H-15")) {
      assertThat(at(store, "hazmat-humidity")).as(store).isEqualTo(Map.of(ALARM, 75.0));
    }
    assertThat(at("H-07", "hazmat-humidity")).isEqualTo(Map.of(WARN, 75.0, ALARM, 80.0));
  }

  private static Map<Level, Double> at(String sensor, String rule) {
    Rule here = SITE.rule(rule, new SensorId(sensor)).orElseThrow();
    return ((Rule.Threshold) here.condition())
        .levels().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().value()));
  }

  @Test
  void readsTheRulesAloneAsWell() {
    assertThat(RuleLoader.load(directory()).rules()).isEqualTo(SITE.rules());
    assertThat(RuleLoader.load(directory().resolve("rules")).problems()).isEmpty();
    assertThat(RuleLoader.load(directory().resolve("rules/smoke.yaml")).rules()).hasSize(4);
  }

  private static Deadband deadband(double size) {
    return new Deadband(size, false);
  }

  private static Deadband percent(double size) {
    return new Deadband(size, true);
  }

  private static void above(String rule, Deadband deadband, Map<Level, Double> limits) {
    check(rule, Direction.ABOVE, deadband, limits);
  }

  private static void below(String rule, Deadband deadband, Map<Level, Double> limits) {
    check(rule, Direction.BELOW, deadband, limits);
  }

  private static void check(
      String rule, Direction direction, Deadband deadband, Map<Level, Double> limits) {
    Rule.Threshold threshold = threshold(rule);
    assertThat(threshold.direction()).as(rule).isEqualTo(direction);
    assertThat(threshold.deadband()).as(rule).isEqualTo(deadband);
    Map<Level, Double> found =
        threshold.levels().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().value()));
    assertThat(found).as(rule).isEqualTo(limits);
  }

  private static Rule.Threshold threshold(String rule) {
    return (Rule.Threshold) SITE.rule(rule).orElseThrow().condition();
  }

  private static Map<Level, List<String>> state(String rule) {
    return ((Rule.State) SITE.rule(rule).orElseThrow().condition()).levels();
  }
}
