package org.minusone.series;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.minusone.model.Reading;
import org.minusone.model.Verdict;
import org.minusone.model.codec.Json;
import org.minusone.model.codec.ReadingSerde;
import org.minusone.series.store.LineProtocol;
import org.minusone.series.store.SeriesStore;
import org.minusone.series.store.StoreAway;
import org.minusone.series.store.StoreRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka → store: polls a batch, writes it, commits its offsets. At least once; a point written
 * twice is one point.
 *
 * <p>Store away: the partitions are paused and polling goes on, so that the group keeps us; the one
 * batch in hand is all the memory it takes. It is written again with a growing pause until the
 * store is back. A refused batch goes through {@link Bisection}.
 *
 * <p>Verdicts on readings ({@link LateFlags}) come by the same consumer, so that a reading and its
 * verdict are one member's, and their offsets are committed together. They are rows written again
 * and count in none of the sums.
 *
 * <p>One thread does all of it.
 */
final class SeriesWriter {
  private static final Logger log = LoggerFactory.getLogger(SeriesWriter.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final long ENDS_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long PING_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long REFUSAL_TOLD_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final int MOST_REASONS = 100;

  private final Consumer<byte[], byte[]> consumer;
  private final SeriesStore store;
  private final String topic;
  private final String quality;
  private final LateFlags flags = new LateFlags();
  private final SeriesCounts counts;
  private final Timer write;
  private final Set<String> toldReasons = new HashSet<>();
  private final Set<TopicPartition> partitions = new HashSet<>();

  /** The batch in hand; what another member takes over meanwhile leaves it. */
  private final List<ConsumerRecord<byte[], byte[]>> inHand = new ArrayList<>();

  private long endsAtNanos;
  private long heardAtNanos;
  private boolean isPaused;
  private volatile boolean assigned;
  private volatile String storeProblem = "";
  private volatile String refusedBecause = "";
  private volatile long refusedAtNanos;
  private volatile boolean closed;

  SeriesWriter(
      Consumer<byte[], byte[]> consumer,
      SeriesStore store,
      String topic,
      String quality,
      SeriesCounts counts,
      MeterRegistry meters) {
    this.consumer = consumer;
    this.store = store;
    this.topic = topic;
    this.quality = quality;
    this.counts = counts;
    this.write =
        Timer.builder("minusone.series.write")
            .description("One batch to the store")
            .publishPercentiles(0.5, 0.99)
            .register(meters);
    FunctionCounter.builder("minusone.series.stored", counts, SeriesCounts::totalStored)
        .baseUnit("readings")
        .register(meters);
    FunctionCounter.builder("minusone.series.refused", counts, SeriesCounts::totalRefused)
        .baseUnit("readings")
        .register(meters);
    Gauge.builder("minusone.series.unwritten", counts, SeriesCounts::unwritten)
        .baseUnit("readings")
        .register(meters);
  }

  /**
   * Measures the backlog and joins the group; {@link #run} follows on another thread.
   *
   * @throws KafkaException if Kafka does not answer or has no such topic
   */
  void begin() {
    consumer.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .forEach(partitions::add);
    if (partitions.isEmpty()) {
      throw new KafkaException("no such topic: " + topic);
    }
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(partitions);
    Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
    Map<Integer, Long> from = new HashMap<>();
    for (TopicPartition partition : partitions) {
      OffsetAndMetadata offset = committed.get(partition);
      long beginning = first.get(partition);
      from.put(
          partition.partition(), offset == null ? beginning : Math.max(beginning, offset.offset()));
    }
    counts.begin(from, byNumber(consumer.endOffsets(partitions)));
    consumer.subscribe(List.of(topic, quality), new Rebalance());
  }

  /** Works until {@link #close}; what it throws is the end of it. */
  void run() {
    try {
      while (!closed) {
        try {
          step();
        } catch (RetriableException e) {
          // What is in hand stays there, and is written before more is asked for.
          log.warn("Kafka does not answer, series goes on when it does: {}", e.toString());
        }
      }
    } catch (WakeupException e) {
      if (!closed) {
        throw e;
      }
    } finally {
      consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }
  }

  /** One poll and what follows from it. */
  void step() {
    if (inHand.isEmpty()) {
      consumer.poll(POLL).forEach(this::take);
    }
    ends();
    if (inHand.isEmpty() && !settle()) {
      ping();
      return;
    }
    Duration pause = FIRST_PAUSE;
    while (!closed && !inHand.isEmpty()) {
      try {
        writeInHand();
      } catch (StoreAway e) {
        away(e.getMessage());
        pauseAll(true);
        // Polling keeps us in the group; paused, it brings nothing.
        consumer.poll(pause).forEach(this::take);
        ends();
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                ? pause.multipliedBy(2)
                : LONGEST_PAUSE;
      }
    }
    pauseAll(false);
    settle();
    holdBack();
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(topic)) {
      inHand.add(record);
      return;
    }
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    Verdict verdict = null;
    try {
      verdict = record.value() == null ? null : Json.read(record.value(), Verdict.class);
    } catch (RuntimeException e) {
      tell("not a verdict", partition + "@" + record.offset());
    }
    flags.take(verdict, partition, record.offset());
  }

