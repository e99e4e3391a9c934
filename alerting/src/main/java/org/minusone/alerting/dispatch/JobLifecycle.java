package org.minusone.alerting.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.minusone.model.Alert;
import org.minusone.model.AlertEventKind;
import org.minusone.model.AlertState;
import org.minusone.model.Command;
import org.minusone.model.Crew;
import org.minusone.model.Job;
import org.minusone.model.JobState;
import org.minusone.model.SiteVersion;
import org.minusone.model.Text;

/**
 * The life of a job. "Next" is whom {@link CrewRoute} names of those not asked yet; a step may be
 * skipped forwards (a crew without a network arrives and says so), never backwards.
 *
 * <pre>
 * state                | what                        | event                | then
 * ---------------------+-----------------------------+----------------------+-------------------
 * none                 | dispatch                    | DISPATCHED           | DISPATCHED
 * none                 | dispatch, nobody there      | UNASSIGNED           | UNASSIGNED
 * DISPATCHED           | accept                      | ACCEPTED             | ACCEPTED
 * DISPATCHED, taken    | decline, somebody is next   | DECLINED, REASSIGNED | DISPATCHED
 * DISPATCHED, taken    | decline, nobody is left     | DECLINED, UNASSIGNED | UNASSIGNED
 * DISPATCHED           | overdue, somebody is next   | REASSIGNED           | DISPATCHED
 * DISPATCHED           | overdue, nobody is left     | UNASSIGNED           | UNASSIGNED
 * not taken            | overdue, the danger is gone | CANCELLED            | CANCELLED
 * UNASSIGNED           | overdue, somebody is there  | REASSIGNED           | DISPATCHED (1)
 * UNASSIGNED           | overdue, nobody is          | OVERDUE              | UNASSIGNED, asked again later
 * ACCEPTED, EN_ROUTE   | overdue                     | OVERDUE              | same, told again later
 * DISPATCHED, ACCEPTED | en route                    | EN_ROUTE             | EN_ROUTE
 * .. EN_ROUTE          | arrive                      | ARRIVED              | ARRIVED
 * .. ARRIVED           | resolve                     | RESOLVED             | RESOLVED
 * any open             | dispatch to another (2)     | REASSIGNED           | DISPATCHED
 * any open             | message                     | MESSAGE              | same, not seen by the other
 * any with a crew      | seen, by either side (3)    | SEEN                 | same, seen by it
 * not taken            | the danger is gone          | CANCELLED            | CANCELLED
 * any open             | run ended, sensor retired   | CANCELLED            | CANCELLED
 * </pre>
 *
 * <p>(1) Everybody is asked anew: a shift may have begun since.
 *
 * <p>(2) Also a dispatch that names no job, while one is nobody's: it takes that one.
 *
 * <p>(3) Once, where what was on display is all that the other side has said; else nothing. A step
 * of the crew's says the same of being asked, and an answer of the centre's of a message, without
 * an event of their own.
 */
public final class JobLifecycle {
  private static final String DECLINED = "declined";
  private static final String NOT_ACCEPTED = "not-accepted";
  private static final String REASSIGNED = Job.REASSIGNED;

  private final Alert alert;
  private final CrewRoute route;
  private final Deadlines deadlines;

  /**
   * @param alert as it is now; its severity sets the deadlines
   * @param busy open jobs of the site by crew id
   */
  public JobLifecycle(Alert alert, SiteVersion site, Map<String, Integer> busy) {
    this.alert = alert;
    this.route = new CrewRoute(site.crews(), busy);
    this.deadlines = new Deadlines(site.deadlines());
  }

  /** What becomes of a command: steps, or a word that says why not. One of the two. */
  public record Answer(List<JobStep> steps, String refused) {
    static Answer refuse(String why) {
      return new Answer(List.of(), why);
    }
  }

  /** A crew is sent without anybody asking. */
  public List<JobStep> open(boolean preventive, List<Text> checklist, String rule, Instant at) {
    Job blank = blank(preventive, checklist, rule, at);
    return List.of(
        ask(
            blank,
            route.next(alert, blank.id(), at, List.of(), null),
            AlertEventKind.DISPATCHED,
            at,
            null));
  }

