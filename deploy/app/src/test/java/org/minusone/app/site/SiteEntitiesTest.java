package org.minusone.app.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.minusone.model.Crew;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.Maintenance;
import org.minusone.model.Place;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;
import org.minusone.model.RuleOverride;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.StepDeadlines;
import org.minusone.model.Text;
import org.minusone.model.Weekly;

class SiteEntitiesTest {
  private static final SiteId FUBAO = new SiteId("fubao");
  private static final Instant NOW = Instant.parse("2026-06-15T06:32:07Z");

  @Test
  void aVersionSurvivesTheTripEntityByEntity() {
    SiteVersion site = site();
    Map<String, byte[]> entities = SiteEntities.split(site);
    SiteManifest manifest = new SiteManifest(3, NOW, "li-min", entities.keySet());

    assertThat(SiteEntities.join(FUBAO, manifest, entities)).contains(site);
  }

  @Test
  void aVersionIsNotLiveBeforeAllItsEntitiesAre() {
    Map<String, byte[]> entities = new HashMap<>(SiteEntities.split(site()));
    SiteManifest manifest = new SiteManifest(3, NOW, "li-min", new HashMap<>(entities).keySet());
    entities.keySet().removeIf(key -> key.startsWith("rule/"));

    assertThat(SiteEntities.join(FUBAO, manifest, entities)).isEmpty();
  }

  @Test
  void whatDidNotChangeKeepsItsHash() {
    assertThat(SiteEntities.split(site()).keySet()).isEqualTo(SiteEntities.split(site()).keySet());
  }

  private static Rule rule(String name, Rule.Condition condition) {
    return new Rule(name, Family.HAZMAT_STORAGE, Quantity.TEMPERATURE, condition, null, null, "D");
  }

  private static Rule heat() {
    Rule.Steep steep =
        new Rule.Steep(4, Duration.ofMinutes(1), Map.of(Level.WARN, 36.0, Level.ALARM, 46.0));
    return rule(
        "hazmat-heat",
        new Rule.Threshold(
            Rule.Direction.ABOVE,
            Map.of(
                Level.WARN, new Rule.Limit(46, Duration.ZERO),
                Level.ALARM, new Rule.Limit(56, Duration.ZERO)),
            Rule.Deadband.NONE,
            Duration.ZERO,
            null,
            steep));
  }

  private static Rule warming() {
    return rule(
        "hazmat-warming",
        new Rule.Rate(
            Rule.Direction.BELOW,
            Map.of(Level.ALARM, new Rule.Limit(-4, Duration.ofSeconds(10))),
            Duration.ofMinutes(2),
            new Rule.Deadband(1, false),
            Duration.ofSeconds(30)));
  }

  private static Rule free() {
    return rule(
        "hazmat-free",
        new Rule.When(
            Map.of(Level.WARN, "temperature > 26", Level.ALARM, "temperature > 28 && gas > 5"),
            Duration.ofSeconds(10),
            Duration.ZERO));
  }

  private static Rule mute() {
    return rule("hazmat-mute", new Rule.Silent(Duration.ofMinutes(5), Level.WARN));
  }

  private static SiteVersion site() {
    Map<Level, Rule.Limit> levels = new EnumMap<>(Level.class);
    levels.put(Level.WARN, new Rule.Limit(28, Duration.ZERO));
    levels.put(Level.ALARM, new Rule.Limit(30, Duration.ofSeconds(5)));
    levels.put(Level.CRITICAL, new Rule.Limit(35, Duration.ZERO));
    Rule temperature =
        new Rule(
            "hazmat-temperature",
            Family.HAZMAT_STORAGE,
            Quantity.TEMPERATURE,
            new Rule.Threshold(
                Rule.Direction.ABOVE,
                levels,
                new Rule.Deadband(1, false),
                Duration.ofSeconds(60),
                new Rule.Forecast(
                    List.of(Level.ALARM), Duration.ofMinutes(15), Duration.ofMinutes(30), "holt")),
            null,
            new Text("开应急通风", "Ventilate"),
            "GB 17914-2013 (GK)",
            List.of(
                new RuleOverride(
                    RuleOverride.Scope.HAZARD_CLASS,
                    List.of("peroxide"),
                    null,
                    Map.of(Level.ALARM, new Rule.Limit(28, Duration.ZERO)),
                    null,
                    null,
                    null,
                    null,
                    false,
                    null,
                    null,
                    "28 °C (V, weak)",
                    new Rule.Steep(2, Duration.ofMinutes(5), Map.of(Level.ALARM, 26.0)))));
    Rule both =
        new Rule(
            "both",
            null,
            null,
            new Rule.Together(
                List.of("hazmat-temperature"),
                2,
                Rule.Area.BUILDING,
                Duration.ofSeconds(60),
                Level.WARN,
                Level.CRITICAL,
                Rule.Distinct.SENSORS),
            null,
            null,
            null);
    Maintenance nights =
        new Maintenance(
            "nights",
            List.of(new SensorId("H-07")),
            List.of(),
            List.of(),
            List.of(Family.HAZMAT_STORAGE),
            NOW,
            null,
            new Weekly(
                Set.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                LocalTime.of(22, 0),
                LocalTime.of(2, 0),
                ZoneId.of("Asia/Shanghai")),
            Text.same("Drill"),
            "li-min");
    Rule silent =
        new Rule(
            "hazmat-silent",
            Family.HAZMAT_STORAGE,
            null,
            new Rule.Silent(Duration.ofMinutes(3), Level.NOTICE),
            null,
            null,
            null);
    Sensor store =
        new Sensor(
            new SensorId("H-07"),
            Family.HAZMAT_STORAGE,
            new Text("市花路 6 号仓 2 库", "Shihua Rd 6, store 2"),
            new Place(
                new Text("福保", "Fubao"),
                new Text("6 号仓", "No. 6"),
                "1",
                310,
                42.5,
                "fubao",
                "shihua-road-6",
                new Place.Contact("周师傅", "000-0000-1101")),
            "flammable-liquid",
            List.of(Quantity.TEMPERATURE, Quantity.HUMIDITY));
    Crew crew =
        new Crew(
            "fubao-1",
            new Text("福保一组", "Fubao 1"),
            List.of(Family.HAZMAT_STORAGE),
            List.of("福保"),
            List.of(new Crew.Member("he-wei", "何伟", "000-0000-0001", true)),
            List.of(
                new Crew.Shift(
                    new Weekly(
                        EnumSet.of(DayOfWeek.MONDAY, DayOfWeek.SUNDAY),
                        LocalTime.of(20, 0),
                        LocalTime.of(8, 0),
                        ZoneId.of("Asia/Shanghai")),
                    List.of("he-wei"))),
            new Crew.Base(954, 465),
            true);
    return new SiteVersion(
        FUBAO,
        3,
        NOW,
        "li-min",
        new Text("福保街道", "Fubao subdistrict"),
        "Asia/Shanghai",
        true,
        Map.of(store.id(), store),
        List.of(temperature, silent, both, heat(), warming(), free(), mute()),
        List.of(crew),
        false,
        Map.of(),
        List.of(),
        List.of(nights),
        Map.of(Level.ALARM, new StepDeadlines(Duration.ofSeconds(90), null, null, null)));
  }
}
