package org.minusone.alerting.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.minusone.alerting.Store7.HEAT;
import static org.minusone.alerting.Store7.HEAT_RULE;
import static org.minusone.alerting.Store7.SILENCE_RULE;
import static org.minusone.alerting.Store7.at;
import static org.minusone.alerting.Store7.cleared;
import static org.minusone.alerting.Store7.foreseen;
import static org.minusone.alerting.Store7.reached;
import static org.minusone.alerting.Store7.shown;
import static org.minusone.model.AlertEventKind.ACCEPTED;
import static org.minusone.model.AlertEventKind.ACKNOWLEDGED;
import static org.minusone.model.AlertEventKind.ARRIVED;
import static org.minusone.model.AlertEventKind.CANCELLED;
import static org.minusone.model.AlertEventKind.CLEARED;
import static org.minusone.model.AlertEventKind.CLOSED;
import static org.minusone.model.AlertEventKind.DECLINED;
import static org.minusone.model.AlertEventKind.DISPATCHED;
import static org.minusone.model.AlertEventKind.EASED;
import static org.minusone.model.AlertEventKind.EN_ROUTE;
import static org.minusone.model.AlertEventKind.FOREWARNED;
import static org.minusone.model.AlertEventKind.MESSAGE;
import static org.minusone.model.AlertEventKind.OVERDUE;
import static org.minusone.model.AlertEventKind.RAISED;
import static org.minusone.model.AlertEventKind.REASSIGNED;
import static org.minusone.model.AlertEventKind.REFUSED;
import static org.minusone.model.AlertEventKind.RESOLVED;
import static org.minusone.model.AlertEventKind.SEEN;
import static org.minusone.model.AlertEventKind.UNASSIGNED;
import static org.minusone.model.Level.ALARM;
import static org.minusone.model.Level.WARN;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.minusone.alerting.Store7;
import org.minusone.model.AlertEvent;
import org.minusone.model.Command;
import org.minusone.model.Crew;
import org.minusone.model.Family;
import org.minusone.model.Job;
import org.minusone.model.JobState;
import org.minusone.model.Rule;
import org.minusone.model.SignalKind;
import org.minusone.model.SiteId;
import org.minusone.model.StepDeadlines;
import org.minusone.model.Text;

/** From an alert to a crew on site and back. */
class DispatchStoryTest extends Story {
  @Test
  void a_crew_is_asked_accepts_comes_and_reports() {
    tell(reached("00:00", "00:00", ALARM), RAISED);
    clock("00:10");
    ask(Command.Kind.DISPATCH, null, DISPATCHED);
    assertThat(job().crew()).as("there for the community").isEqualTo("fubao-1");
    assertThat(job().member()).as("the lead last").isEqualTo("luo-jing");
    assertThat(job().phone()).isEqualTo("000-0102");
    assertThat(job().preventive()).isFalse();
    assertThat(job().dueAt()).isEqualTo(at("02:10"));
    assertThat(job().expectedArrivalAt())
        .as("3 min to leave, 1,250 m by scooter")
        .isEqualTo(at("00:10").plusSeconds(180 + 399));
    clock("01:00");
    job(Command.Kind.ACCEPT, ACCEPTED);
    assertThat(job().acceptedAt()).isEqualTo(at("01:00"));
    clock("02:00");
    ask(
        Command.Kind.EN_ROUTE,
        new Command.Details(JOB, "fubao-1", null, null, Duration.ofMinutes(5), null),
        EN_ROUTE);
    assertThat(job().expectedArrivalAt()).as("as the crew says").isEqualTo(at("07:00"));
    clock("06:00");
    job(Command.Kind.ARRIVE, ARRIVED);
    job(Command.Kind.MESSAGE, MESSAGE);
    clock("09:00");
    tell(cleared("00:00", "09:00", ALARM, "inside"));
    Job.Report report = new Job.Report("fan off", "a tripped breaker", "switched on");
    ask(Command.Kind.RESOLVE, new Command.Details(JOB, null, null, null, null, report), RESOLVED);
    assertThat(job().report()).isEqualTo(report);
    assertThat(job().dueAt()).isNull();
    pass("60:00");
    assertThat(job().state()).as("nothing more is due").isEqualTo(JobState.RESOLVED);
  }