  /** What somebody asked; {@link Command.Kind#DISPATCH} or one to a job. */
  public Answer asked(Command c, List<Text> checklist) {
    if (c.kind() == Command.Kind.DISPATCH) {
      return dispatch(c, checklist);
    }
    Optional<Job> known = alert.job(String.valueOf(c.more().job()));
    if (known.isEmpty()) {
      return Answer.refuse("unknown-job");
    }
    Job job = known.get();
    if (c.kind() == Command.Kind.SEEN && !Talk.isOfCrew(c)) {
      return new Answer(Talk.seen(job, c.at(), c), null);
    }
    if (!job.state().isOpen()) {
      return Answer.refuse(job.state().id());
    }
    if (c.more().crew() != null && !c.more().crew().equals(job.crew())) {
      return Answer.refuse("reassigned");
    }
    if (c.kind() == Command.Kind.MESSAGE) {
      return new Answer(List.of(Talk.message(job, c)), null);
    }
    if (job.state() == JobState.UNASSIGNED) {
      return Answer.refuse("unassigned");
    }
    return switch (c.kind()) {
      case ACCEPT ->
          job.state() == JobState.DISPATCHED
              ? advance(job, JobState.ACCEPTED, AlertEventKind.ACCEPTED, c)
              : Answer.refuse("already-" + word(job));
      case EN_ROUTE ->
          job.state().compareTo(JobState.EN_ROUTE) < 0
              ? advance(job, JobState.EN_ROUTE, AlertEventKind.EN_ROUTE, c)
              : Answer.refuse("already-" + word(job));
      case ARRIVE ->
          job.state().compareTo(JobState.ARRIVED) < 0
              ? advance(job, JobState.ARRIVED, AlertEventKind.ARRIVED, c)
              : Answer.refuse("already-" + word(job));
      case RESOLVE -> advance(job, JobState.RESOLVED, AlertEventKind.RESOLVED, c);
      case DECLINE -> new Answer(declined(job, c), null);
      case SEEN -> new Answer(Talk.seen(job, notBefore(job, c.at()), c), null);
      case ACKNOWLEDGE, COMMENT, SHELVE, UNSHELVE, RESET, DISPATCH, MESSAGE, RESEND, DUE, RETRY ->
          Answer.refuse("not-a-job-command");
    };
  }

  private static String word(Job job) {
    return job.state().id().replace('_', '-');
  }

  private Answer dispatch(Command c, List<Text> checklist) {
    Command.Details to = c.more();
    Job before = to.job() == null ? nobodys() : alert.job(to.job()).orElse(null);
    if (to.job() != null && before == null) {
      return Answer.refuse("unknown-job");
    }
    if (before != null && !before.state().isOpen()) {
      return Answer.refuse(before.state().id());
    }
    if (before == null && !alert.state().isOpen()) {
      return Answer.refuse("closed");
    }
    Draft draft =
        new Draft(
            before != null ? before : blank(alert.level() == null, checklist, c.by(), c.at()));
    if (to.crew() != null && CrewRoute.hasAnother(alert, draft.id, to.crew())) {
      return Answer.refuse("already-dispatched");
    }
    if (before != null && before.crew() != null) {
      draft.tried = with(before.tried(), gaveUp(before, REASSIGNED, c.note(), c.at()));
    }
    Optional<CrewRoute.Choice> choice =
        to.crew() == null
            ? route.next(alert, draft.id, c.at(), draft.tried, null)
            : route.of(to.crew(), to.member(), c.at());
    if (to.crew() != null && choice.isEmpty()) {
      return Answer.refuse(to.member() == null ? "unknown-crew" : "unknown-member");
    }
    draft.dispatchedBy = c.by();
    AlertEventKind kind = before == null ? AlertEventKind.DISPATCHED : AlertEventKind.REASSIGNED;
    return new Answer(List.of(ask(draft.job(), choice, kind, c.at(), c.note())), null);
  }

  /** The job that nobody took; a crew that is sent by hand takes that one. Null = none. */
  private Job nobodys() {
    return alert.jobs().stream()
        .filter(job -> job.state() == JobState.UNASSIGNED)
        .findFirst()
        .orElse(null);
  }

