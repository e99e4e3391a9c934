package org.minusone.rules.evaluate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.minusone.model.Group;
import org.minusone.model.Level;
import org.minusone.model.Rule;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.Signal;
import org.minusone.model.SignalKind;
import org.minusone.model.SiteId;
import org.minusone.rules.evaluate.PlaceState.Member;
import org.minusone.rules.evaluate.PlaceState.Open;

/**
 * Decides what a {@code together} rule says about a place: (state, another rule's signal) → (state,
 * signals). A member is a sensor by one of the rules listened to; it holds from the signal that
 * reached the wanted level until that level is left, and its time is when it was last told:
 * reached, or made worse.
 *
 * <pre>
 * episode   signal of a member               then
 * none      reached; enough hold at once,    the rule's level, stamped with the time of the last of
 *           told within the wanted time        them, at the sensor that was first
 * open      reached, or one of many left     nothing
 * open      fewer than enough hold           cleared (inside)
 * open      the rule changed: still enough   goes on
 * open      it changed: not enough           cleared (rule-changed)
 * </pre>
 *
 * <p>Signals come in the order of their arrival, which is that of event time at each sensor but not
 * among sensors. A member that let go still counts for the time in which it held, if a signal about
 * that time comes while no event time at the place is more than {@value #DISORDER_MS} ms past its
 * end. What was cleared is not taken back. Backtest and live need not agree to the letter here
 * (CONTRACTS §2.6).
 */
public final class TogetherEvaluator {
  /** D: what gateways that buffer and sensors that count their own time differ by. */
  static final long DISORDER_MS = 60_000;

  /** For so long one that let go is remembered, to know a signal that is told again. */
  private static final long REMEMBERED_MS = 3_600_000;

  private static final int KNOWN = 32;
  private static final long NEVER = Long.MAX_VALUE;

  private final Rule rule;
  private final Rule.Together condition;
  private final List<Rule> rules;
  private final Map<SensorId, Sensor> registry;
  private final int version;

  TogetherEvaluator(Rule rule, List<Rule> rules, Map<SensorId, Sensor> registry, int version) {
    this.rule = rule;
    this.condition = (Rule.Together) rule.condition();
    this.rules = rules;
    this.registry = registry;
    this.version = version;
  }

  public String rule() {
    return rule.name();
  }

  /** The place that a signal is about; empty where its sensor is in none, or its rule not asked. */
  public Optional<String> placeOf(Signal signal) {
    return signal.group() != null || !condition.of().contains(signal.rule())
        ? Optional.empty()
        : placeOf(signal.sensor());
  }

  private Optional<String> placeOf(SensorId sensor) {
    return Optional.ofNullable(registry.get(sensor))
        .map(registered -> condition.in().placeOf(registered.place()));
  }

  /**
   * Takes in a signal about the place.
   *
   * @param before null while nothing is known of it
   * @param signals what the rule says is appended
   */
  public PlaceState signal(PlaceState before, Signal signal, List<Signal> signals) {
    PlaceState state = before == null ? PlaceState.of(condition) : before;
    Member old = find(state, signal.sensor(), signal.rule());
    if (old != null && isKnown(old, signal)) {
      return state;
    }
    Member member = follow(old, signal);
    if (member == null) {
      return state;
    }
    long atMs = signal.time().toEpochMilli();
    List<Member> members = new ArrayList<>(state.members());
    members.remove(old);
    members.add(member);
    long newest = Math.max(state.newestMs(), atMs);
    members.removeIf(m -> !m.holds() && m.endedMs() < newest - REMEMBERED_MS);
    state = new PlaceState(condition, members, state.open(), state.last(), newest);
    if (state.open() == null && member.holds() && member.sinceMs() == atMs) {
      state = raise(state, member, signal, signals);
    }
    return clear(state, signal, "inside", atMs, signals);
  }

  private static boolean isKnown(Member member, Signal signal) {
    return member.known().contains(hash(signal))
        || !signal.late() && signal.time().toEpochMilli() < member.toldMs();
  }

