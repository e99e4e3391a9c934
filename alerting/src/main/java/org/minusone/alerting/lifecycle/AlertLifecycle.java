package org.minusone.alerting.lifecycle;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.minusone.model.Alert;
import org.minusone.model.AlertEvent;
import org.minusone.model.AlertEventKind;
import org.minusone.model.AlertState;
import org.minusone.model.Command;
import org.minusone.model.Level;
import org.minusone.model.Rule;
import org.minusone.model.Signal;
import org.minusone.model.SignalKind;
import org.minusone.model.SiteVersion;

/**
 * The life of an alert. {@link #decide} says what happens to it, {@link #evolve} alone changes what
 * is known of it; an event carries the alert as it is afterwards.
 *
 * <p>States, with <i>acknowledged</i> (A) or not (U) beside them, as ISA-18.2 keeps the two apart.
 * "L" is the signal's level; "nothing" is no event and no change.
 *
 * <pre>
 * state      | input                              | event               | then
 * -----------+------------------------------------+---------------------+---------------------------
 * none       | forewarned, updated                | FOREWARNED          | FOREWARNED U
 * none       | L reached, silent, suspect         | RAISED              | ACTIVE U
 * none       | cleared                            | nothing             |
 * any open   | forewarned, L above level          | FOREWARNED          | FOREWARNED or ACTIVE, U/A kept
 * any open   | forewarned, updated: L is open,    | UPDATED             | same, newer expectation
 *            |   and told later than it           |                     |
 * any open   | first level reached                | RAISED              | ACTIVE U (1)
 * any open   | L above level reached              | ESCALATED           | ACTIVE, U if L above worst (1)
 * any open   | L reached, at or below level       | nothing             |
 * FOREWARNED | L withdrawn, others open           | WITHDRAWN           | FOREWARNED
 * FOREWARNED | last withdrawn, no level ever      | CLOSED              | CLOSED withdrawn
 * FOREWARNED | last withdrawn, a level was once   | CLEARED or CLOSED   | as for ACTIVE, last level left
 * ACTIVE     | L withdrawn                        | WITHDRAWN           | ACTIVE
 * ACTIVE     | L left, a lower one remains        | EASED               | ACTIVE (2)
 * ACTIVE     | last level left, forewarnings open | EASED               | FOREWARNED, worst kept
 * ACTIVE U   | last level left                    | CLEARED             | CLEARED U
 * ACTIVE A   | last level left, not latched       | CLOSED              | CLOSED recovered
 * ACTIVE A   | last level left, latched           | CLEARED             | CLEARED A
 * ACTIVE     | silent, suspect: cleared           | CLOSED              | CLOSED recovered, U or A
 * CLEARED    | forewarned / L reached             | as for any open     | FOREWARNED / ACTIVE again
 * CLEARED    | acknowledge, not latched           | ACKNOWLEDGED,CLOSED | CLOSED recovered
 * CLEARED    | acknowledge, latched               | ACKNOWLEDGED        | CLEARED A
 * any open U | acknowledge                        | ACKNOWLEDGED        | A
 * any open A | acknowledge                        | nothing (3)         |
 * any open   | comment                            | COMMENTED           | same
 * CLEARED    | reset                              | ACKNOWLEDGED if U,  | CLOSED reset
 *            |                                    |   CLOSED            |
 * any open   | shelve, end within a day           | SHELVED             | same, shelf set
 * shelved    | unshelve, or its end comes         | UNSHELVED           | same, shelf null
 * shelved    | L above worst reached              | UNSHELVED after it  | shelf null in both (5)
 * ACTIVE A   | the rule's re-alarm time is over   | REALARMED           | ACTIVE U
 * any open   | raised or over > 5 times in 5 min  | CHATTERING after it | same, chattering set
 * any open   | dispatch; its rule sends a crew    | as JobLifecycle     | same, jobs changed
 * any        | a job's command, a job is overdue  | as JobLifecycle     | same, jobs changed
 * CLOSED     | (it has just been closed)          | CANCELLED, for jobs | same (6)
 * any        | resend                             | RESEND              | same
 * any        | a command that cannot be           | REFUSED             | same
 * any open   | its sensor went silent             | SILENT              | same, silent_since set
 * any open   | its sensor reports                 | REPORTING           | same, silent_since null
 * any open   | its gateway or site is told of as  | FOLDED              | same, folded_into set
 *            |   one, it is about silence         |                     |
 * any open   | that is over, it is not            | UNFOLDED            | same, folded_into null
 * any open   | others are silent with it          | UPDATED             | same, newer group
 * CLEARED    | a newer episode reached its worst  | CLOSED              | CLOSED superseded, U or A (7)
 * any open   | nothing remains: rule-changed      | CLOSED              | CLOSED rule-changed, U or A
 * any open   | cleared: retired                   | CLOSED              | CLOSED retired, U or A
 * any open   | run ended                          | CLOSED              | CLOSED run-ended, U or A
 * CLOSED     | forewarned / L reached, unknown    | as for any open     | open again, U (4)
 * CLOSED     | anything else                      | nothing             |
 * </pre>
 *
 * <ol>
 *   <li>A level above the worst one so far is a worse thing than anybody acknowledged, so it takes
 *       the acknowledgement back; so does the crossing after a forewarning that was acknowledged. A
 *       level reached again that was reached before does not. RAISED happens once in an alert's
 *       life.
 *   <li>Which lower level remains is read off the rule: levels are nested, and on the way down
 *       rules tell each one that was left, the highest first. A rule that is gone leaves none.
 *   <li>It is true already; see {@link #refusal}.
 *   <li>A danger must not stay hidden behind an alert that was over, so a transition nobody told
 *       before opens it again. Not after {@code run-ended}.
 *   <li>Nobody put aside what it is now.
 *   <li>Those nobody had accepted; at the end of a run or of a sensor all of them. A crew that is
 *       under way goes on and reports.
 *   <li>What comes and goes is one row to be acknowledged, not one a turn. Where somebody is asked
 *       or sent for the older one, it stays.
 * </ol>
 *
 * <p>A signal the episode knows ({@link Signal#identity()}) is nothing, also after it closed; of
 * {@code updated}, one not newer than the open forewarning. Among those it does not know, the order
 * of the topic holds, not that of their times: a deadline that a tick fired may be stamped later
 * than the reading after it. A late signal is one like any other: it can only raise. Silence and
 * doubt are alerts of their own; silence also marks the sensor's other alerts and never clears one.
 */
