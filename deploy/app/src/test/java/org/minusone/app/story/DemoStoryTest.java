package org.minusone.app.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.minusone.model.Family;
import org.minusone.model.Reading;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.Signal;
import org.minusone.model.SignalKind;
import org.minusone.model.SiteVersion;
import org.minusone.model.Stamp;
import org.minusone.rules.evaluate.Evaluators;
import org.minusone.rules.evaluate.RuleEvaluator;
import org.minusone.rules.evaluate.SensorState;
import org.minusone.rules.expression.CelExpressions;
import org.minusone.rules.load.SiteLoader;
import org.minusone.simulator.scenario.Report;
import org.minusone.simulator.scenario.Sample;
import org.minusone.simulator.scenario.Scenario;
import org.minusone.simulator.scenario.Scenarios;
import org.minusone.simulator.scenario.Setting;
import org.minusone.simulator.scenario.Value;

/**
 * The demo's story through the product's own evaluator and the site's own rules, without a clock or
 * a server.
 */
class DemoStoryTest {
  private static final Instant READY = Instant.parse("2026-06-15T06:00:00Z");
  private static SiteVersion site;

  private final Evaluators evaluators =
      new Evaluators(
          site.rules(), site.sensors(), List.of(), 1, Instant.EPOCH, CelExpressions.LANGUAGE);
  private final Map<SensorId, SensorState> states = new HashMap<>();
  private final List<Signal> signals = new ArrayList<>();

  @BeforeAll
  static void loadSite() {
    site = SiteLoader.load(Path.of("../sites/fubao")).draft();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597})
  void aHazmatStoreIsForewarnedBeforeItCrosses(long seed) {
    // Another hour of the day with each seed: the store starts from another temperature.
    Instant ready = READY.plus(Duration.ofMinutes(97 * (seed % 24)));
    Scenario.Planned store = tell(seed, ready, Duration.ofSeconds(100)).get(0);

    assertThat(first(store, SignalKind.FOREWARNED)).isLessThan(60);
    assertThat(first(store, SignalKind.ALARM))
        .isBetween(first(store, SignalKind.FOREWARNED) + 45, 90.0);
    assertThat(first(store, SignalKind.WARN))
        .as("the forewarning comes before even the first level is reached")
        .isGreaterThan(first(store, SignalKind.FOREWARNED));
  }

  @Test
  void theOtherThreeFollowWithinFiveMinutesAndNothingElseHappens() {
    List<Scenario.Planned> plan = tell(1, READY, Duration.ofSeconds(590));

    assertThat(plan).hasSize(4);
    for (Scenario.Planned planned : plan) {
      List<Signal> forewarned = of(planned, SignalKind.FOREWARNED);
      assertThat(forewarned).as("%s", planned).isNotEmpty();
      assertThat(after(forewarned.get(0))).isLessThan(after(planned.crossing())).isLessThan(300);
      assertThat(signals)
          .as("%s crosses %s", planned.sensor(), planned.limit())
          .anySatisfy(
              s -> {
                assertThat(s.sensor()).isEqualTo(planned.sensor());
                assertThat(s.signal().isReached()).isTrue();
                assertThat(s.limit()).isEqualTo(planned.limit());
                assertThat(after(s)).isLessThan(300);
              });
    }
    Set<SensorId> stars = plan.stream().map(Scenario.Planned::sensor).collect(Collectors.toSet());
    assertThat(signals).allSatisfy(s -> assertThat(s.sensor()).isIn(stars));
    assertThat(signals).noneSatisfy(s -> assertThat(s.cause()).isIn("withdrawn", "expired"));
  }

  @Test
  void twoHoursAreTwelveTimesTheSameStoriesAndNoFalseWarning() {
    tell(2, READY, Duration.ofMinutes(10));
    long alertsOfOneCycle = alerts();
    signals.clear();
    states.clear();

    tell(2, READY, Duration.ofMinutes(120));

    assertThat(alerts()).isEqualTo(12 * alertsOfOneCycle);
    assertThat(signals).noneSatisfy(s -> assertThat(s.cause()).isIn("withdrawn", "expired"));
  }

  private long alerts() {
    return signals.stream().map(Signal::alert).distinct().count();
  }

  /** Plays the story from ready on; the readings' own times decide, nothing waits. */
  private List<Scenario.Planned> tell(long seed, Instant ready, Duration length) {
    this.ready = ready;
    Scenario scenario = Scenarios.byName("demo", Setting.first(site, seed));
    scenario.before(ready).forEach(this::evaluate);
    Iterator<Report> reports = scenario.from(ready);
    for (Report r = reports.next();
        r.dueMs() < ready.plus(length).toEpochMilli();
        r = reports.next()) {
      evaluate(r);
    }
    return scenario.plan(ready);
  }

  private Instant ready = READY;

  private void evaluate(Report report) {
    SensorKey key = new SensorKey(site.site(), report.sensor());
    RuleEvaluator evaluator = evaluators.of(report.sensor(), report.family());
    SensorState state =
        states.computeIfAbsent(report.sensor(), s -> new SensorState(key, report.family()));
    for (Sample sample : report.samples()) {
      for (Value value : sample.values()) {
        evaluator.reading(state, reading(key, report.family(), sample.timeMs(), value), signals);
      }
    }
  }

  private static Reading reading(SensorKey key, Family family, long timeMs, Value value) {
    return value.word() == null
        ? Reading.number(key, family, value.quantity(), timeMs, timeMs, Stamp.OWN, value.number())
        : Reading.word(key, family, value.quantity(), timeMs, timeMs, Stamp.OWN, value.word());
  }

  private double first(Scenario.Planned planned, SignalKind kind) {
    return after(of(planned, kind).get(0));
  }

  private List<Signal> of(Scenario.Planned planned, SignalKind kind) {
    return signals.stream()
        .filter(s -> s.sensor().equals(planned.sensor()) && s.signal() == kind)
        .toList();
  }

  private double after(Signal signal) {
    return after(signal.time());
  }

  /** Seconds after ready. */
  private double after(Instant time) {
    return Duration.between(ready, time).toMillis() / 1000.0;
  }
}
