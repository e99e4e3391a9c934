package org.minusone.rules.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.minusone.model.Family;
import org.minusone.model.Group;
import org.minusone.model.Level;
import org.minusone.model.Place;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;
import org.minusone.model.Rule.Area;
import org.minusone.model.Rule.Distinct;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.Signal;
import org.minusone.model.SignalKind;
import org.minusone.model.SiteId;
import org.minusone.model.Text;
import org.minusone.model.codec.Json;
import org.minusone.rules.Rules;

/** A building with two smoke detectors and a cable sensor; and a detector elsewhere. */
final class TogetherTest {
  private static final SiteId FUBAO = new SiteId("fubao");
  private static final long NOON = Instant.parse("2026-07-01T04:00:00Z").toEpochMilli();
  private static final Map<SensorId, Sensor> REGISTRY = new HashMap<>();

  static {
    register("S-1", Family.SMOKE, "tower", "1");
    register("S-2", Family.SMOKE, "tower", "2");
    register("E-1", Family.ELECTRICAL, "tower", "1");
    register("S-9", Family.SMOKE, "annex", "1");
  }

  private static void register(String id, Family family, String building, String floor) {
    REGISTRY.put(
        new SensorId(id),
        new Sensor(
            new SensorId(id),
            family,
            Text.same(id),
            new Place(Text.same("C"), Text.same("Tower"), floor, 0, 0, "c", building),
            null,
            List.of()));
  }

  private static final Rule SMOKE =
      Rules.of("smoke", Family.SMOKE, Quantity.OBSCURATION)
          .above(Level.WARN, .07)
          .above(Level.ALARM, .15)
          .rule();
  private static final Rule CABLE =
      Rules.of("cable", Family.ELECTRICAL, Quantity.TEMPERATURE).above(Level.ALARM, 70).rule();

  private static Rule fire(int atLeast, Area in, Duration within, Distinct distinct) {
    return new Rule(
        "fire",
        null,
        null,
        new Rule.Together(
            List.of("smoke", "cable"), atLeast, in, within, Level.WARN, Level.CRITICAL, distinct),
        null,
        null,
        null);
  }

  /** Every signal must be expected; after each step the state goes through its JSON. */
  private static final class House {
    private final Map<String, PlaceState> places = new HashMap<>();
    private final List<Signal> signals = new ArrayList<>();
    private Gatherings gatherings;
    private Signal last;

    House(Rule fire) {
      gatherings = new Gatherings(List.of(SMOKE, CABLE, fire), REGISTRY, 1);
    }

    House tell(String time, String sensor, String rule, SignalKind kind, Level level) {
      return tell(time, sensor, rule, kind, level, "inside");
    }

    House tell(
        String time, String sensor, String rule, SignalKind kind, Level level, String cause) {
      assertThat(signals).as("not expected").isEmpty();
      String[] parts = time.split(":");
      long ms = NOON + (Integer.parseInt(parts[0]) * 60 + Integer.parseInt(parts[1])) * 1000L;
      SensorKey key = new SensorKey(FUBAO, new SensorId(sensor));
      take(
          new Signal(
              Signal.alertId(key, rule, NOON),
              FUBAO,
              key.sensor(),
              REGISTRY.get(key.sensor()).family(),
              rule,
              1,
              rule.equals("smoke") ? Quantity.OBSCURATION : Quantity.TEMPERATURE,
              kind,
              Instant.ofEpochMilli(ms),
              level,
              1.0,
              .2,
              null,
              null,
              null,
              null,
              null,
              null,
              0,
              null,
              kind == SignalKind.CLEARED ? cause : null,
              false,
              false,
              ms));
      return this;
    }

    void take(Signal signal) {
      for (TogetherEvaluator evaluator : gatherings.listeningTo(signal)) {
        Optional<String> place = evaluator.placeOf(signal);
        place.ifPresent(
            at -> {
              PlaceState after = evaluator.signal(places.get(at), signal, signals);
              places.put(at, Json.read(Json.bytes(after), PlaceState.class));
              assertThat(places.get(at)).isEqualTo(after);
            });
      }
      last = signal;
    }

    House again() {
      take(last);
      return quiet();
    }

