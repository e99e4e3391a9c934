package org.minusone.alerting.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.minusone.alerting.Store7.HEAT;
import static org.minusone.alerting.Store7.NOON;
import static org.minusone.alerting.Store7.acknowledge;
import static org.minusone.alerting.Store7.at;
import static org.minusone.alerting.Store7.cleared;
import static org.minusone.alerting.Store7.comment;
import static org.minusone.alerting.Store7.foreseen;
import static org.minusone.alerting.Store7.id;
import static org.minusone.alerting.Store7.late;
import static org.minusone.alerting.Store7.reached;
import static org.minusone.alerting.Store7.reporting;
import static org.minusone.alerting.Store7.silent;
import static org.minusone.alerting.Store7.updated;
import static org.minusone.model.AlertEventKind.ACKNOWLEDGED;
import static org.minusone.model.AlertEventKind.CLEARED;
import static org.minusone.model.AlertEventKind.CLOSED;
import static org.minusone.model.AlertEventKind.COMMENTED;
import static org.minusone.model.AlertEventKind.EASED;
import static org.minusone.model.AlertEventKind.ESCALATED;
import static org.minusone.model.AlertEventKind.FOREWARNED;
import static org.minusone.model.AlertEventKind.RAISED;
import static org.minusone.model.AlertEventKind.REFUSED;
import static org.minusone.model.AlertEventKind.REPORTING;
import static org.minusone.model.AlertEventKind.RESEND;
import static org.minusone.model.AlertEventKind.SILENT;
import static org.minusone.model.AlertEventKind.UPDATED;
import static org.minusone.model.AlertEventKind.WITHDRAWN;
import static org.minusone.model.Level.ALARM;
import static org.minusone.model.Level.CRITICAL;
import static org.minusone.model.Level.NOTICE;
import static org.minusone.model.Level.WARN;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.minusone.alerting.Store7;
import org.minusone.model.Alert;
import org.minusone.model.AlertEvent;
import org.minusone.model.AlertEventKind;
import org.minusone.model.AlertState;
import org.minusone.model.Command;
import org.minusone.model.Level;
import org.minusone.model.Rule;
import org.minusone.model.Run;
import org.minusone.model.Signal;
import org.minusone.model.SignalKind;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.Text;

/** One alert of store 7, told in the order of events. */
class AlertLifecycleTest {
  private static final String ALERT = id(HEAT, "00:00");

  private final List<AlertEvent> log = new ArrayList<>();
  private SiteVersion site = Store7.site();
  private Episode episode;

  @Test
  void a_forewarning_becomes_a_crossing_escalates_eases_and_recovers_unseen() {
    told(foreseen("00:00", "00:00", ALARM, 240), FOREWARNED);
    assertThat(alert().state()).isEqualTo(AlertState.FOREWARNED);
    assertThat(alert().severity()).isEqualTo(ALARM);
    assertThat(alert().limit()).isEqualTo(30);
    assertThat(alert().name().en()).isEqualTo("Store 7");
    assertThat(alert().hazardClass()).isEqualTo("flammable-liquid");
    assertThat(alert().guidance().en()).isEqualTo("Ventilate");
    assertThat(alert().because()).startsWith("GB 17914");
    told(updated("00:00", "01:00", ALARM, 120), UPDATED);
    assertThat(alert().coming().get(0).etaS()).isEqualTo(120);
    told(reached("00:00", "02:30", WARN), RAISED);
    assertThat(alert().level()).isEqualTo(WARN);
    assertThat(alert().severity()).as("the alarm that is coming").isEqualTo(ALARM);
    assertThat(alert().levelAt()).isEqualTo(at("02:30"));
    assertThat(alert().levelForewarnedAt()).as("only the alarm was foreseen").isNull();
    told(reached("00:00", "03:10", ALARM), ESCALATED);
    assertThat(alert().coming()).isEmpty();
    assertThat(alert().crossedAt()).isEqualTo(at("02:30"));
    assertThat(alert().levelAt()).isEqualTo(at("03:10"));
    assertThat(alert().levelForewarnedAt()).isEqualTo(at("00:00"));
    told(cleared("00:00", "20:00", ALARM, "inside"), EASED);
    assertThat(alert().level()).isEqualTo(WARN);
    assertThat(alert().limit()).isEqualTo(28);
    told(cleared("00:00", "25:00", WARN, "inside"), CLEARED);
    assertThat(alert().state()).isEqualTo(AlertState.CLEARED);
    assertThat(alert().level()).isNull();
    assertThat(alert().worst()).isEqualTo(ALARM);
    assertThat(alert().severity()).isEqualTo(ALARM);
    assertThat(alert().clearedAt()).isEqualTo(at("25:00"));
    asked(acknowledge("c1", "26:00", ALERT), ACKNOWLEDGED, CLOSED);
    assertThat(alert().closedBecause()).isEqualTo("recovered");
    assertThat(log).extracting(AlertEvent::command).endsWith(null, "c1");
    assertThat(log).extracting(AlertEvent::id).startsWith(ALERT + "#1").doesNotHaveDuplicates();
  }

