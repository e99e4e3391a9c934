package org.minusone.alerting.topology;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.minusone.alerting.lifecycle.AlertLifecycle;
import org.minusone.alerting.lifecycle.Incidents;
import org.minusone.alerting.lifecycle.Input;
import org.minusone.alerting.lifecycle.Refusal;
import org.minusone.alerting.lifecycle.Surroundings;
import org.minusone.alerting.topology.AlertMeters.Skipped;
import org.minusone.alerting.topology.Kept.Where;
import org.minusone.model.Alert;
import org.minusone.model.AlertEvent;
import org.minusone.model.Command;
import org.minusone.model.Rule;
import org.minusone.model.Run;
import org.minusone.model.Sensor;
import org.minusone.model.Signal;
import org.minusone.model.SignalKind;
import org.minusone.model.SiteVersion;
import org.minusone.model.codec.Topics;
import org.minusone.model.port.HealthBoard;
import org.minusone.model.port.InputFlow;
import org.minusone.model.port.SiteCatalog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what {@link AlertLifecycle} decides, so that nothing is lost and nothing new is made
 * of what is read twice:
 *
 * <ul>
 *   <li>each alert keeps the offset of the last record that reached it, and its last events. A
 *       record at or below that offset is read again after a crash: its events are announced again
 *       as they were, whatever happened since;
 *   <li>a task that starts announces the events at or past the offset it resumes from, and those
 *       that followed no record;
 *   <li>an alert that is over stays until a newer episode of its sensor and rule has begun, and at
 *       least as long as its events are kept.
 * </ul>
 */
final class AlertProcessor implements Processor<String, byte[], String, Object> {
  private static final Logger LOG = LoggerFactory.getLogger(AlertProcessor.class);
  private static final Duration TICK = Duration.ofSeconds(1);

  /** How far before the newest a late reading still raises (CONTRACTS §2.3). */
  private static final Duration LATE_RAISES = Duration.ofMinutes(5);

  private final Topics topics;
  private final SiteCatalog sites;
  private final InputFlow input;
  private final HealthBoard board;
  private final InstantSource clock;
  private final CommittedOffsets committed;
  private final AlertMeters meters;

  private ProcessorContext<String, Object> context;
  private KeyValueStore<String, Kept> store;
  private EndedRuns runs;
  private ClosedAlerts closed;
  private SilenceFolding silences;
  private OpenAlerts open;
  private Reminders reminders;

  /** Null in all tasks but one. */
  private SelfWatch self;

  private boolean announced;