  @Test
  void what_the_centre_says_is_known_to_be_seen_or_not() {
    tell(reached("00:00", "00:00", ALARM), RAISED);
    clock("00:10");
    ask(Command.Kind.DISPATCH, null, DISPATCHED);
    assertThat(job().toldAt()).isEqualTo(at("00:10"));
    assertThat(job().seenAt()).isNull();
    ask(Command.Kind.SEEN, shown(JOB, null, at("00:10"))); // not the centre's to say
    clock("00:20");
    Command.Details others = new Command.Details(JOB, "fubao-1", "he-wei", at("00:10"), null, null);
    ask(Command.Kind.SEEN, others); // a screen of somebody who is not asked
    assertThat(job().seenAt()).isNull();
    ask(Command.Kind.SEEN, shown(JOB, "fubao-1", at("00:10")), SEEN);
    assertThat(job().seenAt()).isEqualTo(at("00:20"));
    assertThat(job().dueAt()).as("seen is not accepted").isEqualTo(at("02:10"));
    clock("00:30");
    ask(Command.Kind.SEEN, shown(JOB, "fubao-1", at("00:10"))); // by the other one of the crew

    clock("00:40");
    job(Command.Kind.MESSAGE, MESSAGE);
    assertThat(job().seenAt()).as("there is more to be seen").isNull();
    ask(Command.Kind.SEEN, shown(JOB, "fubao-1", at("00:10"))); // the screen of before
    assertThat(job().seenAt()).isNull();
    clock("00:50");
    ask(Command.Kind.ACCEPT, new Command.Details(JOB, "fubao-1", null, null, null, null), ACCEPTED);
    assertThat(job().seenAt()).as("the message may have come after the tap").isNull();
    ask(Command.Kind.SEEN, shown(JOB, "fubao-1", at("00:40")), SEEN);

    clock("01:00");
    ask(
        Command.Kind.DISPATCH,
        new Command.Details(JOB, "fire-2", null, null, null, null),
        REASSIGNED);
    assertThat(job().seenAt()).as("of another crew").isNull();
    ask(Command.Kind.SEEN, shown(JOB, "fubao-1", at("01:00")), REFUSED);
    clock("01:10");
    ask(Command.Kind.ACCEPT, new Command.Details(JOB, "fire-2", null, null, null, null), ACCEPTED);
    assertThat(job().seenAt()).as("who accepts has seen it").isEqualTo(at("01:10"));
  }

  @Test
  void what_a_crew_says_waits_until_the_centre_has_seen_it() {
    tell(reached("00:00", "00:00", ALARM), RAISED);
    clock("00:10");
    ask(Command.Kind.DISPATCH, null, DISPATCHED);
    Command.Details ofCrew = shown(JOB, "fubao-1", null);
    clock("00:20");
    ask(Command.Kind.MESSAGE, ofCrew, MESSAGE);
    assertThat(job().said().text()).isEqualTo("so it is");
    assertThat(job().said().at()).isEqualTo(at("00:20"));
    ask(Command.Kind.SEEN, shown(JOB, null, at("00:19"))); // what was on display before
    ask(Command.Kind.SEEN, shown(JOB, "fubao-1", at("00:20")), SEEN); // that it is asked
    assertThat(job().said()).as("the crew's own look is not the centre's").isNotNull();
    ask(Command.Kind.SEEN, shown(JOB, null, at("00:20")), SEEN);
    assertThat(job().said()).isNull();
    ask(Command.Kind.MESSAGE, ofCrew, MESSAGE);
    ask(Command.Kind.MESSAGE, ofCrew, MESSAGE);
    assertThat(job().said().text()).as("nothing is displaced").isEqualTo("so it is\nso it is");
    pass("02:10", REASSIGNED);
    assertThat(job().said()).as("said by who had it before, and nobody has seen it").isNotNull();
    job(Command.Kind.MESSAGE, MESSAGE);
    assertThat(job().said()).as("who answers has seen it").isNull();
  }

  @Test
  void who_does_not_answer_is_passed_over_until_nobody_is_left_and_then_asked_anew() {
    tell(reached("00:00", "00:00", ALARM), RAISED);
    clock("00:00");
    ask(Command.Kind.DISPATCH, null, DISPATCHED);
    pass("02:00", REASSIGNED);
    assertThat(job().member()).as("the lead of the same crew").isEqualTo("he-wei");
    assertThat(job().tried()).extracting(Job.Tried::because).containsExactly("not-accepted");
    pass("04:00", REASSIGNED);
    assertThat(job().crew()).as("the next crew").isEqualTo("fire-2");
    pass("06:00", UNASSIGNED);
    assertThat(job().state()).isEqualTo(JobState.UNASSIGNED);
    assertThat(log.get(log.size() - 1).time()).isEqualTo(at("06:00"));
    job(Command.Kind.ACCEPT, REFUSED);
    pass("11:00", REASSIGNED);
    assertThat(job().crew()).isEqualTo("fubao-1");
    assertThat(job().overdue()).isEqualTo(4);
    assertThat(job().tried()).as("a new round").isEmpty();
    pass("13:00", REASSIGNED);
    assertThat(job().member()).as("the lead, again").isEqualTo("he-wei");
  }

