package org.minusone.alerting.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.minusone.alerting.Store7.HEAT;
import static org.minusone.alerting.Store7.HEAT_RULE;
import static org.minusone.alerting.Store7.acknowledge;
import static org.minusone.alerting.Store7.at;
import static org.minusone.alerting.Store7.cleared;
import static org.minusone.alerting.Store7.foreseen;
import static org.minusone.alerting.Store7.id;
import static org.minusone.alerting.Store7.reached;
import static org.minusone.alerting.Store7.shelve;
import static org.minusone.model.AlertEventKind.ACKNOWLEDGED;
import static org.minusone.model.AlertEventKind.CHATTERING;
import static org.minusone.model.AlertEventKind.CLEARED;
import static org.minusone.model.AlertEventKind.CLOSED;
import static org.minusone.model.AlertEventKind.EASED;
import static org.minusone.model.AlertEventKind.ESCALATED;
import static org.minusone.model.AlertEventKind.FOREWARNED;
import static org.minusone.model.AlertEventKind.RAISED;
import static org.minusone.model.AlertEventKind.REALARMED;
import static org.minusone.model.AlertEventKind.REFUSED;
import static org.minusone.model.AlertEventKind.SHELVED;
import static org.minusone.model.AlertEventKind.UNSHELVED;
import static org.minusone.model.Level.ALARM;
import static org.minusone.model.Level.CRITICAL;
import static org.minusone.model.Level.WARN;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.minusone.alerting.Store7;
import org.minusone.model.AlertEvent;
import org.minusone.model.Command;
import org.minusone.model.Rule;

/**
 * What is put aside, what lasts though it was acknowledged, what stays until reset, what comes and
 * goes.
 */
class LastingStoryTest extends Story {
  @Test
  void shelving_has_an_end_a_reason_and_a_name_and_a_worse_level_ends_it() {
    tell(reached("00:00", "00:00", WARN), RAISED);
    follow(bench.ask(shelve("s1", "01:00", ALERT, "00:30", "works")), REFUSED);
    follow(bench.ask(shelve("s2", "01:00", ALERT, "10:00", " ")), REFUSED);
    follow(bench.ask(shelve("s3", "01:00", ALERT, "10:00", "works on the fan")), SHELVED);
    assertThat(alert().shelf().by()).isEqualTo("Li Na");
    assertThat(alert().shelf().until()).isEqualTo(at("10:00"));
    pass("10:01", UNSHELVED);
    assertThat(log.get(log.size() - 1).time()).isEqualTo(at("10:00"));
    follow(bench.ask(shelve("s4", "11:00", ALERT, "20:00", "works")), SHELVED);
    tell(reached("00:00", "12:00", ALARM), ESCALATED, UNSHELVED);
    ask(Command.Kind.UNSHELVE, null, REFUSED);
  }

  @Test
  void a_worse_level_takes_it_back_before_it_is_told() {
    tell(reached("00:00", "00:00", WARN), RAISED);
    follow(bench.ask(shelve("s1", "01:00", ALERT, "30:00", "works")), SHELVED);
    tell(reached("00:00", "12:00", CRITICAL), ESCALATED, UNSHELVED);
    AlertEvent escalated = log.get(log.size() - 2);
    assertThat(escalated.alert().shelf()).as("whoever is told by that event").isNull();
  }

  @Test
  void what_comes_and_goes_stays_put_aside_until_the_end_unless_it_is_worse() {
    tell(reached("00:00", "00:00", WARN), RAISED);
    follow(bench.ask(shelve("s1", "01:00", ALERT, "30:00", "loose contact")), SHELVED);
    follow(bench.ask(acknowledge("a1", "01:30", ALERT)), ACKNOWLEDGED);
    tell(cleared("00:00", "02:00", WARN, "inside"), CLOSED);
    tell(reached("03:00", "03:00", WARN), RAISED);
    assertThat(alert().shelf().because()).isEqualTo("loose contact");
    tell(cleared("03:00", "04:00", WARN, "inside"), CLEARED);
    tell(reached("05:00", "05:00", ALARM), RAISED, CLOSED);
    assertThat(log.get(log.size() - 2).alert().shelf()).as("worse than was seen").isNull();
    pass("30:01");
    tell(reached("31:00", "31:00", WARN), RAISED);
    assertThat(alert().shelf()).isNull();
  }

  @Test
  void what_is_latched_stays_until_it_is_reset() {
    bench.sites.site = Store7.site(HEAT_RULE.responding(new Rule.Response(true, null, null)));
    tell(reached("00:00", "00:00", WARN), RAISED);
    ask(Command.Kind.RESET, null, REFUSED);
    follow(bench.ask(acknowledge("a1", "01:00", ALERT)), ACKNOWLEDGED);
    tell(cleared("00:00", "02:00", WARN, "inside"), CLEARED);
    assertThat(alert().isAcknowledged()).isTrue();
    ask(Command.Kind.RESET, null, CLOSED);
    assertThat(alert().closedBecause()).isEqualTo("reset");
  }

  @Test
  void an_acknowledged_alert_that_lasts_is_told_again() {
    bench.sites.site =
        Store7.site(HEAT_RULE.responding(new Rule.Response(false, Duration.ofMinutes(30), null)));
    tell(reached("00:00", "00:00", WARN), RAISED);
    follow(bench.ask(acknowledge("a1", "01:00", ALERT)), ACKNOWLEDGED);
    pass("31:01", REALARMED);
    assertThat(alert().isAcknowledged()).isFalse();
    pass("90:00");
  }

  @Test
  void what_comes_and_goes_is_found() {
    for (int i = 0; i < 3; i++) {
      String start = "0" + i + ":00";
      String end = "0" + i + ":30";
      if (i == 0) {
        follow(bench.tell(reached(start, start, WARN)), RAISED);
      } else {
        follow(bench.tell(reached(start, start, WARN)), RAISED, CLOSED);
        assertThat(alert().closedBecause()).as("one row, not one a turn").isEqualTo("superseded");
        assertThat(alert().id()).isEqualTo(id(HEAT, "0" + (i - 1) + ":00"));
      }
      if (i < 2) {
        follow(bench.tell(cleared(start, end, WARN, "inside")), CLEARED);
      } else {
        follow(bench.tell(cleared(start, end, WARN, "inside")), CLEARED, CHATTERING);
      }
    }
    assertThat(alert().chattering()).isTrue();
    assertThat(alert().turns()).hasSize(6);
  }

  @Test
  void what_was_worse_stays_until_somebody_has_seen_it() {
    tell(reached("00:00", "00:00", ALARM), RAISED);
    tell(cleared("00:00", "00:10", ALARM, "inside"), EASED);
    tell(cleared("00:00", "00:20", WARN, "inside"), CLEARED);
    tell(foreseen("01:00", "01:00", ALARM, 240), FOREWARNED);
    tell(reached("01:00", "01:10", WARN), RAISED);
    tell(reached("01:00", "01:20", ALARM), ESCALATED, CLOSED);
    assertThat(alert().id()).isEqualTo(ALERT);
    assertThat(alert().closedBecause()).isEqualTo("superseded");
    tell(reached("02:00", "02:00", WARN), RAISED);
  }
}
