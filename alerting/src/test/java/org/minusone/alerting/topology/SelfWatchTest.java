package org.minusone.alerting.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.minusone.model.AlertEventKind.CLEARED;
import static org.minusone.model.AlertEventKind.CLOSED;
import static org.minusone.model.AlertEventKind.RAISED;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.minusone.model.Alert;
import org.minusone.model.AlertEvent;
import org.minusone.model.Level;
import org.minusone.model.Rule;
import org.minusone.model.port.HealthReport;
import org.minusone.model.port.PartHealth;

/** The system's own trouble is an alert as any other. */
final class SelfWatchTest {
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private List<String> pass(int seconds) {
    return bench.pass(Duration.ofSeconds(seconds)).stream()
        .map(event -> event.alert().rule() + " " + event.kind())
        .toList();
  }

  private void rulesBehind(double ms) {
    bench.reports =
        () -> List.of(bench.well("ingest"), bench.report("rules", Map.of("behind_ms", ms)));
  }

  @Test
  void lagOverTenSecondsIsAnAlertUntilItIsGoneForTen() {
    rulesBehind(9_900);
    assertThat(pass(3)).isEmpty();
    rulesBehind(12_000);
    List<AlertEvent> told = bench.pass(Duration.ofSeconds(2));
    assertThat(told).extracting(AlertEvent::kind).containsExactly(RAISED);
    Alert alert = told.get(0).alert();
    assertThat(alert.rule()).isEqualTo(Rule.SYSTEM_LAG);
    assertThat(alert.level()).isEqualTo(Level.ALARM);
    assertThat(alert.name().zh()).isEqualTo("系统落后");
    assertThat(alert.guidance().en()).contains("phone");
    assertThat(alert.word()).isEqualTo("rules");
    assertThat(alert.value()).isEqualTo(12.0);
    assertThat(alert.limit()).isEqualTo(10.0);
    rulesBehind(40_000);
    assertThat(pass(30)).isEmpty();
    rulesBehind(0);
    assertThat(pass(9)).isEmpty();
    List<AlertEvent> over = bench.pass(Duration.ofSeconds(3));
    assertThat(over).extracting(AlertEvent::kind).contains(CLEARED);
    assertThat(over).allMatch(event -> event.alert().id().equals(alert.id()));
    rulesBehind(12_000);
    List<AlertEvent> anew = bench.pass(Duration.ofSeconds(4));
    assertThat(anew).extracting(AlertEvent::kind).contains(RAISED);
    assertThat(anew.get(anew.size() - 1).kind()).as("one row").isEqualTo(CLOSED);
    assertThat(anew.get(anew.size() - 1).alert().id()).isEqualTo(alert.id());
  }

  @Test
  void aRoleThatSaysNothingIsBehind() {
    HealthReport last = bench.well("rules");
    bench.reports = () -> List.of(last, bench.well("ingest"));
    assertThat(pass(25)).isEmpty(); // twenty seconds to start in, then ten of patience
    assertThat(pass(10)).containsExactly("system-lag RAISED");
  }

  @Test
  void aStoreThatTakesNothingIsAnAlertAndSoIsItAfterARestart() {
    PartHealth.Check refusing = new PartHealth.Check("store", false, false, "disk full");
    bench.reports =
        () ->
            List.of(
                bench.well("ingest"),
                bench.well("rules"),
                bench.report("series", Map.of(), refusing));
    assertThat(pass(14)).isEmpty();
    assertThat(pass(4)).containsExactly("system-store RAISED");
    String id = bench.state().keySet().iterator().next();
    bench.start(bench.state(), 1, 0);
    bench.pass(Duration.ofSeconds(1)); // what was announced is announced again
    assertThat(pass(5)).isEmpty();
    bench.reports = () -> List.of(bench.well("ingest"), bench.well("rules"));
    assertThat(pass(12)).contains("system-store CLEARED");
    assertThat(bench.state().keySet()).containsExactly(id);
  }

  @Test
  void aCrashBetweenKeepingAndTellingTellsOnce() {
    rulesBehind(12_000);
    assertThat(pass(1)).isEmpty(); // kept, to be told at the next tick
    bench.start(bench.state(), 0, 0);
    List<AlertEvent> told = bench.pass(Duration.ofSeconds(5));
    assertThat(told).extracting(AlertEvent::kind).containsExactly(RAISED);
    assertThat(told.get(0).alert().startedAt()).isEqualTo(bench.now.minusSeconds(5));
  }
}