  @Test
  void no_crew_is_asked_twice_at_one_alert() {
    tell(reached("00:00", "00:00", ALARM), RAISED);
    ask(Command.Kind.DISPATCH, null, DISPATCHED);
    clock("00:30");
    ask(Command.Kind.DISPATCH, null, DISPATCHED);
    assertThat(alert().jobs()).extracting(Job::crew).containsExactly("fubao-1", "fire-2");
    ask(Command.Kind.DISPATCH, new Command.Details(JOB, "fire-2", null, null, null, null), REFUSED);
    assertThat(log.get(log.size() - 1).note()).isEqualTo("already-dispatched");
    clock("01:00");
    ask(Command.Kind.ACCEPT, Command.Details.ofJob(JOB), ACCEPTED);
    pass("02:31", UNASSIGNED);
    assertThat(alert().jobs()).extracting(Job::crew).containsExactly("fubao-1", null);
  }

  @Test
  void two_jobs_that_fall_due_at_once_do_not_both_go_to_the_one_who_is_left() {
    tell(reached("00:00", "00:00", ALARM), RAISED);
    ask(Command.Kind.DISPATCH, Command.Details.to("fire-2", null), DISPATCHED);
    job(Command.Kind.DECLINE, DECLINED, REASSIGNED); // fubao-1
    pass("04:00", REASSIGNED, UNASSIGNED);
    ask(Command.Kind.DISPATCH, Command.Details.to("fubao-1", null), REASSIGNED);
    ask(Command.Kind.DISPATCH, Command.Details.to("fire-2", null), DISPATCHED);
    Map<String, Kept> state = bench.state();
    bench.now = at("20:00");
    bench.start(state, 1, 1);
    log.addAll(bench.pass(Duration.ofSeconds(1)));
    for (AlertEvent event : log) {
      assertThat(event.alert().jobs().stream().map(Job::crew).filter(crew -> crew != null))
          .as("%s", event.id())
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void a_crew_sent_by_hand_takes_the_job_that_is_nobodys_with_what_is_said_to_it() {
    tell(reached("00:00", "00:00", ALARM), RAISED);
    ask(Command.Kind.DISPATCH, null, DISPATCHED);
    pass("06:01", REASSIGNED, REASSIGNED, UNASSIGNED);
    ask(Command.Kind.DISPATCH, Command.Details.to("fire-2", null), REASSIGNED);
    assertThat(alert().jobs()).hasSize(1);
    assertThat(job().crew()).isEqualTo("fire-2");
    assertThat(log.get(log.size() - 1).note()).isEqualTo("so it is");
  }

  @Test
  void a_site_says_how_long_a_step_may_take_and_the_district_is_asked_last() {
    List<Crew> crews = new ArrayList<>();
    crews.add(
        new Crew(
            "district",
            new Text("区值班室", "District"),
            List.of(Family.HAZMAT_STORAGE),
            List.of(),
            List.of(new Crew.Member("duty", "值班员", "000-0901", true)),
            List.of(),
            null,
            true));
    crews.addAll(Store7.CREWS);
    StepDeadlines quick = new StepDeadlines(Duration.ofSeconds(30), null, null, null);
    bench.sites.site = Store7.site().withCrews(crews, Map.of(ALARM, quick));
    tell(reached("00:00", "00:00", ALARM), RAISED);
    clock("00:00");
    ask(Command.Kind.DISPATCH, null, DISPATCHED);
    pass("00:31", REASSIGNED);
    pass("01:01", REASSIGNED);
    assertThat(job().crew()).isEqualTo("fire-2");
    pass("01:31", REASSIGNED);
    assertThat(job().crew()).isEqualTo("district");
    job(Command.Kind.ACCEPT, ACCEPTED);
    assertThat(job().dueAt()).as("not written: the usual time").isEqualTo(at("06:31"));
  }

  @Test
  void a_stop_skips_no_deadline_and_takes_nobodys_time_to_answer() {
    tell(reached("00:00", "00:00", ALARM), RAISED);
    ask(Command.Kind.DISPATCH, null, DISPATCHED);
    Map<String, Kept> state = bench.state();
    bench.now = at("07:00");
    bench.start(state, 1, 1);
    log.addAll(bench.pass(Duration.ofSeconds(1)));
    assertThat(job().member()).isEqualTo("he-wei");
    assertThat(job().dueAt()).as("has all the time to answer").isEqualTo(at("09:01"));
    pass("09:02", REASSIGNED);
    pass("11:02", UNASSIGNED);
    assertThat(log.stream().filter(e -> e.command() == null && e.job() != null))
        .extracting(AlertEvent::kind, AlertEvent::time)
        .containsExactly(
            Tuple.tuple(REASSIGNED, at("02:00")),
            Tuple.tuple(REASSIGNED, at("09:01")),
            Tuple.tuple(UNASSIGNED, at("11:01")));
  }

  @Test
  void who_declines_is_not_asked_again_and_a_stranger_cannot_answer_for_the_crew() {
    tell(reached("00:00", "00:00", ALARM), RAISED);
    ask(Command.Kind.DISPATCH, Command.Details.to("fire-2", null), DISPATCHED);
    assertThat(job().crew()).isEqualTo("fire-2");
    ask(Command.Kind.ACCEPT, new Command.Details(JOB, "fubao-1", null, null, null, null), REFUSED);
    assertThat(log.get(log.size() - 1).note()).isEqualTo("reassigned");
    job(Command.Kind.DECLINE, DECLINED, REASSIGNED);
    assertThat(job().crew()).isEqualTo("fubao-1");
    ask(Command.Kind.DISPATCH, Command.Details.to("fubao-1", null), REFUSED);
    assertThat(log.get(log.size() - 1).note()).isEqualTo("already-dispatched");
    ask(Command.Kind.DISPATCH, Command.Details.to("nobody", null), REFUSED);
    assertThat(log.get(log.size() - 1).note()).isEqualTo("unknown-crew");
    ask(
        Command.Kind.DISPATCH,
        new Command.Details(JOB, "fubao-1", "he-wei", null, null, null),
        REASSIGNED);
    assertThat(job().member()).isEqualTo("he-wei");
  }

  @Test
  void a_crew_that_is_late_is_told_of_until_it_moves() {
    tell(reached("00:00", "00:00", ALARM), RAISED);
    ask(Command.Kind.DISPATCH, null, DISPATCHED);
    job(Command.Kind.ACCEPT, ACCEPTED);
    pass("05:00", OVERDUE);
    pass("10:01", OVERDUE);
    job(Command.Kind.ARRIVE, ARRIVED);
    job(Command.Kind.EN_ROUTE, REFUSED);
    assertThat(job().enRouteAt()).as("a step that was skipped").isEqualTo(job().arrivedAt());
  }

  @Test
  void what_nobody_accepted_ends_with_the_danger_and_what_is_under_way_goes_on() {
    tell(foreseen("00:00", "00:00", ALARM, 240), FOREWARNED);
    ask(Command.Kind.DISPATCH, null, DISPATCHED);
    assertThat(job().preventive()).isTrue();
    tell(cleared("00:00", "01:00", ALARM, "withdrawn"), CLOSED, CANCELLED);
    tell(reached("00:00", "01:10", ALARM), RAISED);
    ask(Command.Kind.DISPATCH, null, DISPATCHED);
    String second = Job.id(ALERT, 2);
    ask(Command.Kind.ACCEPT, Command.Details.ofJob(second), ACCEPTED);
    ask(Command.Kind.ACKNOWLEDGE, null, ACKNOWLEDGED);
    tell(cleared("00:00", "03:00", ALARM, "inside"));
    tell(cleared("00:00", "03:01", WARN, "inside"), CLOSED);
    clock("04:00");
    ask(Command.Kind.ARRIVE, Command.Details.ofJob(second), ARRIVED);
    ask(Command.Kind.MESSAGE, shown(second, "fubao-1", null), MESSAGE);
    ask(Command.Kind.RESOLVE, Command.Details.ofJob(second), RESOLVED);
    ask(Command.Kind.COMMENT, null);
    ask(Command.Kind.SEEN, shown(second, null, at("04:00")), SEEN); // what was said at the end
  }

  @Test
  void nobody_else_is_asked_once_the_danger_is_gone_but_by_hand() {
    tell(reached("00:00", "00:00", ALARM), RAISED);
    ask(Command.Kind.DISPATCH, null, DISPATCHED);
    tell(cleared("00:00", "00:30", ALARM, "inside"), EASED);
    tell(cleared("00:00", "00:40", WARN, "inside"), CLEARED);
    pass("02:01", CANCELLED);
    tell(reached("00:00", "03:00", ALARM));
    clock("03:00");
    ask(Command.Kind.DISPATCH, null, DISPATCHED);
    String second = Job.id(ALERT, 2);
    ask(Command.Kind.ACCEPT, Command.Details.ofJob(second), ACCEPTED);
    ask(Command.Kind.ACKNOWLEDGE, null, ACKNOWLEDGED);
    tell(cleared("00:00", "03:10", ALARM, "inside"));
    tell(cleared("00:00", "03:20", WARN, "inside"), CLOSED);
    Command.Details other = new Command.Details(second, "fire-2", null, null, null, null);
    ask(Command.Kind.DISPATCH, other, REASSIGNED);
    assertThat(alert().jobs().get(1).crew()).isEqualTo("fire-2");
    ask(Command.Kind.DECLINE, Command.Details.ofJob(second), DECLINED, REASSIGNED, CANCELLED);
  }

  @Test
  void who_declines_for_a_colleague_has_declined_himself() {
    tell(reached("00:00", "00:00", ALARM), RAISED);
    ask(Command.Kind.DISPATCH, null, DISPATCHED);
    assertThat(job().member()).isEqualTo("luo-jing");
    Command.Details heWei = new Command.Details(JOB, "fubao-1", "he-wei", null, null, null);
    ask(Command.Kind.DECLINE, heWei, DECLINED, REASSIGNED);
    assertThat(job().tried()).extracting(Job.Tried::member).containsExactly("he-wei");
    assertThat(job().member()).isEqualTo("luo-jing");
  }

  @Test
  void a_rule_sends_a_crew_by_itself_once_and_never_in_a_run() {
    Rule.Dispatch wanted =
        new Rule.Dispatch(ALARM, true, List.of(new Text("看风机", "Look at the fan")));
    bench.sites.site =
        Store7.site(HEAT_RULE.responding(new Rule.Response(false, null, wanted)), SILENCE_RULE);
    tell(foreseen("00:00", "00:00", ALARM, 240), FOREWARNED);
    pass("00:01", DISPATCHED);
    assertThat(job().preventive()).isTrue();
    assertThat(job().checklist()).extracting(Text::en).containsExactly("Look at the fan");
    assertThat(job().dispatchedBy()).isEqualTo(HEAT);
    job(Command.Kind.ACCEPT, ACCEPTED);
    tell(reached("00:00", "02:00", ALARM), RAISED);
    pass("02:05");
    assertThat(alert().jobs()).hasSize(1);
    SiteId run = new SiteId("fubao@r1");
    log.addAll(
        bench.tell(
            Store7.signal(
                run,
                Store7.H07,
                HEAT,
                at("00:00"),
                at("02:00"),
                SignalKind.ALARM,
                ALARM,
                null,
                null)));
    pass("02:10");
    assertThat(alert().site()).isEqualTo(run);
    assertThat(alert().jobs()).isEmpty();
  }

  @Test
  void a_crew_under_way_attends_to_what_comes_again() {
    Rule.Dispatch wanted = new Rule.Dispatch(ALARM, false, List.of());
    bench.sites.site =
        Store7.site(HEAT_RULE.responding(new Rule.Response(false, null, wanted)), SILENCE_RULE);
    tell(reached("00:00", "00:00", ALARM), RAISED);
    pass("00:01", DISPATCHED);
    job(Command.Kind.ACCEPT, ACCEPTED);
    tell(cleared("00:00", "00:10", ALARM, "inside"), EASED);
    tell(cleared("00:00", "00:20", WARN, "inside"), CLEARED);
    tell(reached("01:00", "01:00", ALARM), RAISED);
    assertThat(alert().incident()).isEqualTo(ALERT);
    pass("01:05");
    job(Command.Kind.RESOLVE, RESOLVED);
    tell(cleared("01:00", "01:10", ALARM, "inside"), EASED);
    tell(cleared("01:00", "01:20", WARN, "inside"), CLEARED);
    tell(reached("02:00", "02:00", ALARM), RAISED, CLOSED, CLOSED);
    pass("02:01", DISPATCHED);
  }
}