public final class AlertLifecycle {
  /** Why one is closed whose place a newer episode has taken. */
  public static final String SUPERSEDED = "superseded";

  static final String RECOVERED = "recovered";
  private static final String WITHDRAWN = "withdrawn";
  private static final String RUN_ENDED = "run-ended";
  private static final String RETIRED = "retired";
  private static final String RULE_CHANGED = "rule-changed";

  private AlertLifecycle() {}

  /**
   * What happens. The same arguments give the same events, to the letter.
   *
   * @param before null while nothing is known of the alert
   * @param now wall time, for {@link AlertEvent#at()} and deadlines
   */
  public static List<AlertEvent> decide(
      Episode before, Input input, Surroundings around, Instant now) {
    return switch (input.kind()) {
      case TOLD -> Consequences.of(before, told(before, (Input.Told) input, around, now), now);
      case SENSOR_SILENT -> silent(before, ((Input.SensorSilent) input).signal(), now);
      case SENSOR_REPORTING -> reporting(before, ((Input.SensorReporting) input).signal(), now);
      case ASKED ->
          Consequences.of(
              before, Asked.decide(before, ((Input.Asked) input).command(), around, now), now);
      case FOLDED -> folded(before, (Input.Folded) input, now);
      case REGROUPED -> regrouped(before, (Input.Regrouped) input, now);
      case SUPERSEDED -> superseded(before, (Input.Superseded) input, now);
      case RUN_ENDED -> Consequences.of(before, runEnded(before, (Input.RunEnded) input, now), now);
    };
  }

  /**
   * What is known after an event. An event that is known already (its revision is not above the
   * alert's) changes nothing, so a log may be replayed with its repetitions.
   *
   * @param before null before the first
   */
  public static Episode evolve(Episode before, AlertEvent event) {
    if (before != null && event.alert().revision() <= before.alert().revision()) {
      return before;
    }
    Episode after = before == null ? Episode.of(event.alert()) : before.with(event.alert());
    if (event.signal() != null && event.signal().alert().equals(event.alert().id())) {
      after = after.remember(event.signal());
    }
    return event.command() == null ? after : after.remember(event.command());
  }

  /**
   * Why a command cannot be carried out; empty where it can, or is true already.
   *
   * <p>How a caller that waits for a command's outcome sees it, whatever happens:
   *
   * <ul>
   *   <li>an event carries the command's id in {@link AlertEvent#command()}: carried out. An
   *       acknowledgement of a cleared alert makes two, ACKNOWLEDGED and CLOSED, the last with the
   *       id;
   *   <li>the alert is acknowledged: somebody else was quicker, what was asked for is true. No
   *       event follows, so look at the state before waiting and at each event while waiting;
   *   <li>the alert is closed: refused, no event follows. A command that loses the race against the
   *       closing is only logged and counted here, so a caller that sees CLOSED without its id
   *       answers 409;
   *   <li>an event REFUSED carries its id: the note says why;
   *   <li>the same command id again: the first outcome stands, no second event follows.
   * </ul>
   */
  public static Optional<Refusal> refusal(Episode before, Command command) {
    if (before == null) {
      return Optional.of(Refusal.UNKNOWN_ALERT);
    }
    boolean outlivesIt =
        command.kind() == Command.Kind.DUE
            || command.kind() == Command.Kind.RESEND
            || command.kind() == Command.Kind.SEEN
            || isUnderWay(before.alert(), command);
    return before.alert().state().isOpen() || before.knows(command) || outlivesIt
        ? Optional.empty()
        : Optional.of(Refusal.CLOSED);
  }

