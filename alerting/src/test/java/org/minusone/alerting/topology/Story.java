package org.minusone.alerting.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.minusone.alerting.Store7.FUBAO;
import static org.minusone.alerting.Store7.HEAT;
import static org.minusone.alerting.Store7.at;
import static org.minusone.alerting.Store7.detailed;
import static org.minusone.alerting.Store7.id;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.minusone.model.Alert;
import org.minusone.model.AlertEvent;
import org.minusone.model.AlertEventKind;
import org.minusone.model.Command;
import org.minusone.model.Job;
import org.minusone.model.Role;
import org.minusone.model.Signal;

/**
 * What stories about one alert of store 7 need: signals and commands as they come, on the wall
 * clock of a driver of the whole topology. Crew fubao-1 (Luo Jing, then its lead He Wei) covers the
 * store's community, fire-2 (Zhao Peng) the whole site.
 */
abstract class Story {
  static final String ALERT = id(HEAT, "00:00");
  static final String JOB = Job.id(ALERT, 1);

  final Bench bench = new Bench();
  final List<AlertEvent> log = new ArrayList<>();

  @AfterEach
  void close() {
    bench.close();
  }

  Alert alert() {
    return log.get(log.size() - 1).alert();
  }

  Job job() {
    return alert().jobs().get(0);
  }

  void tell(Signal signal, AlertEventKind... expected) {
    List<AlertEvent> events = bench.tell(signal);
    if (expected.length > 0) {
      follow(events, expected);
    } else {
      log.addAll(events);
    }
  }

  void follow(List<AlertEvent> events, AlertEventKind... expected) {
    assertThat(events).extracting(AlertEvent::kind).containsExactly(expected);
    log.addAll(events);
  }

  int commands;

  void ask(Command.Kind kind, Command.Details details, AlertEventKind... expected) {
    Command plain = detailed(kind, "c" + ++commands, "00:00", ALERT, details);
    Command now =
        new Command(
            plain.id(),
            kind,
            FUBAO,
            ALERT,
            "Li Na",
            Role.OPERATOR,
            bench.now,
            "so it is",
            null,
            details);
    follow(bench.ask(now), expected);
  }

  void job(Command.Kind kind, AlertEventKind... expected) {
    ask(kind, Command.Details.ofJob(JOB), expected);
  }

  void clock(String time) {
    bench.now = at(time);
  }

  /** Lets the clock run until then. */
  void pass(String time, AlertEventKind... expected) {
    Instant then = at(time);
    List<AlertEvent> events = new ArrayList<>();
    while (bench.now.isBefore(then)) {
      Duration left = Duration.between(bench.now, then);
      events.addAll(
          bench.pass(left.compareTo(Duration.ofSeconds(59)) > 0 ? Duration.ofSeconds(59) : left));
    }
    follow(events, expected);
  }
}