  @Test
  void what_somebody_acknowledged_closes_by_itself() {
    told(reached("00:00", "00:00", WARN), RAISED);
    asked(acknowledge("c1", "01:00", ALERT), ACKNOWLEDGED);
    assertThat(alert().acknowledgedBy()).isEqualTo("Li Na");
    told(cleared("00:00", "05:00", WARN, "inside"), CLOSED);
    assertThat(alert().closedBecause()).isEqualTo("recovered");
    assertThat(alert().isAcknowledged()).isTrue();
  }

  @Test
  void a_withdrawn_forewarning_is_over_without_anybody() {
    told(foreseen("00:00", "00:00", WARN, 240), FOREWARNED);
    told(foreseen("00:00", "00:10", ALARM, 600), FOREWARNED);
    told(cleared("00:00", "10:00", ALARM, "withdrawn"), WITHDRAWN);
    told(cleared("00:00", "12:00", WARN, "withdrawn"), CLOSED);
    assertThat(alert().closedBecause()).isEqualTo("withdrawn");
    assertThat(alert().worst()).isNull();
    assertThat(alert().severity()).isEqualTo(WARN);
  }

  @Test
  void a_worse_level_takes_the_acknowledgement_back_the_same_one_does_not() {
    told(foreseen("00:00", "00:00", ALARM, 240), FOREWARNED);
    asked(acknowledge("c1", "00:30", ALERT), ACKNOWLEDGED);
    told(reached("00:00", "02:00", WARN), RAISED);
    assertThat(alert().isAcknowledged()).as("the crossing is news").isFalse();
    told(reached("00:00", "03:00", ALARM), ESCALATED);
    asked(acknowledge("c2", "03:30", ALERT), ACKNOWLEDGED);
    told(cleared("00:00", "04:00", ALARM, "inside"), EASED);
    told(reached("00:00", "05:00", ALARM), ESCALATED);
    assertThat(alert().isAcknowledged()).as("as bad as was acknowledged").isTrue();
    told(reached("00:00", "06:00", CRITICAL), ESCALATED);
    assertThat(alert().isAcknowledged()).isFalse();
    assertThat(log.stream().filter(e -> e.kind() == RAISED)).hasSize(1);
  }

  @Test
  void a_level_that_is_left_while_another_is_still_expected_is_a_forewarning_again() {
    told(reached("00:00", "00:00", WARN), RAISED);
    told(foreseen("00:00", "00:10", CRITICAL, 100), FOREWARNED);
    told(cleared("00:00", "00:20", WARN, "inside"), EASED);
    assertThat(alert().state()).isEqualTo(AlertState.FOREWARNED);
    assertThat(alert().limit()).isEqualTo(35);
    told(cleared("00:00", "09:00", CRITICAL, "expired"), CLEARED);
  }

  @Test
  void what_is_told_again_is_nothing_in_any_order_and_after_the_end() {
    List<Signal> all =
        List.of(
            foreseen("00:00", "00:00", ALARM, 240),
            updated("00:00", "01:00", ALARM, 120),
            reached("00:00", "02:00", ALARM),
            cleared("00:00", "03:00", ALARM, "inside"),
            cleared("00:00", "04:00", WARN, "inside"));
    for (int told = 0; told < all.size(); told++) {
      follow(new Input.Told(all.get(told)));
      for (int again = told; again >= 0; again--) {
        told(all.get(again));
      }
    }
    asked(acknowledge("c1", "05:00", ALERT), ACKNOWLEDGED, CLOSED);
    all.forEach(this::told);
    assertThat(alert().revision()).isEqualTo(7);
  }

  @Test
  void a_jump_up_tells_one_level_and_each_on_the_way_down() {
    told(reached("00:00", "00:00", CRITICAL), RAISED);
    told(cleared("00:00", "01:00", CRITICAL, "inside"), EASED);
    told(cleared("00:00", "01:00", ALARM, "inside"), EASED);
    told(cleared("00:00", "01:00", WARN, "inside"), CLEARED);
  }

