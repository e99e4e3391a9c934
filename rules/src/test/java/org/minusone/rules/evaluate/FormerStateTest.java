package org.minusone.rules.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.Rule;
import org.minusone.model.Signal;
import org.minusone.model.SignalKind;
import org.minusone.rules.Rules;
import org.minusone.rules.SeededReadings;

/** A state that an older program wrote goes on as if nothing had happened. */
final class FormerStateTest {
  /** Format 2, after the first forty steps of seed 5 by the four rules there were then. */
  private static final String FORMAT_2 =
      "020f68617a6d61742d73746f726167650190b7efbde367f8beefbde367e80700030c74656d70657261747572"
          + "651fefe541a09c01e05df8cc03e0d104b89401b89102c865d8b301a8c301b0e403d08902b894019875c86598"
          + "ef02904ec0b802e0da01e88401e0d702e05de88102e0da01f0a20490c802e0d104d8a406c865e8fb03a8c301"
          + "90b7efbde36700403a99999999999a000968756d69646974791fefe541a09c01e05df8cc03e0d104b89401b8"
          + "9102c865d8b301a8c301b0e403d08902b894019875c86598ef02904ec0b802e0da01e88401e0d702e05de881"
          + "02e0da01f0a20490c802e0d104d8a406c865e8fb03a8c30190b7efbde3670040558000000000000006737461"
          + "74650aefe541f8c60598dd08b0db06b0c90ce88401a8b705e0c508b8f60ad8a40690b7efbde367007ff80000"
          + "000000000566697265040568656174d480949e06da83b9e5010c74656d70657261747572650303403c000000"
          + "000000000002403e000000000000000001404180000000000000000000000201000000000002000000000001"
          + "0005403a7bebb0d6594ebf44de9512c95950403a734c02e9cdfd403f0000000000004036ffb1af82862b0564"
          + "616d70d6d5a9b10aa3dacee2020968756d696469747902034052c00000000000000002405400000000000000"
          + "0002018f8618000101000000000001000540558b455576bb613fa6a11192e58e81404f8e892de6a0e1403f00"
          + "00000000004036ffb1af82862b07646576696365c1ffbdf90c0006737461746502037ff80000000000000000"
          + "017ff800000000000000000201afa81701afad3f0000000873696c656e6365f4e0dbee040000010440668000"
          + "00000000000000000000000000";

  private static final Set<String> UNFORESEEN = Set.of("device", "silence");

  /** The rules there were; {@code method} is what a rule that names none had then, or has now. */
  private static List<Rule> rules(String method) {
    List<Rule> rules = new ArrayList<>();
    rules.add(
        Rules.store()
            .keepFiringFor(Duration.ofSeconds(30))
            .forecast(Duration.ofMinutes(15), Level.ALARM, Level.CRITICAL)
            .method(method)
            .rule());
    rules.add(
        Rules.of("damp", Family.HAZMAT_STORAGE, Quantity.HUMIDITY)
            .above(Level.WARN, 75, Duration.ofSeconds(60))
            .above(Level.ALARM, 80)
            .deadbandPercent(3)
            .forecast(Duration.ofMinutes(5), Level.ALARM)
            .method(method)
            .rule());
    Rules.everything().stream()
        .filter(rule -> UNFORESEEN.contains(rule.name()))
        .forEach(rules::add);
    return rules;
  }

  private static List<Signal> goOn(List<Rule> rules) {
    List<Reading> all = SeededReadings.of(5, 1, 80, false);
    List<Reading> after = all.subList(SeededReadings.of(5, 1, 40, false).size(), all.size());
    SensorState state =
        SensorStateCodec.decode(all.get(0).key(), HexFormat.of().parseHex(FORMAT_2));
    RuleEvaluator evaluator = new RuleEvaluator(rules, 1, Instant.EPOCH);
    List<Signal> signals = new ArrayList<>();
    evaluator.adopt(state, signals);
    assertThat(signals).isEmpty();
    after.forEach(reading -> evaluator.reading(state, reading, signals));
    return signals;
  }

  @Test
  void goesOnInTheSameEpisodes() {
    assertThat(goOn(rules("gated-damped-holt")))
        .extracting(Signal::identity)
        .containsExactly(
            "suspect||null|1782883088000",
            "cleared||null|1782883096000",
            "cleared|critical|null|1782883202000",
            "cleared|warn|null|1782883202000",
            "warn|warn|28.0|1782883237500",
            "alarm|alarm|30.0|1782883272500",
            "forewarned|critical|35.0|1782883304500",
            "updated|critical|35.0|1782883318500",
            "critical|critical|null|1782883324500",
            "updated|critical|35.0|1782883340000",
            "critical|critical|35.0|1782883369000");
  }

  /** The usual methods were others then: their forecasts start afresh, all else goes on. */
  @Test
  void keepsItsLevelsThoughTheUsualMethodsChanged() {
    List<Signal> now = goOn(rules(null));
    assertThat(now).extracting(Signal::method).contains("t-squared");
    assertThat(now.stream().filter(FormerStateTest::isOfLevels).map(Signal::identity))
        .containsExactlyElementsOf(
            goOn(rules("gated-damped-holt")).stream()
                .filter(FormerStateTest::isOfLevels)
                .map(Signal::identity)
                .toList());
  }

  private static boolean isOfLevels(Signal signal) {
    return signal.signal() != SignalKind.FOREWARNED && signal.signal() != SignalKind.UPDATED;
  }
}