  /** Whether a crew still has the job it is about, though the danger may be gone. */
  private static boolean isUnderWay(Alert alert, Command command) {
    return alert
        .job(String.valueOf(command.more().job()))
        .filter(job -> job.state().isOpen())
        .isPresent();
  }

  private static List<AlertEvent> told(
      Episode before, Input.Told input, Surroundings around, Instant now) {
    SiteVersion site = around.site();
    Signal s = input.signal();
    if (before == null) {
      if (s.signal() == SignalKind.CLEARED) {
        return List.of();
      }
    } else if (before.knows(s) || RUN_ENDED.equals(before.alert().closedBecause())) {
      return List.of();
    }
    Rule rule = site == null ? null : site.rule(s.rule(), s.sensor()).orElse(null);
    Draft draft = before == null ? Draft.begin(s, site) : new Draft(before.alert());
    Optional<AlertEventKind> kind =
        switch (s.signal()) {
          case FOREWARNED, UPDATED -> foreseen(before, draft, s);
          case NOTICE, WARN, ALARM, CRITICAL -> reached(draft, s, Level.valueOf(s.signal().name()));
          case SILENT -> {
            draft.foldedInto = input.foldedInto();
            draft.silentSince = s.time();
            yield reached(draft, s, s.level() == null ? Level.NOTICE : s.level());
          }
          case SUSPECT -> reached(draft, s, Level.NOTICE);
          case CLEARED -> cleared(before, draft, s, rule);
        };
    if (kind.isEmpty()) {
      return List.of();
    }
    if (before == null && isDanger(s)) {
      draft.incident = around.incident() == null ? s.alert() : around.incident();
    }
    draft.turns = before == null ? around.turns() : draft.turns;
    if (kind.get() == AlertEventKind.RAISED || draft.clearedAt == s.time()) {
      draft.turn(s.time());
    }
    if (before == null && isDanger(s)) {
      draft.shelf = Shelving.kept(around.last(), draft.worst, s.time());
    } else if (Shelving.isOverBy(before, draft.worst)) {
      draft.shelf = null;
    }
    draft.measured(s);
    draft.colour(rule);
    return List.of(draft.event(kind.get(), now, s));
  }

  /** Silence and doubt are about a sensor, not about its place. */
  private static boolean isDanger(Signal s) {
    return s.signal() != SignalKind.SILENT && s.signal() != SignalKind.SUSPECT;
  }

  private static Optional<AlertEventKind> foreseen(Episode before, Draft draft, Signal s) {
    Alert.Coming open = draft.comingTo(s.level());
    boolean told = draft.level != null && draft.level.isAtLeast(s.level());
    boolean older = open != null && !s.time().isAfter(open.at());
    boolean withdrawn = open == null && before != null && s.signal() == SignalKind.UPDATED;
    if (told || older || withdrawn) {
      return Optional.empty();
    }
    if (draft.level == null) {
      draft.reopen(AlertState.FOREWARNED);
    }
    draft.expect(s);
    draft.limit = draft.level == null ? (Double) draft.coming.get(0).limit() : draft.limit;
    draft.forewarnedAt = draft.forewarnedAt == null ? s.time() : draft.forewarnedAt;
    return Optional.of(open == null ? AlertEventKind.FOREWARNED : AlertEventKind.UPDATED);
  }

  private static Optional<AlertEventKind> reached(Draft draft, Signal s, Level level) {
    if (draft.level != null && draft.level.isAtLeast(level)) {
      return Optional.empty();
    }
    boolean first = draft.crossedAt == null;
    draft.reopen(AlertState.ACTIVE);
    if (draft.worst == null || !draft.worst.isAtLeast(level)) {
      draft.unacknowledge();
      draft.worst = level;
    }
    draft.stand(level, s.time());
    draft.limit = s.limit();
    draft.coming.removeIf(c -> level.isAtLeast(c.level()));
    if (first) {
      draft.crossedAt = s.time();
      draft.late = s.late();
      draft.delayed = s.delayed();
    }
    return Optional.of(first ? AlertEventKind.RAISED : AlertEventKind.ESCALATED);
  }