  private Answer advance(Job job, JobState to, AlertEventKind kind, Command c) {
    Draft draft = new Draft(job);
    draft.state = to;
    Instant at = notBefore(job, c.at());
    draft.acceptedAt = draft.acceptedAt == null ? at : draft.acceptedAt;
    if (to.compareTo(JobState.EN_ROUTE) >= 0 && draft.enRouteAt == null) {
      draft.enRouteAt = at;
    }
    if (to.compareTo(JobState.ARRIVED) >= 0 && draft.arrivedAt == null) {
      draft.arrivedAt = at;
    }
    if (to.compareTo(JobState.ARRIVED) < 0) {
      Duration told = c.more().eta();
      draft.expectedArrivalAt =
          told != null ? at.plus(told) : arrival(job.crew(), to, job.expectedArrivalAt(), at);
    }
    if (Talk.isOfCrew(c) && draft.seenAt == null && job.dispatchedAt().equals(job.toldAt())) {
      draft.seenAt = at; // Nothing was said since it was asked.
    }
    if (c.more().member() != null) {
      draft.member(crewOf(job), c.more().member());
    }
    if (to == JobState.RESOLVED) {
      draft.endedAt = at;
      draft.report = c.more().report();
    }
    Duration patience = deadlines.of(to, alert.severity());
    draft.dueAt = patience == null ? null : at.plus(patience);
    if (to == JobState.EN_ROUTE && draft.expectedArrivalAt != null) {
      draft.dueAt = draft.expectedArrivalAt;
    }
    return new Answer(List.of(new JobStep(kind, draft.job(), at, null)), null);
  }

  /** A phone's clock may be slow: no step is taken before the one it follows. */
  private static Instant notBefore(Job job, Instant told) {
    return Stream.of(
            told,
            job.dispatchedAt(),
            job.toldAt(),
            job.acceptedAt(),
            job.enRouteAt(),
            job.arrivedAt())
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(told);
  }

  private List<JobStep> declined(Job job, Command c) {
    Draft draft = new Draft(job);
    if (c.more().member() != null) {
      draft.member(crewOf(job), c.more().member()); // It may not be who was asked.
    }
    draft.tried = with(job.tried(), gaveUp(draft.job(), DECLINED, c.note(), c.at()));
    draft.forget();
    draft.state = JobState.DISPATCHED;
    Job free = draft.job();
    List<JobStep> steps = new ArrayList<>();
    steps.add(new JobStep(AlertEventKind.DECLINED, free, c.at(), c.note()));
    steps.add(
        ask(
            free,
            route.next(alert, job.id(), c.at(), free.tried(), job.crew()),
            AlertEventKind.REASSIGNED,
            c.at(),
            null));
    return steps;
  }

  /**
   * Later than that, nobody could be told in time: whoever is asked next has the whole of theirs.
   */
  private static final Duration STOPPED = Duration.ofMinutes(1);

  /**
   * What the passing of time brings to a job up to {@code now}, deadline by deadline, each at its
   * own time. After a stop only the one that had passed: who is asked then is given time to answer.
   */
  public List<JobStep> due(Job job, Instant now) {
    List<JobStep> steps = new ArrayList<>();
    Job last = job;
    while (last.dueAt() != null && !last.dueAt().isAfter(now) && steps.size() < MOST_STEPS) {
      JobStep step = overdue(last, last.dueAt(), now);
      steps.add(step);
      last = step.after();
    }
    return steps;
  }

  /** After a long stop the rest follows with the next tick. */
  private static final int MOST_STEPS = 20;

