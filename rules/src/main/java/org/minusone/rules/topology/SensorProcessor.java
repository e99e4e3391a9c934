package org.minusone.rules.topology;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.minusone.model.Reading;
import org.minusone.model.Signal;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.Verdict;
import org.minusone.model.codec.Json;
import org.minusone.rules.evaluate.Outcome;
import org.minusone.rules.evaluate.RuleEvaluator;
import org.minusone.rules.evaluate.SensorState;
import org.minusone.rules.evaluate.SensorStateCodec;
import org.minusone.rules.topology.HeldSensor.Announced;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One task's sensors. The live objects are in memory, the store behind them is written on each
 * change and read once, when the task starts.
 *
 * <p>Nothing lost, nothing new twice (DESIGN §5.2), at least once, for signals and for verdicts on
 * readings alike: a transition is written into the sensor's state together with its signal and the
 * task's position in the input. A crash leaves one of two worlds. The state is newer than the
 * committed offset: then its signals at or past that offset may be lost, so a starting task
 * announces them again under their own ids before anything else, and records that the state already
 * contains count as duplicates. Or the state is older than what was announced: then the same
 * records make the same signals again, to the letter.
 *
 * <p>One thing is not promised: in the second world a tick does not come again at the place in the
 * input where it came first. A deadline it fired is then fired by the next reading, under the same
 * id; only where a late reading, or one that came more than the grace behind its fellows, lies
 * between the two can the second telling differ from the first.
 */
final class SensorProcessor implements Processor<String, Reading, String, byte[]> {
  private static final Logger LOG = LoggerFactory.getLogger(SensorProcessor.class);

  /** With more than this in doubt at one sensor, a commit is asked for. */
  private static final int DOUBTFUL = 64;

  /** No tick lets more than this count as quiet: a process that was frozen has heard nothing. */
  private static final long LONGEST_TICK_MS = 5_000;

  private final Wiring wiring;
  private final SensorStateCodec codec = new SensorStateCodec();
  private final Map<SiteId, HeldSite> sites = new HashMap<>();
  private final Set<HeldSensor> doubtful = new HashSet<>();
  private final DueQueue deadlines = new DueQueue(0);
  private final DueQueue silences = new DueQueue(1);
  private final List<Signal> signals = new ArrayList<>();
  private final List<Verdict> verdicts = new ArrayList<>();

  private ProcessorContext<String, byte[]> context;
  private KeyValueStore<String, byte[]> store;
  private TopicPartition input;
  private boolean begun;

  /** Next offset to be processed. */
  private long position;

  /** Runs only while the input is connected and without lag. */
  private long quietClockMs;

  private long lastTickMs;
  private boolean wasCurrent;