    House rules(Rule... rules) {
      List<Rule> all = new ArrayList<>(List.of(SMOKE, CABLE));
      all.addAll(List.of(rules));
      gatherings = new Gatherings(all, REGISTRY, 2);
      places.replaceAll((place, state) -> gatherings.adopt(FUBAO, "fire", place, state, signals));
      return this;
    }

    House reached(String time, String sensor, String rule, Level level) {
      return tell(time, sensor, rule, SignalKind.reached(level), level);
    }

    House cleared(String time, String sensor, String rule, Level level) {
      return tell(time, sensor, rule, SignalKind.CLEARED, level);
    }

    House expect(String... told) {
      assertThat(signals.stream().map(House::describe)).containsExactly(told);
      signals.clear();
      return this;
    }

    House quiet() {
      return expect();
    }

    private static String describe(Signal s) {
      long seconds = (s.time().toEpochMilli() - NOON) / 1000;
      List<String> members = s.group().members().stream().map(m -> m.sensor().value()).toList();
      return s.signal().id()
          + " at "
          + s.sensor()
          + String.format(" @%02d:%02d", seconds / 60, seconds % 60)
          + (s.cause() == null ? " " + s.group().id() + " " + members : " " + s.cause());
    }
  }

  private static House house() {
    return new House(fire(2, Area.BUILDING, Duration.ofSeconds(60), Distinct.SENSORS));
  }

  @Test
  void smokeAndHeatInOneBuildingWithinAMinuteAreAFire() {
    house()
        .reached("00:00", "S-1", "smoke", Level.WARN)
        .quiet()
        .reached("00:10", "S-9", "smoke", Level.ALARM)
        .quiet() // another building
        .reached("00:50", "E-1", "cable", Level.ALARM)
        .expect("critical at S-1 @00:50 tower [S-1, E-1]")
        .reached("00:55", "S-2", "smoke", Level.WARN)
        .quiet()
        .cleared("02:00", "E-1", "cable", Level.ALARM)
        .quiet() // two still hold
        .cleared("03:00", "S-2", "smoke", Level.WARN)
        .expect("cleared at S-1 @03:00 inside");
  }

  @Test
  void tooFarApartIsNoFireUntilOneIsMadeWorse() {
    house()
        .reached("00:00", "S-1", "smoke", Level.WARN)
        .quiet()
        .reached("05:00", "E-1", "cable", Level.ALARM)
        .quiet()
        .reached("05:30", "S-1", "smoke", Level.ALARM)
        .expect("critical at E-1 @05:30 tower [E-1, S-1]");
    new House(fire(2, Area.BUILDING, null, Distinct.SENSORS))
        .reached("00:00", "S-1", "smoke", Level.WARN)
        .quiet()
        .reached("05:00", "E-1", "cable", Level.ALARM)
        .expect("critical at S-1 @05:00 tower [S-1, E-1]");
  }

  @Test
  void oneThatLetGoDoesNotCount() {
    house()
        .reached("00:00", "S-1", "smoke", Level.WARN)
        .cleared("00:20", "S-1", "smoke", Level.WARN)
        .reached("00:30", "E-1", "cable", Level.ALARM)
        .quiet();
  }

  @Test
  void aLevelThatIsLeftForALowerOneStillHolds() {
    house()
        .reached("00:00", "S-1", "smoke", Level.ALARM)
        .cleared("00:10", "S-1", "smoke", Level.ALARM) // warn remains
        .reached("00:30", "E-1", "cable", Level.ALARM)
        .expect("critical at S-1 @00:30 tower [S-1, E-1]")
        .cleared("00:40", "S-1", "smoke", Level.WARN)
        .expect("cleared at S-1 @00:40 inside");
  }

  @Test
  void aForewarningThatIsWithdrawnIsNoLevelThatIsLeft() {
    house()
        .reached("00:00", "S-1", "smoke", Level.WARN)
        .tell("00:10", "S-1", "smoke", SignalKind.FOREWARNED, Level.ALARM)
        .tell("00:20", "S-1", "smoke", SignalKind.CLEARED, Level.ALARM, "withdrawn")
        .reached("00:30", "E-1", "cable", Level.ALARM)
        .expect("critical at S-1 @00:30 tower [S-1, E-1]");
  }

