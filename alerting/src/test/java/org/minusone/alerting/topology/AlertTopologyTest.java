package org.minusone.alerting.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.minusone.alerting.Store7.FUBAO;
import static org.minusone.alerting.Store7.H07;
import static org.minusone.alerting.Store7.HEAT;
import static org.minusone.alerting.Store7.NOON;
import static org.minusone.alerting.Store7.SILENCE;
import static org.minusone.alerting.Store7.acknowledge;
import static org.minusone.alerting.Store7.at;
import static org.minusone.alerting.Store7.cleared;
import static org.minusone.alerting.Store7.foreseen;
import static org.minusone.alerting.Store7.id;
import static org.minusone.alerting.Store7.late;
import static org.minusone.alerting.Store7.reached;
import static org.minusone.alerting.Store7.reporting;
import static org.minusone.alerting.Store7.silent;
import static org.minusone.model.AlertEventKind.ACKNOWLEDGED;
import static org.minusone.model.AlertEventKind.CLEARED;
import static org.minusone.model.AlertEventKind.CLOSED;
import static org.minusone.model.AlertEventKind.ESCALATED;
import static org.minusone.model.AlertEventKind.FOREWARNED;
import static org.minusone.model.AlertEventKind.RAISED;
import static org.minusone.model.AlertEventKind.REPORTING;
import static org.minusone.model.AlertEventKind.SILENT;
import static org.minusone.model.Level.ALARM;
import static org.minusone.model.Level.CRITICAL;
import static org.minusone.model.Level.WARN;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.minusone.alerting.Store7;
import org.minusone.model.AlertEvent;
import org.minusone.model.AlertEventKind;
import org.minusone.model.Command;
import org.minusone.model.Level;
import org.minusone.model.Role;
import org.minusone.model.Run;
import org.minusone.model.Signal;
import org.minusone.model.SignalKind;
import org.minusone.model.SiteId;

class AlertTopologyTest {
  private static final String ALERT = id(HEAT, "00:00");
  private static final SiteId RUN = new SiteId("fubao@r17");

  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void signals_and_commands_become_events_once() {
    expect(bench.tell(foreseen("00:00", "00:00", ALARM, 240)), FOREWARNED);
    expect(bench.tell(reached("00:00", "02:00", ALARM)), RAISED);
    expect(bench.tell(reached("00:00", "02:00", ALARM)));
    expect(bench.ask(acknowledge("c1", "03:00", ALERT)), ACKNOWLEDGED);
    expect(bench.ask(acknowledge("c1", "03:00", ALERT)));
    expect(bench.ask(acknowledge("c2", "03:10", ALERT)));
    expect(bench.tell(foreseen("00:00", "00:00", ALARM, 240)));
    assertThat(bench.meters.counters().snapshot().get("fubao"))
        .isEqualTo(Map.of("forewarned", 1L, "raised", 1L, "acknowledged", 1L));
    assertThat(bench.count("minusone.alerting.skipped", "reason", "repeated")).isEqualTo(2);
  }

  @Test
  void newer_state_than_offset_announces_the_same_to_the_letter_and_nothing_new() {
    List<AlertEvent> first = bench.tell(foreseen("00:00", "00:00", ALARM, 240));
    bench.pass(Duration.ofSeconds(1));
    List<AlertEvent> second = bench.tell(reached("00:00", "02:00", ALARM));
    List<AlertEvent> third = bench.ask(acknowledge("c1", "03:00", ALERT));
    List<AlertEvent> fourth = bench.tell(reached("00:00", "04:00", CRITICAL));
    Map<String, Kept> newer = bench.state();

    bench.committed = Map.of("minusone.signals", 1L, "minusone.commands", 0L);
    bench.pass(Duration.ofSeconds(20));
    bench.start(newer, 0, 0);
    assertThat(bench.pass(Duration.ofSeconds(1)))
        .as("at or past the offset it resumes from")
        .isEqualTo(concat(second, third, fourth));
    assertThat(bench.tell(foreseen("00:00", "00:00", ALARM, 240))).isEqualTo(first);
    assertThat(bench.tell(reached("00:00", "02:00", ALARM))).isEqualTo(second);
    assertThat(bench.ask(acknowledge("c1", "03:00", ALERT))).isEqualTo(third);
    assertThat(bench.tell(reached("00:00", "04:00", CRITICAL))).isEqualTo(fourth);
    assertThat(bench.state()).isEqualTo(newer);
  }

