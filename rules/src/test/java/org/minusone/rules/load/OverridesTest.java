package org.minusone.rules.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.minusone.model.Level.ALARM;
import static org.minusone.model.Level.CRITICAL;
import static org.minusone.model.Level.WARN;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.Place;
import org.minusone.model.Rule;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.Text;

/** What overrides make of a rule at a sensor, and what is said of wrong ones. */
final class OverridesTest {
  private static final String HEAT =
      """
      groups:
        - name: g
          rules:
            - rule: heat
              family: hazmat-storage
              quantity: temperature
              above: {warn: 28, alarm: 30, critical: 35}
              deadband: 1
              forecast: {to: [warn, alarm], horizon: 15m}
              overrides:
      """;

  private static RuleLoader.Loaded load(String... overrides) {
    StringBuilder text = new StringBuilder(HEAT);
    for (String override : overrides) {
      text.append("          - ").append(override).append('\n');
    }
    return RuleLoader.parse(Path.of("r.yaml"), text.toString(), ForecastMethods.LIVE);
  }

  private static Sensor sensor(String id, String hazardClass) {
    return new Sensor(
        new SensorId(id),
        Family.HAZMAT_STORAGE,
        Text.same(id),
        new Place(Text.same("Fubao"), Text.same("No. 6"), "1", 0, 0, "fubao", "road-6"),
        hazardClass,
        List.of());
  }

  private static Rule at(RuleLoader.Loaded loaded, Sensor sensor) {
    assertThat(loaded.problems()).isEmpty();
    return loaded.rules().get(0).at(sensor.id(), sensor).orElse(null);
  }

  private static Map<Level, Double> limits(Rule rule) {
    Map<Level, Double> limits = new TreeMap<>();
    ((Rule.Threshold) rule.condition())
        .levels()
        .forEach((l, limit) -> limits.put(l, limit.value()));
    return limits;
  }

  private static void assertProblem(RuleLoader.Loaded loaded, String problem) {
    assertThat(loaded.problems()).extracting(Problem::toString).contains(problem);
  }

  @Test
  void aChangedLevelKeepsTheOthersAndSwallowsThoseItOvertakes() {
    RuleLoader.Loaded loaded =
        load(
            "{hazard_class: peroxide, above: {alarm: 28}}",
            "{hazard_class: [toxic, compressed-gas], above: {alarm: 32}}");
    assertThat(limits(at(loaded, sensor("H-1", "peroxide"))))
        .isEqualTo(Map.of(ALARM, 28.0, CRITICAL, 35.0));
    assertThat(limits(at(loaded, sensor("H-1", "toxic"))))
        .isEqualTo(Map.of(WARN, 28.0, ALARM, 32.0, CRITICAL, 35.0));
    Rule.Threshold peroxide = (Rule.Threshold) at(loaded, sensor("H-1", "peroxide")).condition();
    assertThat(peroxide.forecast().to()).containsExactly(ALARM);
    Sensor corrosive = sensor("H-1", "corrosive");
    assertThat(at(loaded, corrosive)).isSameAs(loaded.rules().get(0));
  }

  @Test
  void theNearestWinsAndEachSaysOnlyItsOwnPiece() {
    RuleLoader.Loaded loaded =
        load(
            "{sensor: H-7, deadband: 2}",
            "{hazard_class: peroxide, above: {alarm: 28}, deadband: 3, severity: critical}",
            "{building: road-6, above: {alarm: 29}, forecast: none}",
            "{community: fubao, above: {alarm: 33}, keep_firing_for: 60s, for: 5s}");
    Rule.Threshold seven = (Rule.Threshold) at(loaded, sensor("H-7", "peroxide")).condition();
    assertThat(seven.levels().get(ALARM).value()).isEqualTo(29);
    assertThat(seven.levels().get(CRITICAL).hold()).hasSeconds(5);
    assertThat(seven.deadband().size()).isEqualTo(2);
    assertThat(seven.keepFiringFor()).hasSeconds(60);
    assertThat(seven.forecast()).isNull();
    assertThat(at(loaded, sensor("H-7", "peroxide")).severity()).isEqualTo(CRITICAL);
    Rule.Threshold other = (Rule.Threshold) at(loaded, sensor("H-8", "toxic")).condition();
    assertThat(other.deadband().size()).isEqualTo(1);
  }

  @Test
  void aRuleIsSwitchedOffWithAReasonAndOnAgainNearer() {
    RuleLoader.Loaded loaded =
        load(
            "{building: road-6, off: true, reason: being rebuilt}",
            "{sensor: H-7, above: {alarm: 31}}");
    assertThat(at(loaded, sensor("H-8", "toxic"))).isNull();
    assertThat(limits(at(loaded, sensor("H-7", "toxic")))).containsEntry(ALARM, 31.0);
  }

  @Test
  void withoutARegistryOnlyTheSensorsOwnNameCounts() {
    RuleLoader.Loaded loaded =
        load("{hazard_class: peroxide, above: {alarm: 28}}", "{sensor: H-7, above: {alarm: 31}}");
    Rule rule = loaded.rules().get(0);
    assertThat(limits(rule.at(new SensorId("H-7"), null).orElseThrow())).containsEntry(ALARM, 31.0);
    assertThat(rule.at(new SensorId("H-8"), null)).contains(rule);
  }

  @Test
  void wrongOnesAreExplainedAtTheirPlace() {
    assertProblem(
        load("{hazard_class: peroxyde, above: {alarm: 28}}"),
        "r.yaml:11:28: unknown hazard class 'peroxyde', did you mean 'peroxide'?");
    assertProblem(
        load("{above: {alarm: 28}}"),
        "r.yaml:11:13: what is this override for? one of hazard_class, community, building,"
            + " sensor");
    assertProblem(
        load("{sensor: H-7, building: road-6, deadband: 2}"),
        "r.yaml:11:13: 'building' and 'sensor' in one override: make each an override of its own");
    assertProblem(
        load("{sensor: H-7, off: true}"),
        "r.yaml:11:32: 'off' wants a 'reason': somebody will ask why nothing is watched");
    assertProblem(
        load("{sensor: H-7, below: {alarm: 2}}"),
        "r.yaml:11:27: 'below' in an override of a rule with 'above'");
    assertProblem(
        load("{sensor: H-7}"),
        "r.yaml:11:13: this override changes nothing; it may have above, below, while_rising,"
            + " while_falling, state, silent, quality, tests, rate, when, deadband, for,"
            + " keep_firing_for, forecast, severity, or off");
    assertProblem(
        load("{sensor: H-7, deadband: 2}", "{sensor: H-7, deadband: 3}"),
        "r.yaml:12:22: sensor 'H-7' has an override already, in line 11");
    assertProblem(
        load("{sensor: H-7, above: {alarm: 9000}}"),
        "r.yaml:11:42: 9000 is outside what 'temperature' can read, -60 to 1200 °C");
  }
}