  SensorProcessor(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public void init(ProcessorContext<String, byte[]> context) {
    this.context = context;
    this.store = context.getStateStore(RulesTopology.STORE);
    this.input = new TopicPartition(wiring.topics().readings(), context.taskId().partition());
    context.schedule(wiring.tick(), PunctuationType.WALL_CLOCK_TIME, at -> tick());
  }

  /** At the first record or tick: before, nothing can be forwarded. */
  private void begin() {
    if (begun) {
      return;
    }
    begun = true;
    lastTickMs = wiring.clock().millis();
    OptionalLong committed = wiring.atStart().committed(input);
    long doneBefore = wiring.positions().next(input.partition());
    position = committed.orElse(Math.max(0, doneBefore));
    if (committed.isPresent() && doneBefore > position) {
      wiring.counters().add("", "carried", doneBefore - position);
    }
    wiring.positions().set(input.partition(), position);
    List<Announced> again = new ArrayList<>();
    int restored = 0;
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        HeldSensor held = HeldSensor.decode(entry.key, entry.value);
        held.prune(committed.orElse(0));
        again.addAll(held.announced);
        if (held.retired || !held.announced.isEmpty()) {
          doubtful.add(held);
        }
        site(held.state.key().site()).sensors.put(held.key, held);
        restored++;
      }
    }
    again.sort(Comparator.comparingLong(Announced::position));
    for (Announced announced : again) {
      if (announced.isVerdict()) {
        forward(Json.read(announced.json(), Verdict.class), announced.json());
      } else {
        forward(Json.read(announced.json(), Signal.class), announced.json());
      }
    }
    LOG.info(
        "Partition {}: {} sensors restored, {} signals and verdicts announced again from offset {}",
        input.partition(),
        restored,
        again.size(),
        position);
    for (HeldSite site : sites.values()) {
      follow(site, position);
      site.sensors.values().forEach(held -> queue(site, held));
    }
  }

  @Override
  public void process(Record<String, Reading> record) {
    begin();
    long offset = context.recordMetadata().orElseThrow().offset();
    Reading reading = record.value();
    if (reading != null) {
      Outcome outcome = evaluate(record.key(), reading, offset);
      wiring.counters().add(reading.site().value(), outcome.term(), 1);
    }
    position = offset + 1;
    wiring.positions().set(input.partition(), position);
  }

  private Outcome evaluate(String key, Reading reading, long offset) {
    HeldSite site = site(reading.site());
    follow(site, offset);
    HeldSensor held = site.sensors.get(key);
    if (held != null && held.contains(offset, reading)) {
      return Outcome.DUPLICATE;
    }
    if (!site.isLive() || !site.admits(reading.sensor()) || site.isAfterEnd(reading)) {
      return Outcome.EVALUATED; // no rules for it
    }
    if (held == null) {
      held = new HeldSensor(key, new SensorState(reading.key(), reading.family()));
      site.sensors.put(key, held);
    }
    held.retired = false;
    held.state.atQuietClock(quietClockMs);
    Outcome outcome =
        site.evaluator(held.state, reading.family())
            .reading(held.state, reading, signals, verdicts);
    held.lastOffset = offset;
    held.quietFromMs = quietClockMs;
    keep(held, offset);
    queue(site, held);
    return outcome;
  }

  private HeldSite site(SiteId id) {
    HeldSite site = sites.get(id);
    if (site == null) {
      site = new HeldSite(id);
      sites.put(id, site);
    }
    return site;
  }

  /** Looks whether other rules became live, and compares every sensor with them. */
  private void follow(HeldSite site, long at) {
    if (site.id.isRun()) {
      wiring.catalog().run(site.id).ifPresent(run -> site.follow(run, wiring.clock().instant()));
    }
    SiteVersion live = wiring.catalog().live(site.id).orElse(null);
    if (live == null || !site.follow(live)) {
      return;
    }
    for (HeldSensor held : site.sensors.values()) {
      if (held.retired) {
        continue;
      }
      int before = held.state.version();
      if (site.retires(held.state.key().sensor())) {
        site.noRules().retire(held.state, signals);
        held.retired = true;
        doubtful.add(held); // dropped once its last signals are certain
      } else {
        site.evaluator(held.state).adopt(held.state, signals);
      }
      if (held.state.version() != before || !signals.isEmpty()) {
        keep(held, at);
      }
      queue(site, held);
    }
  }

  /** Announces what was decided and writes the state that contains it. */
  private void keep(HeldSensor held, long at) {
    for (Signal signal : signals) {
      byte[] json = Json.bytes(signal);
      held.announced.addLast(new Announced(at, false, json));
      forward(signal, json);
    }
    for (Verdict verdict : verdicts) {
      byte[] json = Json.bytes(verdict);
      held.announced.addLast(new Announced(at, true, json));
      forward(verdict, json);
    }
    if (!signals.isEmpty() || !verdicts.isEmpty()) {
      doubtful.add(held);
      signals.clear();
      verdicts.clear();
      if (held.announced.size() > DOUBTFUL) {
        context.commit();
      }
    }
    store.put(held.key, held.encode(codec));
  }

  private void forward(Signal signal, byte[] json) {
    wiring.signals().increment();
    context.forward(
        new Record<>(signal.site().value(), json, wiring.clock().millis()), RulesTopology.SIGNALS);
  }

  private void forward(Verdict verdict, byte[] json) {
    context.forward(
        new Record<>(verdict.key().toString(), json, wiring.clock().millis()),
        RulesTopology.QUALITY);
  }

  private void queue(HeldSite site, HeldSensor held) {
    if (!site.ticks() || held.retired) {
      return;
    }
    RuleEvaluator evaluator = site.evaluator(held.state);
    long due = evaluator.nextTickMs(held.state, wiring.clock().millis());
    if (due != Long.MAX_VALUE) {
      deadlines.offer(held, due);
    }
    long after = evaluator.silentAfterMs(held.state);
    if (after != Long.MAX_VALUE) {
      long out = evaluator.outOfServiceMs(held.state, lastTickMs);
      silences.offer(held, Math.max(held.quietFromMs + after, quietClockMs + out));
    }
  }

  private void tick() {
    begin();
    for (HeldSite site : sites.values()) {
      follow(site, position);
    }
    prune();
    boolean current = wiring.flow().isCurrent();
    long now = wiring.clock().millis();
    if (current && wasCurrent) {
      quietClockMs += Math.max(0, Math.min(now - lastTickMs, LONGEST_TICK_MS));
    }
    wasCurrent = current;
    lastTickMs = now;
    dropEndedRuns();
    if (current) {
      pass(deadlines, now, now);
      pass(silences, quietClockMs, now);
    }
  }

  private void pass(DueQueue queue, long untilMs, long nowMs) {
    for (HeldSensor held = queue.poll(untilMs); held != null; held = queue.poll(untilMs)) {
      HeldSite site = sites.get(held.state.key().site());
      if (site == null || site.sensors.get(held.key) != held || held.retired || !site.ticks()) {
        continue;
      }
      site.evaluator(held.state).tick(held.state, nowMs, quietClockMs - held.quietFromMs, signals);
      if (!signals.isEmpty()) {
        keep(held, position);
      }
      queue(site, held);
    }
  }

  /** Forgets signals that are certain by now, and retired sensors that have none left. */
  private void prune() {
    OptionalLong committed = wiring.soFar().committed(input);
    if (committed.isEmpty()) {
      return;
    }
    for (Iterator<HeldSensor> each = doubtful.iterator(); each.hasNext(); ) {
      HeldSensor held = each.next();
      held.prune(committed.getAsLong());
      if (held.announced.isEmpty()) {
        each.remove();
        if (held.retired) {
          sites.get(held.state.key().site()).sensors.remove(held.key);
          store.delete(held.key);
        }
      }
    }
  }

  /**
   * Alerting closes a run's alerts by itself; here only the state goes, and not before the last of
   * the run's readings: a run faster than its evaluation ends while most of it waits.
   */
  private void dropEndedRuns() {
    for (HeldSite site : sites.values()) {
      if (site.isEnded() && !site.sensors.isEmpty() && isWorkedOff(site)) {
        for (HeldSensor held : site.sensors.values()) {
          store.delete(held.key);
          doubtful.remove(held);
        }
        site.sensors.clear();
      }
    }
  }

  private boolean isWorkedOff(HeldSite site) {
    OptionalLong end = wiring.ends().end(input, site.endSeenAt());
    return end.isPresent() && position >= end.getAsLong();
  }
}