  @Test
  void an_acknowledgement_read_again_does_not_hide_what_came_after_it() {
    bench.tell(reached("00:00", "02:00", WARN));
    bench.ask(acknowledge("c1", "03:00", ALERT));
    bench.ask(acknowledge("c2", "03:01", ALERT)); // changed nothing then
    bench.tell(reached("00:00", "04:00", ALARM)); // takes the acknowledgement back
    Map<String, Kept> newer = bench.state();
    bench.start(newer, 2, 0);
    bench.announced();
    bench.ask(acknowledge("c1", "03:00", ALERT));
    expect(bench.ask(acknowledge("c2", "03:01", ALERT)));
    assertThat(bench.state()).isEqualTo(newer);
  }

  @Test
  void older_state_than_what_was_announced_decides_the_same_again() {
    bench.tell(foreseen("00:00", "00:00", ALARM, 240));
    Map<String, Kept> older = bench.state();
    List<AlertEvent> raised = bench.tell(reached("00:00", "02:00", ALARM));
    List<AlertEvent> worse = bench.tell(reached("00:00", "04:00", CRITICAL));
    bench.committed = Map.of("minusone.signals", 1L);
    bench.start(older, 1, 0);
    expect(bench.announced());
    assertThat(bench.tell(reached("00:00", "02:00", ALARM))).isEqualTo(raised);
    assertThat(bench.tell(reached("00:00", "04:00", CRITICAL))).isEqualTo(worse);
  }

  @Test
  void a_closed_episode_stays_known_until_a_newer_one_and_then_is_older() {
    bench.tell(reached("00:00", "00:00", WARN));
    bench.ask(acknowledge("c1", "00:10", ALERT));
    expect(bench.tell(cleared("00:00", "01:00", WARN, "inside")), CLOSED);
    expect(bench.pass(Duration.ofMinutes(10)));
    expect(bench.tell(reached("00:00", "00:00", WARN)));
    expect(bench.tell(reached("20:00", "20:00", WARN)), RAISED);
    expect(bench.tell(reached("00:00", "00:00", WARN)));
    bench.pass(Duration.ofMinutes(4));
    assertThat(bench.state()).hasSize(1);
    expect(bench.tell(reached("00:00", "00:00", WARN)));
    assertThat(bench.count("minusone.alerting.skipped", "reason", "older-episode")).isEqualTo(2);
  }

  @Test
  void an_older_episode_that_is_open_goes_on_beside_the_newer() {
    bench.tell(reached("00:00", "00:00", WARN));
    expect(bench.tell(cleared("00:00", "01:00", WARN, "inside")), CLEARED);
    bench.tell(foreseen("20:00", "20:00", WARN, 240));
    expect(bench.ask(acknowledge("c1", "21:00", ALERT)), ACKNOWLEDGED, CLOSED);
  }

  @Test
  void a_late_reading_may_begin_an_episode_before_the_newest() {
    bench.tell(reached("20:00", "20:00", WARN));
    bench.tell(cleared("20:00", "20:30", WARN, "inside"));
    expect(bench.tell(late(reached("18:00", "18:00", ALARM))), RAISED);
    expect(bench.tell(late(reached("18:00", "18:00", ALARM))));
    expect(bench.tell(cleared("18:00", "21:00", ALARM, "inside")), AlertEventKind.EASED);
  }

  @Test
  void silence_marks_the_sensors_open_alerts() {
    bench.tell(reached("00:00", "00:00", ALARM));
    List<AlertEvent> events = bench.tell(silent("04:00"));
    expect(events, RAISED, SILENT);
    assertThat(events.get(1).alert().id()).isEqualTo(ALERT);
    assertThat(events.get(1).signal().alert()).isEqualTo(id(SILENCE, "04:00"));
    expect(bench.tell(silent("04:00")));
    Map<String, Kept> both = bench.state();
    expect(bench.tell(reporting("04:00", "09:00")), CLOSED, REPORTING);
    expect(bench.tell(silent("04:00")));

    bench.start(both, 1, 0);
    bench.announced();
    assertThat(bench.tell(silent("04:00"))).as("read again").isEqualTo(events);
    Map<String, Kept> half = bench.state();
    half.remove(AlertKey.parse(ALERT).text());
    half.put(AlertKey.parse(ALERT).text(), onlyRaised());
    bench.start(half, 1, 0);
    bench.announced();
    expect(bench.tell(silent("04:00")), RAISED, SILENT);
  }