  private static Optional<AlertEventKind> cleared(
      Episode before, Draft draft, Signal s, Rule rule) {
    if (draft.state == AlertState.CLOSED) {
      return Optional.empty();
    }
    boolean ruleGone = RULE_CHANGED.equals(s.cause()) && rule == null;
    if (ruleGone || RETIRED.equals(s.cause())) {
      draft.close(s.cause());
      return Optional.of(AlertEventKind.CLOSED);
    }
    Level level = s.level() == null ? draft.level : s.level();
    Alert.Coming withdrawn = level == null ? null : draft.comingTo(level);
    if (withdrawn == null && !isLeft(draft.level, level, s, rule)) {
      return Optional.empty();
    }
    if (withdrawn != null) {
      draft.coming.remove(withdrawn);
    } else {
      RuleLevels.below(level, rule)
          .ifPresentOrElse(left -> draft.stand(left, null), () -> draft.level = null);
      draft.limit = RuleLevels.limit(draft.level, rule);
    }
    if (draft.level == null) {
      draft.limit = draft.coming.isEmpty() ? s.limit() : (Double) draft.coming.get(0).limit();
    }
    if (draft.level != null || !draft.coming.isEmpty()) {
      draft.state = draft.level != null ? AlertState.ACTIVE : AlertState.FOREWARNED;
      return Optional.of(withdrawn == null ? AlertEventKind.EASED : AlertEventKind.WITHDRAWN);
    }
    draft.clearedAt = s.time();
    draft.silentSince = "reporting".equals(s.cause()) ? null : draft.silentSince;
    if (RULE_CHANGED.equals(s.cause())) {
      draft.close(RULE_CHANGED);
    } else if (draft.worst == null) {
      draft.close(WITHDRAWN);
    } else if (before.isAboutSensor() || draft.acknowledgedAt != null && !draft.latched) {
      draft.close(RECOVERED);
    } else {
      draft.state = AlertState.CLEARED;
    }
    return Optional.of(
        draft.state == AlertState.CLOSED ? AlertEventKind.CLOSED : AlertEventKind.CLEARED);
  }

  /**
   * Whether the level reached is left with {@code level}. One below it is, too (then the word on
   * the level itself was lost), but for a rule that only dropped that lower level.
   */
  private static boolean isLeft(Level reached, Level level, Signal s, Rule rule) {
    if (reached == null || !reached.isAtLeast(level)) {
      return false;
    }
    boolean onlyDropped = RULE_CHANGED.equals(s.cause()) && RuleLevels.of(rule).contains(reached);
    return reached == level || !onlyDropped;
  }

  private static List<AlertEvent> silent(Episode before, Signal s, Instant now) {
    if (!isOpen(before) || before.alert().silentSince() != null) {
      return List.of();
    }
    Draft draft = new Draft(before.alert());
    draft.silentSince = s.time();
    return List.of(draft.event(AlertEventKind.SILENT, now, s));
  }

  private static List<AlertEvent> reporting(Episode before, Signal s, Instant now) {
    if (!isOpen(before) || before.alert().silentSince() == null) {
      return List.of();
    }
    Draft draft = new Draft(before.alert());
    draft.silentSince = null;
    return List.of(draft.event(AlertEventKind.REPORTING, now, s));
  }

  private static List<AlertEvent> folded(Episode before, Input.Folded input, Instant now) {
    if (!isOpen(before) || Objects.equals(before.alert().foldedInto(), input.into())) {
      return List.of();
    }
    Draft draft = new Draft(before.alert());
    draft.foldedInto = input.into();
    AlertEventKind kind = input.into() == null ? AlertEventKind.UNFOLDED : AlertEventKind.FOLDED;
    return List.of(draft.event(kind, now, input.at()));
  }

  private static List<AlertEvent> regrouped(Episode before, Input.Regrouped input, Instant now) {
    if (!isOpen(before) || input.group().equals(before.alert().group())) {
      return List.of();
    }
    Draft draft = new Draft(before.alert());
    draft.group = input.group();
    return List.of(draft.event(AlertEventKind.UPDATED, now, input.at()));
  }

  private static List<AlertEvent> superseded(Episode before, Input.Superseded input, Instant now) {
    if (before == null
        || before.alert().state() != AlertState.CLEARED
        || before.alert().hasOpenJob()
        || !input.by().worst().isAtLeast(before.alert().worst())) {
      return List.of();
    }
    Draft draft = new Draft(before.alert());
    draft.close(SUPERSEDED);
    return List.of(draft.event(AlertEventKind.CLOSED, now, input.at()));
  }

  private static List<AlertEvent> runEnded(Episode before, Input.RunEnded input, Instant now) {
    if (!isOpen(before)) {
      return List.of();
    }
    Draft draft = new Draft(before.alert());
    draft.close(RUN_ENDED);
    Instant ended = Objects.requireNonNullElse(input.run().endedAt(), now);
    return List.of(draft.event(AlertEventKind.CLOSED, now, ended));
  }

  private static boolean isOpen(Episode episode) {
    return episode != null && episode.alert().state().isOpen();
  }
}