  /** FNV-1a, 64 bits. */
  private static long hash(Signal signal) {
    String text = signal.alert() + "|" + signal.identity();
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  private static Member find(PlaceState state, SensorId sensor, String rule) {
    for (Member member : state.members()) {
      if (member.isOf(sensor, rule)) {
        return member;
      }
    }
    return null;
  }

  /** The member after the signal; null where there is none to be remembered. */
  private Member follow(Member old, Signal s) {
    long atMs = s.time().toEpochMilli();
    Level level = old == null ? null : old.level();
    long since = old == null ? NEVER : old.sinceMs();
    long ended = old == null ? NEVER : old.endedMs();
    Level reached = reached(s);
    if (reached != null && reached.isAtLeast(condition.from())) {
      boolean worse = level == null || !level.isAtLeast(reached);
      since = worse ? atMs : since;
      level = worse ? reached : level;
      ended = NEVER;
    } else if (s.signal() == SignalKind.CLEARED && level != null && isLeft(level, s)) {
      level = below(s);
      ended = level == null ? atMs : NEVER;
    } else if (old == null) {
      return null;
    }
    List<Long> known = new ArrayList<>(old == null ? List.of() : old.known());
    known.add(hash(s));
    boolean measured = s.value() != null || s.word() != null || old == null;
    return new Member(
        s.sensor(),
        s.family(),
        s.quantity(),
        s.rule(),
        level,
        since,
        ended,
        old == null ? atMs : Math.max(old.toldMs(), atMs),
        measured ? s.value() : old.value(),
        measured ? s.word() : old.word(),
        known.subList(Math.max(0, known.size() - KNOWN), known.size()));
  }

  private static Level reached(Signal s) {
    boolean reached = s.signal().isReached() || s.signal() == SignalKind.SILENT;
    return reached ? s.level() : null;
  }

  /** A level above the one reached was only foreseen; one below it may only have been dropped. */
  private static boolean isLeft(Level reached, Signal s) {
    return s.level() == null
        || s.level() == reached
        || reached.isAtLeast(s.level()) && !"rule-changed".equals(s.cause());
  }

  /** What remains of the member's levels, if it is enough. */
  private Level below(Signal s) {
    if (s.level() == null) {
      return null;
    }
    return rules.stream()
        .filter(r -> r.name().equals(s.rule()))
        .findFirst()
        .flatMap(r -> r.at(s.sensor(), registry.get(s.sensor())))
        .flatMap(
            r ->
                levels(r).stream()
                    .filter(l -> !l.isAtLeast(s.level()) && l.isAtLeast(condition.from()))
                    .max(Comparator.naturalOrder()))
        .orElse(null);
  }

  private static List<Level> levels(Rule rule) {
    return switch (rule.condition().kind()) {
      case THRESHOLD -> List.copyOf(((Rule.Threshold) rule.condition()).levels().keySet());
      case STATE -> List.copyOf(((Rule.State) rule.condition()).levels().keySet());
      case RATE -> List.copyOf(((Rule.Rate) rule.condition()).levels().keySet());
      case WHEN -> List.copyOf(((Rule.When) rule.condition()).levels().keySet());
      case QUALITY -> List.copyOf(((Rule.Quality) rule.condition()).levels().keySet());
      case SILENT, TOGETHER -> List.of();
    };
  }

  /** Raises if enough came together with {@code last}; or with anyone, if it is null. */
  private PlaceState raise(PlaceState state, Member last, Signal cause, List<Signal> signals) {
    List<Member> able =
        state.members().stream()
            .filter(m -> m.sinceMs() != NEVER)
            .filter(m -> m.holds() || state.newestMs() - m.endedMs() <= DISORDER_MS)
            .sorted(Comparator.comparingLong(Member::sinceMs).thenComparing(Member::sensor))
            .toList();
    for (Member instant : able) {
      long atMs = instant.sinceMs();
      List<Member> there =
          able.stream()
              .filter(m -> m.sinceMs() <= atMs && m.endedMs() > atMs && isNear(m, atMs))
              .toList();
      if ((last == null || there.contains(last)) && count(there) >= condition.atLeast()) {
        Member first = there.get(0);
        Signal told = raised(state, first, there, last == null ? state.newestMs() : atMs, cause);
        signals.add(told);
        Open open = new Open(told.alert(), first, condition.level(), atMs);
        return new PlaceState(condition, state.members(), open, told.alert(), state.newestMs());
      }
    }
    return state;
  }

  private boolean isNear(Member member, long atMs) {
    return condition.within() == null || atMs - member.sinceMs() <= condition.within().toMillis();
  }

  private int count(List<Member> members) {
    return (int)
        switch (condition.distinct()) {
          case SENSORS -> members.stream().map(Member::sensor).distinct().count();
          case RULES -> members.stream().map(Member::rule).distinct().count();
        };
  }

  private PlaceState clear(
      PlaceState state, Signal cause, String why, long atMs, List<Signal> signals) {
    Open open = state.open();
    if (open == null
        || count(state.members().stream().filter(Member::holds).toList()) >= condition.atLeast()) {
      return state;
    }
    // Raised just now by a signal that came late, it was over before now.
    long overMs =
        state.members().stream()
            .mapToLong(Member::endedMs)
            .filter(ended -> ended > open.startMs())
            .min()
            .orElse(atMs);
    boolean left = cause.signal() == SignalKind.CLEARED;
    long clearedMs = Math.max(open.startMs(), left ? atMs : overMs);
    signals.add(
        say(
            open.alert(),
            open.first(),
            SignalKind.CLEARED,
            open.level(),
            clearedMs,
            why,
            null,
            cause));
    return new PlaceState(condition, state.members(), null, state.last(), state.newestMs());
  }

  /**
   * Brings what was decided by another version to this one: members that are no longer asked or no
   * longer here are dropped, and the rest is looked at anew.
   */
  public PlaceState adopt(SiteId site, String place, PlaceState before, List<Signal> signals) {
    List<Member> members =
        before.members().stream()
            .filter(m -> condition.of().contains(m.rule()))
            .filter(m -> placeOf(m.sensor()).filter(place::equals).isPresent())
            .filter(m -> m.level() == null || m.level().isAtLeast(condition.from()))
            .toList();
    if (before.condition().equals(condition) && members.equals(before.members())) {
      return before;
    }
    PlaceState state =
        new PlaceState(condition, members, before.open(), before.last(), before.newestMs());
    Open open = before.open();
    Signal cause = cause(site, before);
    if (open != null && open.level() != condition.level()) {
      close(site, before, version, signals);
      state = new PlaceState(condition, members, null, before.last(), before.newestMs());
    }
    state = clear(state, cause, "rule-changed", before.newestMs(), signals);
    boolean asked = !before.condition().equals(condition);
    return state.open() == null && asked && holdEnough(state)
        ? raise(state, null, cause, signals)
        : state;
  }

  private boolean holdEnough(PlaceState state) {
    return count(state.members().stream().filter(Member::holds).toList()) >= condition.atLeast();
  }

  /** Closes what is open of a rule that is gone. */
  static void close(SiteId site, PlaceState before, int version, List<Signal> signals) {
    Open open = before.open();
    if (open != null) {
      signals.add(
          TogetherSignals.of(
              site,
              open.alert(),
              open.first(),
              ruleOf(open.alert()),
              version,
              SignalKind.CLEARED,
              open.level(),
              before.newestMs(),
              "rule-changed",
              null,
              false,
              false,
              before.newestMs()));
    }
  }

  private static String ruleOf(String alert) {
    int from = alert.indexOf(':', alert.indexOf(':') + 1) + 1;
    return alert.substring(from, alert.lastIndexOf(':'));
  }

  /** A change of rules has no signal behind it. */
  private Signal cause(SiteId site, PlaceState state) {
    Member any = state.open() != null ? state.open().first() : anyOf(state);
    return any == null
        ? null
        : TogetherSignals.of(
            site,
            "",
            any,
            rule.name(),
            version,
            SignalKind.CLEARED,
            condition.level(),
            state.newestMs(),
            null,
            null,
            false,
            false,
            state.newestMs());
  }

  private static Member anyOf(PlaceState state) {
    return state.members().isEmpty() ? null : state.members().get(0);
  }

  private Signal raised(
      PlaceState state, Member first, List<Member> there, long atMs, Signal cause) {
    SensorKey key = new SensorKey(cause.site(), first.sensor());
    String alert = Signal.alertId(key, rule.name(), atMs);
    if (alert.equals(state.last())) {
      alert = Signal.alertId(key, rule.name(), atMs + 1); // two episodes may begin at one instant
    }
    Group group =
        new Group(
            condition.in().id(),
            placeOf(first.sensor()).orElse(""),
            condition.in().nameOf(registry.get(first.sensor()).place()),
            count(there),
            condition.atLeast(),
            there.stream()
                .map(
                    m ->
                        new Group.Member(
                            m.sensor(),
                            m.rule(),
                            m.level(),
                            Instant.ofEpochMilli(m.sinceMs()),
                            m.value(),
                            m.word()))
                .toList());
    return say(
        alert,
        first,
        SignalKind.reached(condition.level()),
        condition.level(),
        atMs,
        null,
        group,
        cause);
  }

  private Signal say(
      String alert,
      Member first,
      SignalKind kind,
      Level level,
      long atMs,
      String why,
      Group group,
      Signal cause) {
    return TogetherSignals.of(
        cause.site(),
        alert,
        first,
        rule.name(),
        version,
        kind,
        level,
        atMs,
        why,
        group,
        cause.late(),
        cause.delayed(),
        cause.arrivalMs());
  }
}