  /**
   * Writes the verdicts whose readings are written.
   *
   * @return whether there was anything to do with the store
   */
  private boolean settle() {
    if (!inHand.isEmpty() || flags.isIdle()) {
      return false;
    }
    Map<TopicPartition, Long> written = new HashMap<>();
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    try {
      findEnds();
      for (TopicPartition partition : consumer.assignment()) {
        if (partition.topic().equals(topic)) {
          // Nothing is in hand: what was polled is written.
          long position = consumer.position(partition);
          written.put(new TopicPartition(quality, partition.partition()), position);
          offsets.put(partition, new OffsetAndMetadata(position));
        }
      }
    } catch (RetriableException e) {
      log.debug("Kafka does not say how far its topics go: {}", e.toString());
      return false;
    }
    List<Reading> due = flags.due(written);
    try {
      for (Reading reading : due) {
        store.prepare(LineProtocol.measurement(reading.site()), !reading.site().isRun());
      }
      for (Bisection.Refusal refusal : Bisection.write(due, this::attempt).refused()) {
        tell(refusal.reason(), refusal.reading().toString());
      }
    } catch (StoreAway e) {
      away(e.getMessage());
      pauseAll(true);
      return true;
    }
    flags.settled(written);
    Map<TopicPartition, Long> done = flags.done();
    if (!done.isEmpty()) {
      done.forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
      commit(offsets);
    }
    if (!due.isEmpty()) {
      back();
      pauseAll(false);
    }
    return !due.isEmpty();
  }

  /** A verdict's reading was in Kafka before the verdict was: it lies before the end of now. */
  private void findEnds() {
    Set<TopicPartition> asked = new HashSet<>();
    for (TopicPartition partition : flags.withoutEnd()) {
      asked.add(new TopicPartition(topic, partition.partition()));
    }
    if (asked.isEmpty()) {
      return;
    }
    consumer
        .endOffsets(asked, Duration.ofSeconds(2))
        .forEach((p, end) -> flags.end(new TopicPartition(quality, p.partition()), end));
  }

  /** Bounded memory while verdicts run ahead of the readings. */
  private void holdBack() {
    Set<TopicPartition> ours = new HashSet<>(consumer.assignment());
    ours.removeIf(partition -> partition.topic().equals(topic));
    if (flags.isFull()) {
      consumer.pause(ours);
    } else if (!isPaused) {
      ours.retainAll(consumer.paused());
      consumer.resume(ours);
    }
  }