  @Test
  void a_deadline_stamped_after_the_next_reading_does_not_hide_it() {
    told(foreseen("00:00", "00:00", ALARM, 240), FOREWARNED);
    told(cleared("00:00", "10:00", ALARM, "withdrawn"), CLOSED);
    told(reached("00:00", "09:59", ALARM), RAISED);
    assertThat(alert().state()).isEqualTo(AlertState.ACTIVE);
    assertThat(alert().closedBecause()).isNull();
    assertThat(alert().isAcknowledged()).isFalse();
  }

  @Test
  void a_late_reading_raises_and_says_so() {
    told(reached("00:00", "02:00", WARN), RAISED);
    told(late(reached("00:00", "01:00", CRITICAL)), ESCALATED);
    assertThat(alert().late()).as("of the crossing").isFalse();
    episode = null;
    told(late(reached("00:00", "01:00", CRITICAL)), RAISED);
    assertThat(alert().late()).isTrue();
  }

  @Test
  void silence_is_its_own_alert_and_marks_the_others_without_clearing_them() {
    told(reached("00:00", "00:00", ALARM), RAISED);
    decide(new Input.SensorSilent(silent("04:00")), SILENT);
    assertThat(alert().silentSince()).isEqualTo(at("04:00"));
    assertThat(alert().state()).isEqualTo(AlertState.ACTIVE);
    decide(new Input.SensorSilent(silent("04:00")));
    decide(new Input.SensorReporting(reporting("04:00", "09:00")), REPORTING);
    assertThat(alert().silentSince()).isNull();

    episode = null;
    told(silent("04:00"), RAISED);
    assertThat(alert().level()).isEqualTo(WARN);
    assertThat(alert().limit()).isEqualTo(180);
    assertThat(alert().silentSince()).isEqualTo(at("04:00"));
    told(reporting("04:00", "09:00"), CLOSED);
    assertThat(alert().closedBecause()).isEqualTo("recovered");
    assertThat(alert().silentSince()).isNull();
  }

  @Test
  void a_sensor_in_doubt_is_a_notice_until_it_is_not() {
    told(suspect(SignalKind.SUSPECT, "00:00", null), RAISED);
    assertThat(alert().severity()).isEqualTo(NOTICE);
    told(suspect(SignalKind.CLEARED, "05:00", "reporting"), CLOSED);
    assertThat(alert().closedBecause()).isEqualTo("recovered");
  }

  @Test
  void a_changed_rule_closes_what_it_no_longer_says_and_keeps_what_it_does() {
    told(reached("00:00", "00:00", CRITICAL), RAISED);
    told(cleared("00:00", "01:00", CRITICAL, "rule-changed"), EASED);
    told(cleared("00:00", "01:00", ALARM, "rule-changed"), EASED);
    told(cleared("00:00", "01:00", WARN, "rule-changed"), CLOSED);
    assertThat(alert().closedBecause()).isEqualTo("rule-changed");

    episode = null;
    told(reached("00:00", "00:00", CRITICAL), RAISED);
    told(cleared("00:00", "01:00", WARN, "rule-changed")); // critical still holds
    site = Store7.site(Store7.SILENCE_RULE);
    told(cleared("00:00", "02:00", CRITICAL, "rule-changed"), CLOSED);
  }

  @Test
  void a_retired_sensor_closes_its_alerts_by_name() {
    told(reached("00:00", "00:00", CRITICAL), RAISED);
    told(cleared("00:00", "01:00", CRITICAL, "retired"), CLOSED);
    told(cleared("00:00", "01:00", ALARM, "retired"));
    assertThat(alert().closedBecause()).isEqualTo("retired");
    assertThat(alert().clearedAt()).as("nobody saw it clear").isNull();
  }

  @Test
  void an_ended_run_closes_for_good() {
    told(reached("00:00", "00:00", ALARM), RAISED);
    Run run = new Run(new SiteId("fubao@r1"), 600, NOON, at("09:00"));
    decide(new Input.RunEnded(run), CLOSED);
    assertThat(alert().closedBecause()).isEqualTo("run-ended");
    decide(new Input.RunEnded(run));
    told(reached("00:00", "10:00", CRITICAL));
  }

