package org.minusone.alerting.lifecycle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.minusone.alerting.dispatch.JobStep;
import org.minusone.alerting.self.Trouble;
import org.minusone.model.Alert;
import org.minusone.model.AlertEvent;
import org.minusone.model.AlertEventKind;
import org.minusone.model.AlertState;
import org.minusone.model.Command;
import org.minusone.model.Family;
import org.minusone.model.Group;
import org.minusone.model.Job;
import org.minusone.model.Level;
import org.minusone.model.Place;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.Shelf;
import org.minusone.model.Signal;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.Text;

/**
 * The alert as it will be after the event that is being decided. Lives within one {@link
 * AlertLifecycle#decide} and is never seen outside.
 */
final class Draft {
  private final String id;
  private final SiteId site;
  private final SensorId sensor;
  private final Family family;
  private final Text name;
  private final Place place;
  private final String hazardClass;
  private final String rule;
  private final Instant startedAt;
  private final Text guidance;
  private final Rule.Direction direction;
  private final Rule.Kind kind;
  private final String because;

  long revision;
  int version;
  Quantity quantity;
  AlertState state;
  Level level;
  Level worst;
  Level severity;
  final List<Alert.Coming> coming;
  Double limit;
  Double value;
  String word;
  Double slopePerS;
  int readings;
  Instant forewarnedAt;
  Instant crossedAt;
  Instant levelAt;
  Instant levelForewarnedAt;
  Instant clearedAt;
  Instant acknowledgedAt;
  String acknowledgedBy;
  Instant silentSince;
  String closedBecause;
  boolean late;
  boolean delayed;
  Group group;
  String foldedInto;
  boolean latched;
  Shelf shelf;
  String incident;
  List<Instant> turns = List.of();
  boolean chattering;
  List<Job> jobs = List.of();

  /**
   * The blank an episode begins from.
   *
   * @param version null while the site's is not known
   */
  static Draft begin(Signal first, SiteVersion version) {
    return new Draft(
        first,
        Optional.ofNullable(version).flatMap(v -> v.sensor(first.sensor())),
        Optional.ofNullable(version).flatMap(v -> v.rule(first.rule(), first.sensor())));
  }

  private Draft(Signal first, Optional<Sensor> registered, Optional<Rule> asWritten) {
    id = first.alert();
    site = first.site();
    sensor = first.sensor();
    family = first.family();
    Optional<Trouble> ours = Trouble.of(first.rule());
    name =
        ours.isPresent()
            ? ours.get().title()
            : first.group() != null && Rule.RESERVED.contains(first.rule())
                ? first.group().name()
                : registered.map(Sensor::name).orElseGet(() -> Text.same(first.sensor().value()));
    place = registered.map(Sensor::place).orElse(null);
    hazardClass = registered.map(Sensor::hazardClass).orElse(null);
    rule = first.rule();
    startedAt = first.time();
    guidance = ours.map(Trouble::guidance).or(() -> asWritten.map(Rule::guidance)).orElse(null);
    direction = asWritten.map(Draft::directionOf).orElse(null);
    kind = asWritten.map(r -> r.condition().kind()).orElse(null);
    because = asWritten.map(Rule::because).orElse(null);
    latched = asWritten.map(r -> r.response().latched()).orElse(false);
    quantity = first.quantity();
    coming = new ArrayList<>();
  }

  Draft(Alert a) {
    id = a.id();
    site = a.site();
    sensor = a.sensor();
    family = a.family();
    name = a.name();
    place = a.place();
    hazardClass = a.hazardClass();
    rule = a.rule();
    startedAt = a.startedAt();
    guidance = a.guidance();
    direction = a.direction();
    kind = a.kind();
    levelAt = a.levelAt();
    levelForewarnedAt = a.levelForewarnedAt();
    because = a.because();
    revision = a.revision();
    version = a.version();
    quantity = a.quantity();
    state = a.state();
    level = a.level();
    worst = a.worst();
    severity = a.severity();
    coming = new ArrayList<>(a.coming());
    limit = a.limit();
    value = a.value();
    word = a.word();
    slopePerS = a.slopePerS();
    readings = a.readings();
    forewarnedAt = a.forewarnedAt();
    crossedAt = a.crossedAt();
    clearedAt = a.clearedAt();
    acknowledgedAt = a.acknowledgedAt();
    acknowledgedBy = a.acknowledgedBy();
    silentSince = a.silentSince();
    closedBecause = a.closedBecause();
    late = a.late();
    delayed = a.delayed();
    group = a.group();
    foldedInto = a.foldedInto();
    latched = a.latched();
    shelf = a.shelf();
    incident = a.incident();
    turns = a.turns();
    chattering = a.chattering();
    jobs = a.jobs();
  }

  /** The open forewarning of {@code aimed}; null if there is none. */
  Alert.Coming comingTo(Level aimed) {
    for (Alert.Coming c : coming) {
      if (c.level() == aimed) {
        return c;
      }
    }
    return null;
  }

  void expect(Signal s) {
    Alert.Coming known = comingTo(s.level());
    Instant since = known == null || known.since() == null ? s.time() : known.since();
    coming.removeIf(c -> c.level() == s.level());
    coming.add(
        new Alert.Coming(
            s.level(),
            s.limit(),
            since,
            s.time(),
            s.etaS(),
            s.etaLowS(),
            s.etaHighS(),
            s.probability(),
            s.method()));
    coming.sort(Comparator.comparingDouble(Draft::expectedS).thenComparing(Alert.Coming::level));
  }