  private void writeInHand() throws StoreAway {
    List<Reading> readings = new ArrayList<>(inHand.size());
    Set<Reading> again = Collections.newSetFromMap(new IdentityHashMap<>());
    Map<String, Long> stored = new HashMap<>();
    Map<String, Long> refused = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : inHand) {
      boolean isAgain = counts.isCounted(record.partition(), record.offset());
      try {
        Reading reading = flags.apply(ReadingSerde.read(record.value()));
        if (isAgain) {
          again.add(reading);
        }
        if (isDropped(reading)) {
          refused.merge(reading.site().value(), isAgain ? 0L : 1L, Long::sum);
          tell("older than the store keeps", named(reading));
        } else {
          readings.add(reading);
        }
      } catch (RuntimeException e) {
        refused.merge("", isAgain ? 0L : 1L, Long::sum);
        tell("not a reading", record.topic() + "-" + record.partition() + "@" + record.offset());
      }
    }
    Set<String> measurements = new HashSet<>();
    for (Reading reading : readings) {
      String measurement = LineProtocol.measurement(reading.site());
      if (measurements.add(measurement)) {
        store.prepare(measurement, !reading.site().isRun());
      }
    }
    long since = System.nanoTime();
    Bisection.Outcome outcome = Bisection.write(readings, this::attempt);
    write.record(System.nanoTime() - since, TimeUnit.NANOSECONDS);
    back();
    for (Reading reading : outcome.stored()) {
      stored.merge(reading.site().value(), again.contains(reading) ? 0L : 1L, Long::sum);
    }
    for (Bisection.Refusal refusal : outcome.refused()) {
      boolean isAgain = again.contains(refusal.reading());
      refused.merge(refusal.reading().site().value(), isAgain ? 0L : 1L, Long::sum);
      tell(refusal.reason(), named(refusal.reading()));
    }
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : inHand) {
      offsets.put(
          new TopicPartition(record.topic(), record.partition()),
          new OffsetAndMetadata(record.offset() + 1));
    }
    inHand.clear();
    Map<Integer, Long> upTo = new HashMap<>();
    offsets.forEach((partition, offset) -> upTo.put(partition.partition(), offset.offset()));
    counts.written(stored, refused, upTo);
    commit(offsets);
  }

  /** Written it would count as stored, and be gone: a clock that is months behind. */
  private boolean isDropped(Reading reading) {
    return !reading.site().isRun()
        && store
            .dropsAfter()
            .filter(kept -> reading.arrivalMs() - reading.timeMs() > kept.toMillis())
            .isPresent();
  }

  private void attempt(List<Reading> readings) throws StoreRefused, StoreAway {
    store.write(LineProtocol.lines(readings));
  }

  private void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    try {
      consumer.commitSync(offsets);
    } catch (RetriableException | CommitFailedException | RebalanceInProgressException e) {
      // Written is written; the next commit covers it, or whoever reads it again writes the same.
      log.warn("Offsets not committed: {}", e.toString());
    }
  }

  private void pauseAll(boolean paused) {
    if (paused) {
      consumer.pause(consumer.assignment());
    } else if (isPaused) {
      Set<TopicPartition> ours = new HashSet<>(consumer.paused());
      ours.retainAll(consumer.assignment());
      consumer.resume(ours);
    }
    isPaused = paused;
  }

  private void away(String why) {
    if (!why.equals(storeProblem)) {
      storeProblem = why;
      log.warn("The store is away, readings wait in Kafka: {}", why);
    }
  }

  private void back() {
    heardAtNanos = System.nanoTime();
    if (!storeProblem.isEmpty()) {
      storeProblem = "";
      log.info("The store is back");
    }
  }

  /** With nothing to write, asks now and then whether the store is there. */
  private void ping() {
    if (System.nanoTime() - heardAtNanos > PING_EVERY_NANOS) {
      heardAtNanos = System.nanoTime();
      if (store.answers()) {
        back();
      } else {
        away("it does not answer");
      }
    }
  }

  /**
   * Keeps the ends up to date: what came with the poll itself at once, and now and then by asking,
   * which also tells of partitions that are paused or another's.
   */
  private void ends() {
    try {
      Map<Integer, Long> fetched = new HashMap<>();
      for (TopicPartition partition : consumer.assignment()) {
        if (!partition.topic().equals(topic)) {
          continue;
        }
        OptionalLong lag = consumer.currentLag(partition);
        if (lag.isPresent()) {
          fetched.put(partition.partition(), consumer.position(partition) + lag.getAsLong());
        }
      }
      counts.ends(fetched);
      if (System.nanoTime() - endsAtNanos < ENDS_EVERY_NANOS) {
        return;
      }
      counts.ends(byNumber(consumer.endOffsets(partitions, Duration.ofSeconds(2))));
      endsAtNanos = System.nanoTime();
    } catch (RetriableException e) {
      log.debug("Kafka's end offsets are not to be had now: {}", e.toString());
    }
  }

  private static Map<Integer, Long> byNumber(Map<TopicPartition, Long> offsets) {
    Map<Integer, Long> byNumber = new HashMap<>();
    offsets.forEach((partition, offset) -> byNumber.put(partition.partition(), offset));
    return byNumber;
  }

  private static String named(Reading reading) {
    return reading.key()
        + " "
        + reading.quantity().id()
        + " of "
        + Instant.ofEpochMilli(reading.timeMs());
  }

  /** Logs the first of each kind; the counters have the rest, and for a while health the last. */
  private void tell(String reason, String example) {
    refusedBecause = reason + ": " + example;
    refusedAtNanos = System.nanoTime();
    String kind = reason.replaceAll("[0-9]+", "#");
    if (toldReasons.size() < MOST_REASONS && toldReasons.add(kind)) {
      log.warn("Refused (told once): {}; the first: {}", reason, example);
    }
  }

  /** Whether the group gave us partitions. */
  boolean isAssigned() {
    return assigned;
  }

  /** What was last refused and why, for ten minutes; empty otherwise. */
  String lastRefusal() {
    String last = refusedBecause;
    return !last.isEmpty() && System.nanoTime() - refusedAtNanos < REFUSAL_TOLD_NANOS ? last : "";
  }

  /** Why the store takes nothing; empty while it does. */
  String storeProblem() {
    return storeProblem;
  }

  /** 99th percentile of {@code minusone_series_write_seconds}, ms; 0 before the first. */
  double writeP99Ms() {
    for (ValueAtPercentile each : write.takeSnapshot().percentileValues()) {
      if (each.percentile() == 0.99) {
        return each.value(TimeUnit.MILLISECONDS);
      }
    }
    return 0;
  }

  void close() {
    closed = true;
    consumer.wakeup();
  }

  private final class Rebalance implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> now) {
      assigned = true;
      if (isPaused) {
        consumer.pause(now);
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> gone) {
      assigned = false;
      inHand.removeIf(r -> gone.contains(new TopicPartition(r.topic(), r.partition())));
      flags.drop(gone);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> gone) {
      onPartitionsRevoked(gone);
    }
  }
}