  @Test
  void distinctCountsSensorsOrRules() {
    new House(fire(2, Area.BUILDING, null, Distinct.RULES))
        .reached("00:00", "S-1", "smoke", Level.WARN)
        .quiet()
        .reached("00:10", "S-2", "smoke", Level.WARN)
        .quiet()
        .reached("00:20", "E-1", "cable", Level.ALARM)
        .expect("critical at S-1 @00:20 tower [S-1, S-2, E-1]");
    new House(fire(2, Area.FLOOR, null, Distinct.SENSORS))
        .reached("00:00", "S-1", "smoke", Level.WARN)
        .quiet()
        .reached("00:10", "S-2", "smoke", Level.WARN)
        .quiet() // another floor
        .reached("00:20", "E-1", "cable", Level.ALARM)
        .expect("critical at S-1 @00:20 tower/1 [S-1, E-1]");
  }

  @Test
  void whatIsToldAgainIsNothing() {
    House house = house();
    house
        .reached("00:00", "S-1", "smoke", Level.WARN)
        .again()
        .reached("00:50", "E-1", "cable", Level.ALARM)
        .expect("critical at S-1 @00:50 tower [S-1, E-1]")
        .again();
    Signal reached = house.last;
    house
        .cleared("02:00", "E-1", "cable", Level.ALARM)
        .expect("cleared at S-1 @02:00 inside")
        .again();
    house.take(reached);
    house.quiet();
  }

  @Test
  void withinAMinuteTheOrderOfArrivalDoesNotMatter() {
    house()
        .reached("00:20", "E-1", "cable", Level.ALARM)
        .quiet()
        .reached("00:00", "S-1", "smoke", Level.WARN)
        .expect("critical at S-1 @00:20 tower [S-1, E-1]");
    house()
        .reached("00:00", "S-1", "smoke", Level.WARN)
        .cleared("00:30", "S-1", "smoke", Level.WARN)
        .reached("00:20", "E-1", "cable", Level.ALARM)
        .expect("critical at S-1 @00:20 tower [S-1, E-1]", "cleared at S-1 @00:30 inside");
    house()
        .reached("00:00", "S-1", "smoke", Level.WARN)
        .cleared("00:30", "S-1", "smoke", Level.WARN)
        .reached("01:31", "S-2", "smoke", Level.WARN)
        .reached("00:20", "E-1", "cable", Level.ALARM)
        .quiet(); // too late to be told
  }

  @Test
  void aChangedRuleKeepsWhatIsStillTrue() {
    house()
        .reached("00:00", "S-1", "smoke", Level.WARN)
        .reached("00:50", "E-1", "cable", Level.ALARM)
        .expect("critical at S-1 @00:50 tower [S-1, E-1]")
        .rules(fire(2, Area.BUILDING, null, Distinct.RULES))
        .quiet()
        .rules(fire(3, Area.BUILDING, null, Distinct.SENSORS))
        .expect("cleared at S-1 @00:50 rule-changed")
        .rules(fire(2, Area.BUILDING, null, Distinct.SENSORS))
        .expect("critical at S-1 @00:50 tower [S-1, E-1]")
        .rules()
        .expect("cleared at S-1 @00:50 rule-changed");
  }

  @Test
  void theSignalExplainsItself() {
    House house = house();
    house
        .reached("00:00", "S-1", "smoke", Level.WARN)
        .reached("00:50", "E-1", "cable", Level.ALARM);
    Signal fire = house.signals.get(0);
    assertThat(fire.alert()).isEqualTo("fubao:S-1:fire:" + (NOON + 50_000));
    assertThat(fire.level()).isEqualTo(Level.CRITICAL);
    Group group = fire.group();
    assertThat(group.kind()).isEqualTo("building");
    assertThat(group.name().en()).isEqualTo("Tower");
    assertThat(group.count()).isEqualTo(2);
    assertThat(group.members().get(1).level()).isEqualTo(Level.ALARM);
    assertThat(Json.read(Json.bytes(fire), Signal.class)).isEqualTo(fire);
  }
}