  /** Epoch seconds; those without a time come last. */
  private static double expectedS(Alert.Coming c) {
    return c.etaS() == null ? Double.POSITIVE_INFINITY : c.at().toEpochMilli() / 1000.0 + c.etaS();
  }

  /** What the signal measured, whatever it says. */
  void measured(Signal s) {
    group = s.group() == null || s.group().members().isEmpty() ? group : s.group();
    version = s.version();
    if (s.value() != null || s.word() != null) {
      value = s.value();
      word = s.word();
    }
    if (s.slopePerS() != null) {
      slopePerS = s.slopePerS();
    }
    if (s.readings() > 0) {
      readings = s.readings();
    }
  }

  /**
   * A level is reached, for the better or the worse; {@code at} null where it was reached before.
   */
  void stand(Level reached, Instant at) {
    Alert.Coming foreseen = comingTo(reached);
    levelAt = at == null ? crossedAt : at;
    levelForewarnedAt = foreseen == null ? null : foreseen.since();
    level = reached;
  }

  void unacknowledge() {
    acknowledgedAt = null;
    acknowledgedBy = null;
  }

  /** A closed or cleared one that is true again. */
  void reopen(AlertState now) {
    if (state == AlertState.CLOSED) {
      unacknowledge();
    }
    state = now;
    clearedAt = null;
    closedBecause = null;
  }

  void close(String because) {
    state = AlertState.CLOSED;
    closedBecause = because;
    level = null;
    coming.clear();
  }

  /** It was raised or is over, at that event time. */
  void turn(Instant at) {
    List<Instant> recent = new ArrayList<>(turns);
    recent.removeIf(turn -> turn.isBefore(at.minus(Chattering.WITHIN)));
    recent.add(at);
    turns =
        List.copyOf(recent.subList(Math.max(0, recent.size() - Chattering.KEPT), recent.size()));
  }

  /** In place of what it was, or as a further one. */
  void put(Job job) {
    List<Job> next = new ArrayList<>(jobs);
    next.removeIf(one -> one.id().equals(job.id()));
    next.add(job);
    next.sort(Comparator.comparing(Job::number));
    jobs = List.copyOf(next);
  }

  /** After everything else: what is coloured and sounded now. */
  void colour(Rule asWritten) {
    Level now = level;
    for (Alert.Coming c : coming) {
      now = now == null || !now.isAtLeast(c.level()) ? c.level() : now;
    }
    if (asWritten != null && asWritten.severity() != null) {
      severity = asWritten.severity();
    } else if (now != null) {
      severity = now;
    } else if (worst != null) {
      severity = worst;
    }
  }

  AlertEvent event(AlertEventKind kind, Instant now, Signal s) {
    Alert a = next();
    return new AlertEvent(
        idOf(a), kind, now, s.time(), s, null, null, null, s.arrivalMs(), a, null);
  }

  AlertEvent event(AlertEventKind kind, Instant now, Command c) {
    return event(kind, now, c, c.note(), c.more().job());
  }

  AlertEvent event(AlertEventKind kind, Instant now, Instant time) {
    Alert a = next();
    return new AlertEvent(idOf(a), kind, now, time, null, null, null, null, 0, a, null);
  }

  AlertEvent event(AlertEventKind kind, Instant now, Command c, String note, String job) {
    Alert a = next();
    return new AlertEvent(idOf(a), kind, now, c.at(), null, c.id(), c.by(), note, 0, a, job);
  }

  /**
   * One about a job.
   *
   * @param cause null where nobody asked for it
   */
  AlertEvent event(JobStep step, Instant now, Command cause) {
    put(step.after());
    if (cause != null) {
      return event(step.kind(), now, cause, step.note(), step.after().id());
    }
    Alert a = next();
    return new AlertEvent(
        idOf(a), step.kind(), now, step.at(), null, null, null, null, 0, a, step.after().id());
  }

  private static Rule.Direction directionOf(Rule rule) {
    return switch (rule.condition().kind()) {
      case THRESHOLD -> ((Rule.Threshold) rule.condition()).direction();
      case RATE -> ((Rule.Rate) rule.condition()).direction();
      case SILENT, STATE, WHEN, QUALITY, TOGETHER -> null;
    };
  }

  private static String idOf(Alert alert) {
    return alert.id() + "#" + alert.revision();
  }

  /** One revision later. */
  private Alert next() {
    revision++;
    return new Alert(
        id,
        revision,
        site,
        sensor,
        family,
        name,
        place,
        hazardClass,
        rule,
        version,
        quantity,
        state,
        level,
        worst,
        severity,
        coming,
        limit,
        value,
        word,
        slopePerS,
        readings,
        startedAt,
        forewarnedAt,
        crossedAt,
        clearedAt,
        acknowledgedAt,
        acknowledgedBy,
        silentSince,
        closedBecause,
        late,
        delayed,
        guidance,
        because,
        direction,
        levelAt,
        levelForewarnedAt,
        kind,
        group,
        foldedInto,
        latched,
        shelf,
        incident,
        turns,
        chattering,
        jobs);
  }
}