  private Kept onlyRaised() {
    try (Bench other = new Bench()) {
      other.tell(reached("00:00", "00:00", ALARM));
      return other.state().get(AlertKey.parse(ALERT).text());
    }
  }

  @Test
  void an_ended_run_is_closed_once_all_has_arrived_and_stays_over() {
    Signal warm = run("00:00", WARN);
    expect(bench.tell(warm), RAISED);
    bench.sites.runs = List.of(new Run(RUN, 600, NOON, bench.now));
    bench.current = false;
    expect(bench.pass(Duration.ofSeconds(10)));
    expect(bench.tell(run("00:30", ALARM)), ESCALATED);
    bench.current = true;
    expect(bench.pass(Duration.ofSeconds(6)));
    List<AlertEvent> over = bench.pass(Duration.ofSeconds(2));
    expect(over, CLOSED);
    assertThat(over.get(0).alert().closedBecause()).isEqualTo("run-ended");
    expect(bench.tell(run("01:00", CRITICAL)));
    expect(bench.pass(Duration.ofSeconds(30)));

    Map<String, Kept> before = bench.state();
    bench.committed = Map.of("minusone.signals", 3L);
    bench.start(before, 0, 0);
    assertThat(bench.pass(Duration.ofSeconds(1)))
        .as("a closing follows no record, so it is always announced again")
        .startsWith(over.get(0));
    bench.pass(Duration.ofMinutes(5));
    assertThat(bench.state()).isEmpty();
  }

  @Test
  void what_cannot_be_read_or_carried_out_is_counted_and_stops_nothing() {
    expect(bench.poison("{\"alert\":"));
    expect(bench.poison("null"));
    expect(bench.poison("{\"alert\":\"x\"}"));
    expect(bench.ask(acknowledge("c1", "00:00", id(HEAT, "59:00"))));
    expect(bench.tell(reached("00:00", "00:00", WARN)), RAISED);
    assertThat(bench.count("minusone.alerting.skipped", "reason", "poison")).isEqualTo(3);
    assertThat(bench.count("minusone.alerting.commands.refused", "reason", "unknown-alert"))
        .isEqualTo(1);
  }

  @Test
  void a_command_that_is_not_about_an_alert_is_passed_over() {
    expect(bench.tell(reached("00:00", "00:00", WARN)), RAISED);
    Map<String, Kept> before = bench.state();
    expect(
        bench.ask(
            Command.retry("r1", FUBAO, "Li Na", Role.ENGINEER, at("00:01"), List.of(4L, 5L))));
    expect(bench.ask("{\"kind\":\"open-the-valve\",\"id\":\"x\",\"valve\":7}"));
    expect(bench.ask("{\"id\":\"without a kind\"}"));
    assertThat(bench.state()).isEqualTo(before);
    assertThat(bench.count("minusone.alerting.skipped", "reason", "not-ours")).isEqualTo(2);
    assertThat(bench.count("minusone.alerting.skipped", "reason", "poison")).isEqualTo(1);
    expect(bench.ask(acknowledge("a1", "00:02", id(HEAT, "00:00"))), ACKNOWLEDGED);
  }

  @Test
  void what_is_kept_for_announcing_again_is_bounded() {
    bench.tell(reached("00:00", "00:00", WARN));
    for (int i = 1; i <= 100; i++) {
      bench.tell(reached("00:00", i + ":00", ALARM));
      bench.tell(cleared("00:00", i + ":30", ALARM, "inside"));
    }
    Kept kept = bench.state().values().iterator().next();
    assertThat(kept.events()).hasSize(Kept.MOST);
    bench.pass(Duration.ofMinutes(4));
    bench.tell(reached("00:00", "120:00", ALARM));
    kept = bench.state().values().iterator().next();
    assertThat(kept.events()).hasSize(1);
  }

  private static Signal run(String time, Level level) {
    return Store7.signal(
        RUN, H07, HEAT, at("00:00"), at(time), SignalKind.reached(level), level, null, null);
  }

  private static void expect(List<AlertEvent> events, AlertEventKind... kinds) {
    assertThat(events).extracting(AlertEvent::kind).containsExactly(kinds);
    assertThat(events).allMatch(e -> e.alert().site().base().equals(FUBAO));
  }

  @SafeVarargs
  private static List<AlertEvent> concat(List<AlertEvent>... lists) {
    return Arrays.stream(lists).flatMap(List::stream).toList();
  }
}