  @Test
  void commands_happen_once_and_never_after_the_end() {
    told(reached("00:00", "00:00", ALARM), RAISED);
    Command comment = comment("c1", "00:10", ALERT, "on my way");
    asked(comment, COMMENTED);
    assertThat(log.get(1).note()).isEqualTo("on my way");
    asked(comment);
    asked(acknowledge("c2", "00:20", ALERT), ACKNOWLEDGED);
    asked(acknowledge("c3", "00:30", ALERT));
    assertThat(AlertLifecycle.refusal(episode, acknowledge("c3", "00:30", ALERT))).isEmpty();
    told(cleared("00:00", "01:00", ALARM, "retired"), CLOSED);
    Command tooLate = acknowledge("c4", "02:00", ALERT);
    asked(tooLate);
    assertThat(AlertLifecycle.refusal(episode, tooLate)).contains(Refusal.CLOSED);
    assertThat(AlertLifecycle.refusal(episode, comment)).as("was carried out").isEmpty();
    assertThat(AlertLifecycle.refusal(null, tooLate)).contains(Refusal.UNKNOWN_ALERT);
  }

  @Test
  void a_delivery_may_be_sent_again_also_after_the_end_and_changes_nothing_else() {
    Command.Details sms = Command.Details.ofDelivery(ALERT + "#1>sms");
    Command first = Store7.detailed(Command.Kind.RESEND, "c1", "01:00", ALERT, sms);
    assertThat(AlertLifecycle.refusal(null, first)).contains(Refusal.UNKNOWN_ALERT);
    told(reached("00:00", "00:00", WARN), RAISED);
    asked(first, RESEND);
    asked(first);
    assertThat(log.get(1).note()).isEqualTo(ALERT + "#1>sms");
    assertThat(log.get(1).by()).isEqualTo("Li Na");
    assertThat(alert().revision()).isEqualTo(2);
    assertThat(alert().isAcknowledged()).isFalse();
    asked(Store7.detailed(Command.Kind.RESEND, "c2", "02:00", ALERT, null), REFUSED);
    asked(acknowledge("c3", "03:00", ALERT), ACKNOWLEDGED);
    told(cleared("00:00", "05:00", WARN, "inside"), CLOSED);
    asked(Store7.detailed(Command.Kind.RESEND, "c4", "06:00", ALERT, sms), RESEND);
    assertThat(alert().state()).isEqualTo(AlertState.CLOSED);
  }

  @Test
  void the_rules_own_severity_counts() {
    Rule loud =
        new Rule(
            HEAT,
            Store7.HEAT_RULE.family(),
            Store7.HEAT_RULE.quantity(),
            Store7.HEAT_RULE.condition(),
            CRITICAL,
            null,
            null);
    site = Store7.site(loud);
    told(reached("00:00", "00:00", WARN), RAISED);
    assertThat(alert().severity()).isEqualTo(CRITICAL);
  }

  @Test
  void a_sensor_nobody_registered_is_called_by_its_id() {
    site = null;
    told(reached("00:00", "00:00", WARN), RAISED);
    assertThat(alert().name()).isEqualTo(Text.same("H-07"));
    assertThat(alert().place()).isNull();
  }

  @Test
  void what_is_remembered_is_bounded_and_still_known() {
    told(reached("00:00", "00:00", WARN), RAISED);
    List<Signal> all = new ArrayList<>();
    for (int i = 1; i <= 200; i++) {
      Signal up = reached("00:00", i + ":00", ALARM);
      Signal down = cleared("00:00", i + ":30", ALARM, "inside");
      told(up, ESCALATED);
      told(down, EASED);
      all.add(up);
      all.add(down);
    }
    assertThat(episode.signals()).hasSize(Episode.SIGNALS);
    all.forEach(this::told);
  }

  private Alert alert() {
    return episode.alert();
  }

  private void told(Signal signal, AlertEventKind... kinds) {
    decide(new Input.Told(signal), kinds);
  }

  private void asked(Command command, AlertEventKind... kinds) {
    decide(new Input.Asked(command), kinds);
  }

  private void decide(Input input, AlertEventKind... kinds) {
    assertThat(follow(input)).as("%s", input).extracting(AlertEvent::kind).containsExactly(kinds);
  }

  private List<AlertEvent> follow(Input input) {
    List<AlertEvent> events =
        AlertLifecycle.decide(episode, input, Surroundings.of(site), at("59:00"));
    assertThat(AlertLifecycle.decide(episode, input, Surroundings.of(site), at("59:00")))
        .isEqualTo(events);
    for (AlertEvent event : events) {
      episode = AlertLifecycle.evolve(episode, event);
      assertThat(AlertLifecycle.evolve(episode, event)).isSameAs(episode);
    }
    log.addAll(events);
    return events;
  }

  private static Signal suspect(SignalKind kind, String time, String cause) {
    return Store7.signal(
        Store7.FUBAO,
        Store7.H07,
        "quality",
        at("00:00"),
        at(time),
        kind,
        (Level) null,
        null,
        cause);
  }
}