  private JobStep overdue(Job job, Instant at, Instant now) {
    Instant from = Duration.between(at, now).compareTo(STOPPED) > 0 ? now : at;
    Draft draft = new Draft(job);
    draft.overdue++;
    if (isOver() && !job.state().isTaken()) {
      draft.state = JobState.CANCELLED;
      draft.endedAt = at;
      draft.dueAt = null;
      return new JobStep(AlertEventKind.CANCELLED, draft.job(), at, null);
    }
    return switch (job.state()) {
      case DISPATCHED -> {
        draft.tried = with(job.tried(), gaveUp(job, NOT_ACCEPTED, null, at));
        yield ask(
                draft.job(),
                route.next(alert, job.id(), from, draft.tried, job.crew()),
                AlertEventKind.REASSIGNED,
                from,
                null)
            .dated(at);
      }
      case UNASSIGNED -> {
        Optional<CrewRoute.Choice> anew = route.next(alert, job.id(), from, List.of(), null);
        if (anew.isPresent()) {
          draft.tried = List.of(); // a new round
          yield ask(draft.job(), anew, AlertEventKind.REASSIGNED, from, null).dated(at);
        }
        draft.dueAt = from.plus(patience(JobState.UNASSIGNED));
        yield new JobStep(AlertEventKind.OVERDUE, draft.job(), at, null);
      }
      case ACCEPTED, EN_ROUTE -> {
        draft.dueAt = from.plus(patience(JobState.UNASSIGNED));
        yield new JobStep(AlertEventKind.OVERDUE, draft.job(), at, null);
      }
      case ARRIVED, RESOLVED, CANCELLED -> {
        draft.dueAt = null;
        yield new JobStep(AlertEventKind.OVERDUE, draft.job(), at, null);
      }
    };
  }

  private boolean isOver() {
    return alert.state() == AlertState.CLEARED || alert.state() == AlertState.CLOSED;
  }

  /** Those that end with the danger. */
  public static List<JobStep> over(Alert alert, boolean alsoTaken, Instant at) {
    List<JobStep> steps = new ArrayList<>();
    for (Job job : alert.jobs()) {
      if (job.state().isOpen() && (alsoTaken || !job.state().isTaken())) {
        Draft draft = new Draft(job);
        draft.state = JobState.CANCELLED;
        draft.endedAt = at;
        draft.dueAt = null;
        steps.add(new JobStep(AlertEventKind.CANCELLED, draft.job(), at, null));
      }
    }
    return steps;
  }

  private Duration patience(JobState state) {
    Duration patience = deadlines.of(state, alert.severity());
    return patience == null ? Duration.ofMinutes(1) : patience;
  }

  /**
   * @param note what who sends them has to say; null where nothing
   */
  private JobStep ask(
      Job job, Optional<CrewRoute.Choice> choice, AlertEventKind kind, Instant at, String note) {
    Draft draft = new Draft(job);
    draft.forget();
    draft.state = choice.isPresent() ? JobState.DISPATCHED : JobState.UNASSIGNED;
    draft.dueAt = at.plus(patience(draft.state));
    if (choice.isEmpty()) {
      draft.crew = null;
      draft.crewName = null;
      return new JobStep(AlertEventKind.UNASSIGNED, draft.job(), at, note);
    }
    draft.dispatchedAt = at;
    draft.toldAt = at;
    draft.crew = choice.get().crew().id();
    draft.crewName = choice.get().crew().name();
    draft.member(choice.get().crew(), choice.get().member().id());
    draft.expectedArrivalAt = arrival(draft.crew, JobState.DISPATCHED, null, at);
    return new JobStep(kind, draft.job(), at, note);
  }

  /** What was known before where nothing can be estimated. */
  private Instant arrival(String crew, JobState state, Instant known, Instant at) {
    return route
        .of(crew, null, at)
        .map(choice -> Travel.time(choice.crew(), alert.place(), state))
        .map(at::plus)
        .orElse(known);
  }

  private Crew crewOf(Job job) {
    return route.of(job.crew(), null, Instant.EPOCH).map(CrewRoute.Choice::crew).orElse(null);
  }

  private Job blank(boolean preventive, List<Text> checklist, String by, Instant at) {
    return new Job(
        Job.id(alert.id(), alert.jobs().size() + 1),
        JobState.DISPATCHED,
        preventive,
        null,
        null,
        null,
        null,
        null,
        checklist,
        by,
        at,
        null,
        null,
        null,
        null,
        null,
        null,
        0,
        null,
        null,
        null,
        List.of(),
        null);
  }

  private static Job.Tried gaveUp(Job job, String because, String note, Instant at) {
    return new Job.Tried(
        job.crew(), job.member(), job.memberName(), job.phone(), at, because, note);
  }

  private static List<Job.Tried> with(List<Job.Tried> tried, Job.Tried one) {
    List<Job.Tried> more = new ArrayList<>(tried);
    more.add(one);
    return more;
  }
}
