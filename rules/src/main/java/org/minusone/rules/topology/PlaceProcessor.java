package org.minusone.rules.topology;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.minusone.model.Signal;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.codec.Json;
import org.minusone.rules.evaluate.Gatherings;
import org.minusone.rules.evaluate.PlaceState;
import org.minusone.rules.evaluate.TogetherEvaluator;
import org.minusone.rules.topology.HeldSensor.Announced;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The second step: reads {@code signals}, where all of a site's are in one partition, and adds what
 * the {@code together} rules make of them. What it says goes to the same topic and is marked by its
 * group, so that it never follows itself.
 *
 * <p>At least once, as {@link SensorProcessor}: a transition is written with its signal and the
 * task's position; a starting task announces again what lies at or past the committed offset, and
 * passes over records that the state contains.
 */
final class PlaceProcessor implements Processor<String, byte[], String, byte[]> {
  private static final Logger LOG = LoggerFactory.getLogger(PlaceProcessor.class);

  /** D: where nothing was ever committed, only what is newer is followed. */
  private static final long HISTORY_MS = 3_600_000;

  /** D: a fast run ends while most of its readings wait; its signals follow them. */
  private static final Duration UNDER_WAY = Duration.ofMinutes(10);

  private final Wiring wiring;
  private final Map<String, HeldPlace> places = new HashMap<>();
  private final Map<SiteId, Live> sites = new HashMap<>();
  private final List<Signal> signals = new ArrayList<>();

  private ProcessorContext<String, byte[]> context;
  private KeyValueStore<String, byte[]> store;
  private TopicPartition input;
  private boolean begun;

  /** Next offset to be processed. */
  private long position;

  /** Records before are history: the step was not there when they were told. */
  private long historyMs = Long.MIN_VALUE;

  private record Live(SiteVersion version, Gatherings gatherings) {}

  PlaceProcessor(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public void init(ProcessorContext<String, byte[]> context) {
    this.context = context;
    this.store = context.getStateStore(RulesTopology.PLACES);
    this.input = new TopicPartition(wiring.topics().signals(), context.taskId().partition());
    context.schedule(wiring.tick(), PunctuationType.WALL_CLOCK_TIME, at -> tick());
  }

  /** At the first record or tick: before, nothing can be forwarded. */
  private void begin() {
    if (begun) {
      return;
    }
    begun = true;
    OptionalLong committed = wiring.atStart().committed(input);
    position = committed.orElse(0);
    historyMs = committed.isPresent() ? Long.MIN_VALUE : wiring.clock().millis() - HISTORY_MS;
    List<Announced> again = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        HeldPlace held = HeldPlace.decode(entry.key, entry.value);
        held.prune(position);
        again.addAll(held.announced);
        places.put(entry.key, held);
      }
    }
    again.sort(Comparator.comparingLong(Announced::position));
    for (Announced announced : again) {
      forward(Json.read(announced.json(), Signal.class).site(), announced.json());
    }
    if (!places.isEmpty()) {
      LOG.info(
          "Partition {}: {} places restored, {} signals announced again from offset {}",
          input.partition(),
          places.size(),
          again.size(),
          position);
    }
  }

  @Override
  public void process(Record<String, byte[]> record) {
    begin();
    long offset = context.recordMetadata().orElseThrow().offset();
    read(record.timestamp() < historyMs ? null : record.value())
        .ifPresent(signal -> follow(signal, offset, record.timestamp()));
    position = offset + 1;
  }

  private Optional<Signal> read(byte[] json) {
    try {
      return json == null
          ? Optional.empty()
          : Optional.ofNullable(Json.read(json, Signal.class)).filter(s -> s.group() == null);
    } catch (UncheckedIOException e) {
      wiring.skipped().increment();
      LOG.warn("Skipped a record on {} that is no signal: {}", input.topic(), e.toString());
      return Optional.empty();
    }
  }

  private void follow(Signal signal, long offset, long recordMs) {
    Live live = live(signal.site(), offset);
    if (live == null || isOver(signal.site())) {
      return;
    }
    for (TogetherEvaluator evaluator : live.gatherings().listeningTo(signal)) {
      Optional<String> place = evaluator.placeOf(signal);
      if (place.isEmpty()) {
        continue;
      }
      String key = HeldPlace.key(signal.site(), evaluator.rule(), place.get());
      HeldPlace held = places.get(key);
      if (held != null && held.contains(offset, recordMs)) {
        continue;
      }
      PlaceState before = held == null ? null : held.state;
      PlaceState after = evaluator.signal(before, signal, signals);
      if (after == before || before == null && after.isEmpty()) {
        continue;
      }
      if (held == null) {
        held = new HeldPlace(signal.site(), evaluator.rule(), place.get());
        places.put(key, held);
      }
      held.state = after;
      held.lastOffset = offset;
      held.lastRecordMs = recordMs;
      held.version = live.version().version();
      keep(held, offset);
    }
  }

  /** A run is over here when no signal of it can be under way any more. */
  private boolean isOver(SiteId site) {
    Instant longAgo = wiring.clock().instant().minus(UNDER_WAY);
    return site.isRun()
        && wiring
            .catalog()
            .run(site)
            .map(run -> !run.isOpen() && run.endedAt().isBefore(longAgo))
            .orElse(false);
  }

  /** The rules of a site; when they are others than before, every place is compared with them. */
  private Live live(SiteId site, long at) {
    SiteVersion now = wiring.catalog().live(site).orElse(null);
    Live live = sites.get(site);
    if (now == null || live != null && live.version() == now) {
      return live;
    }
    live = new Live(now, new Gatherings(now.rules(), now.sensors(), now.version()));
    sites.put(site, live);
    for (HeldPlace held : List.copyOf(places.values())) {
      if (held.site.equals(site) && held.state != null && held.version != now.version()) {
        PlaceState before = held.state;
        held.state = live.gatherings().adopt(site, held.rule, held.place, before, signals);
        held.version = now.version();
        keep(held, at);
      }
    }
    return live;
  }

  /** Announces what was decided and writes the state that contains it. */
  private void keep(HeldPlace held, long at) {
    for (Signal signal : signals) {
      byte[] json = Json.bytes(signal);
      held.announced.addLast(new Announced(at, false, json));
      forward(signal.site(), json);
    }
    signals.clear();
    store.put(held.key(), held.encode());
  }

  private void forward(SiteId site, byte[] json) {
    wiring.signals().increment();
    context.forward(new Record<>(site.value(), json, wiring.clock().millis()));
  }

  private void tick() {
    begin();
    places.values().stream()
        .map(held -> held.site)
        .distinct()
        .toList()
        .forEach(site -> live(site, position));
    OptionalLong committed = wiring.soFar().committed(input);
    for (Iterator<HeldPlace> each = places.values().iterator(); each.hasNext(); ) {
      HeldPlace held = each.next();
      committed.ifPresent(held::prune);
      // Alerting closes a run's alerts by itself; here only the state goes.
      if (isOver(held.site) || held.isOver()) {
        each.remove();
        store.delete(held.key());
      }
    }
  }
}