  AlertProcessor(
      Topics topics,
      SiteCatalog sites,
      InputFlow input,
      HealthBoard board,
      InstantSource clock,
      CommittedOffsets committed,
      AlertMeters meters) {
    this.topics = topics;
    this.sites = sites;
    this.input = input;
    this.board = board;
    this.clock = clock;
    this.committed = committed;
    this.meters = meters;
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    store = context.getStateStore(AlertTopology.KEPT);
    runs = new EndedRuns(context.getStateStore(AlertTopology.RUNS_ENDED), sites, input, clock);
    closed = new ClosedAlerts(store, runs, clock);
    silences = new SilenceFolding(store, sites, this::decide);
    open = new OpenAlerts();
    reminders = new Reminders();
    self =
        context.taskId().partition() != 0
            ? null
            : new SelfWatch(
                context.getStateStore(AlertTopology.OWN_TROUBLE),
                sites,
                board,
                context::commit,
                this::tell);
    announced = false;
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, now -> tick());
  }

  @Override
  public void process(Record<String, byte[]> record) {
    announceAgain();
    RecordMetadata source = context.recordMetadata().orElseThrow();
    Where where = new Where(source.topic() + "-" + source.partition(), source.offset());
    if (source.topic().equals(topics.signals())) {
      read(record, where, InputRecords::signal).ifPresent(signal -> told(signal, where));
    } else {
      Optional<Optional<Command>> read = read(record, where, InputRecords::command);
      read.ifPresent(
          forUs ->
              forUs.ifPresentOrElse(
                  command -> asked(command, where), () -> meters.skipped(Skipped.NOT_OURS)));
    }
  }

  private <T> Optional<T> read(Record<String, byte[]> record, Where where, Function<byte[], T> as) {
    try {
      return Optional.of(as.apply(record.value()));
    } catch (IllegalArgumentException e) {
      skip(where, e.getMessage(), null);
      return Optional.empty();
    }
  }

  /** One record that cannot be followed must not stop all the others. */
  private void skip(Where where, String why, RuntimeException bug) {
    meters.skipped(Skipped.POISON);
    LOG.warn("skipped {}: {}", where, why, bug);
  }

  private void told(Signal signal, Where where) {
    AlertKey key = AlertKey.parse(signal.alert());
    Kept kept = store.get(key.text());
    if (kept != null && kept.contains(where)) {
      List<AlertEvent> again = kept.eventsAt(where);
      again.forEach(this::announceAgain);
      if (!again.isEmpty()) {
        tellOthers(signal, where);
        supersede(key, where);
      }
      return;
    }
    if (runs.isOver(key.site())) {
      meters.skipped(Skipped.RUN_ENDED);
      return;
    }
    long newest = ClosedAlerts.newestStart(store, key);
    if (newest > key.start() && !mayStillSpeak(kept, signal, newest - key.start())) {
      meters.skipped(Skipped.OLDER_EPISODE);
      return;
    }
    if (decide(key, kept, new Input.Told(signal, silences.foldFor(signal)), where)) {
      if (newest < key.start() && newest != Long.MIN_VALUE) {
        closed.add(new AlertKey(key.site(), key.sensor(), key.rule(), newest));
      }
      tellOthers(signal, where);
      supersede(key, where);
      silences.after(store.get(key.text()), signal, where);
    } else {
      meters.skipped(Skipped.REPEATED);
    }
  }

  /**
   * Of an episode that a newer one followed: while it is open; and one that a late reading begins,
   * which lies before what is known already (CONTRACTS §2.3).
   */
  private static boolean mayStillSpeak(Kept kept, Signal signal, long beforeNewestMs) {
    return kept == null ? signal.late() && beforeNewestMs <= LATE_RAISES.toMillis() : kept.isOpen();
  }

  /** Silence concerns every open alert of the sensor, that of one quantity those on it. */
  private void tellOthers(Signal signal, Where where) {
    Input news;
    if (signal.signal() == SignalKind.SILENT) {
      news = new Input.SensorSilent(signal);
    } else if (signal.signal() == SignalKind.CLEARED
        && !signal.rule().equals(Rule.QUALITY)
        && "reporting".equals(signal.cause())) {
      news = new Input.SensorReporting(signal);
    } else {
      return;
    }
    for (Kept other : under(AlertKey.ofSensor(signal.site(), signal.sensor()))) {
      AlertKey key = AlertKey.parse(other.episode().alert().id());
      if (other.episode().alert().id().equals(signal.alert())
          || SilenceFolding.isFold(other.episode().alert())
          || signal.quantity() != null && other.episode().alert().quantity() != signal.quantity()) {
        continue;
      }
      if (other.contains(where)) {
        other.eventsAt(where).forEach(this::announceAgain);
      } else if (other.isOpen()) {
        decide(key, other, news, where);
      }
    }
  }

  /** What comes and goes is one alert to be acknowledged: the newest as bad as those before. */
  private void supersede(AlertKey key, Where where) {
    for (AlertEvent event : store.get(key.text()).eventsAt(where)) {
      Input.Superseded.by(event).ifPresent(news -> supersede(key, news, where));
    }
  }

  private void supersede(AlertKey key, Input news, Where where) {
    for (Kept older : under(key.sensorRule())) {
      AlertKey its = AlertKey.parse(older.episode().alert().id());
      if (its.start() >= key.start()) {
        continue;
      }
      if (older.contains(where)) {
        older.eventsAt(where).forEach(this::announceAgain);
      } else if (older.isOpen()) {
        decide(its, older, news, where);
      }
    }
  }

  private void asked(Command command, Where where) {
    AlertKey key = AlertKey.parse(command.alert());
    Kept kept = store.get(key.text());
    if (kept != null && kept.contains(where)) {
      kept.eventsAt(where).forEach(this::announceAgain);
      return;
    }
    Optional<Refusal> refusal =
        AlertLifecycle.refusal(kept == null ? null : kept.episode(), command);
    if (refusal.isPresent()) {
      meters.refused(refusal.get());
      LOG.warn(
          "refused {} {} by {} on {}: {}",
          command.kind().id(),
          command.id(),
          command.by(),
          command.alert(),
          refusal.get().id());
      return;
    }
    decide(key, kept, new Input.Asked(command), where);
  }

  /**
   * Decides, announces and keeps. That a record reached an alert is kept also where it changed
   * nothing: read again in a later state it might.
   *
   * @return whether anything happened
   */
  private boolean decide(AlertKey key, Kept before, Input news, Where where) {
    Instant now = clock.instant();
    Optional<SiteVersion> site = sites.live(key.site());
    List<AlertEvent> events;
    try {
      events =
          AlertLifecycle.decide(
              before == null ? null : before.episode(), news, around(key, before, site), now);
    } catch (RuntimeException bug) {
      skip(where, "a defect of the lifecycle", bug);
      return false;
    }
    if (before == null && events.isEmpty()) {
      return false;
    }
    for (AlertEvent event : events) {
      announce(
          event, LatencyProbe.headers(event, site.flatMap(v -> v.rule(key.rule(), key.sensor()))));
      meters.decided(key.site(), event);
    }
    Kept after = Kept.after(before, events, where, now);
    store.put(key.text(), after);
    open.put(key.text(), after.episode().alert(), site.orElse(null));
    if (!after.isOpen() && !events.isEmpty()) {
      closed.add(key);
    }
    return !events.isEmpty();
  }

  private Surroundings around(AlertKey key, Kept before, Optional<SiteVersion> site) {
    Alert known = before == null ? null : before.episode().alert();
    Optional<Sensor> sensor = site.flatMap(v -> v.sensor(key.sensor()));
    String cause =
        known != null
            ? OpenAlerts.cause(known)
            : sensor.map(s -> Incidents.key(s.family(), s.place(), s.id())).orElse(null);
    String incident = known != null ? known.incident() : open.incident(key.site(), cause);
    return new Surroundings(
        site.orElse(null),
        open.busy(key.site()),
        incident,
        known != null ? null : lastBefore(key),
        known != null && open.isAttended(known, key.text()));
  }

  private Alert lastBefore(AlertKey key) {
    long newest = ClosedAlerts.newestStart(store, key);
    if (newest == Long.MIN_VALUE || newest >= key.start()) {
      return null;
    }
    Kept last = store.get(new AlertKey(key.site(), key.sensor(), key.rule(), newest).text());
    return last.episode().alert();
  }

  private void tick() {
    announceAgain();
    reminders.due(open, clock.instant()).forEach(this::remind);
    for (Run run : runs.due()) {
      for (Kept kept : under(AlertKey.ofSite(run.site()))) {
        AlertKey key = AlertKey.parse(kept.episode().alert().id());
        if (kept.isOpen()) {
          decide(key, kept, new Input.RunEnded(run), null);
        }
        closed.add(key);
      }
      runs.close(run);
      silences.forget(run.site());
    }
    silences.settle(clock.instant());
    closed.sweep();
    if (self != null) {
      self.tick(clock.instant());
    }
  }

  /** Once after the task started: nothing may be forwarded before. */
  private void announceAgain() {
    if (announced) {
      return;
    }
    announced = true;
    Map<String, Long> resumesAt = new HashMap<>();
    int count = 0;
    List<Kept> openOnes = new ArrayList<>();
    try (KeyValueIterator<String, Kept> all = store.all()) {
      while (all.hasNext()) {
        Kept kept = all.next().value;
        Alert alert = kept.episode().alert();
        open.put(AlertKey.parse(alert.id()).text(), alert, sites.live(alert.site()).orElse(null));
        if (kept.isOpen()) {
          openOnes.add(kept);
        }
        if (!kept.isOpen()) {
          closed.add(AlertKey.parse(kept.episode().alert().id()));
        }
        for (Kept.Followed followed : kept.events()) {
          if (followed.input() == null
              || followed.offset()
                  >= resumesAt.computeIfAbsent(followed.input(), this::committedOffset)) {
            announceAgain(followed.event());
            count++;
          }
        }
      }
    }
    silences.restore(openOnes);
    LOG.info("task {} announced {} events again", context.taskId(), count);
  }

  private long committedOffset(String kept) {
    int dash = kept.lastIndexOf('-');
    TopicPartition partition =
        new TopicPartition(kept.substring(0, dash), Integer.parseInt(kept.substring(dash + 1)));
    try {
      return committed.of(partition).orElse(0);
    } catch (RuntimeException e) {
      LOG.warn("committed offset of {} not known, announcing all that is kept", partition, e);
      return 0;
    }
  }

  private List<Kept> under(String prefix) {
    List<Kept> found = new ArrayList<>();
    try (KeyValueIterator<String, Kept> range = store.prefixScan(prefix, new StringSerializer())) {
      range.forEachRemaining(entry -> found.add(entry.value));
    }
    return found;
  }

  private void announceAgain(AlertEvent event) {
    announce(event, new RecordHeaders());
  }

  private void announce(AlertEvent event, Headers headers) {
    String site = event.alert().site().value();
    context.forward(
        new Record<>(site, event, event.at().toEpochMilli(), headers), AlertTopology.ALERTS);
  }

  private void tell(Signal signal) {
    context.forward(
        new Record<>(signal.site().value(), signal, signal.arrivalMs()), AlertTopology.SIGNALS);
  }

  private void remind(Command due) {
    context.forward(
        new Record<>(due.site().value(), due, due.at().toEpochMilli()), AlertTopology.TO_ITSELF);
  }
}
