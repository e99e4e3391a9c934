package org.minusone.ingest.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.minusone.ingest.decode.Decoded;
import org.minusone.model.Quarantined;
import org.minusone.model.Reading;
import org.minusone.model.RejectionReason;
import org.minusone.model.codec.Json;
import org.minusone.model.codec.ReadingSerde;
import org.minusone.model.codec.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives Kafka what a message became: one record a reading on {@code readings}, one a rejection on
 * {@code rejected}, record time = arrival. When all of them are acknowledged (acks=all) it says so,
 * once; only then may the message be acknowledged to the broker.
 *
 * <p>Kafka away: the producer holds what it was given and sends it again for ever; {@link #send}
 * waits for room. An error that no repetition mends (credentials, rights) is told by {@link
 * #fatal}: nothing more is sent, and what is in flight stays unacknowledged for the next process.
 *
 * <p>One thread sends. Its order of sending is the order in Kafka for each sensor.
 */
public final class ReadingSink {
  private static final Logger log = LoggerFactory.getLogger(ReadingSink.class);

  private final Producer<byte[], byte[]> producer;
  private final Topics topics;
  private final ReadingCounts counts;
  private final InFlight inFlight;
  private final Timer produce;
  private final Map<RejectionReason, Counter> reasons = new EnumMap<>(RejectionReason.class);
  private final AtomicReference<Exception> fatal = new AtomicReference<>();
  private volatile boolean closed;

  /**
   * Over a producer that its caller closes.
   *
   * @param mostRecords in flight at once
   */
  public ReadingSink(
      Producer<byte[], byte[]> producer,
      Topics topics,
      ReadingCounts counts,
      int mostRecords,
      MeterRegistry meters) {
    this.producer = producer;
    this.topics = topics;
    this.counts = counts;
    this.inFlight = new InFlight(mostRecords);
    this.produce =
        Timer.builder("minusone.ingest.produce")
            .description("From giving Kafka what a message became to the last acknowledgement")
            .publishPercentiles(0.5, 0.99)
            .register(meters);
    for (RejectionReason reason : RejectionReason.values()) {
      reasons.put(
          reason,
          Counter.builder("minusone.ingest.rejected")
              .baseUnit("readings")
              .tag("reason", reason.id())
              .register(meters));
    }
    FunctionCounter.builder("minusone.ingest.received", counts, c -> c.total("received"))
        .baseUnit("readings")
        .register(meters);
    FunctionCounter.builder("minusone.ingest.in_kafka", counts, c -> c.total("in_kafka"))
        .baseUnit("readings")
        .register(meters);
    Gauge.builder("minusone.ingest.in_flight", inFlight, InFlight::records)
        .baseUnit("readings")
        .register(meters);
  }

  /**
   * Counts and sends what a message became. Waits while too much is in flight or Kafka's topics are
   * unknown.
   *
   * @param kept called once when Kafka has all of it, on a thread of Kafka's (at once where there
   *     is nothing to keep): must not block
   * @return false if the sink was closed or failed before all was sent: {@code kept} is then never
   *     called
   */
  public boolean send(Origin origin, Decoded decoded, Runnable kept) throws InterruptedException {
    if (decoded.records() == 0) {
      kept.run();
      return true;
    }
    // A retry is not late by the age of what it tries again.
    long sinceMs = origin.retryOf() == null ? origin.arrivalMs() : Long.MAX_VALUE;
    InFlight.Batch batch = inFlight.begin(decoded.records(), sinceMs, this::isOpen);
    if (batch == null) {
      return false;
    }
    for (Reading reading : decoded.readings()) {
      counts.received(reading.site().value(), 1);
    }
    decoded.rejections().forEach(r -> counts.received(r.site(), r.count()));
    Outcome outcome = new Outcome(batch, kept, System.nanoTime());
    for (Reading reading : decoded.readings()) {
      String site = reading.site().value();
      if (!give(
          new ProducerRecord<>(
              topics.readings(),
              null,
              origin.arrivalMs(),
              bytes(reading.key().toString()),
              ReadingSerde.write(reading)),
          () -> {
            counts.kept(site);
            outcome.one();
          })) {
        return false;
      }
    }
    List<Quarantined> entries = Quarantine.entries(origin, decoded.rejections());
    for (Quarantined entry : entries) {
      if (!give(
          new ProducerRecord<>(
              topics.rejected(),
              null,
              origin.arrivalMs(),
              bytes(entry.site().isEmpty() ? origin.topic() : entry.site()),
              Json.bytes(entry)),
          () -> {
            counts.rejected(entry.site(), entry.count());
            reasons.get(entry.reason()).increment(entry.count());
            outcome.one();
          })) {
        return false;
      }
    }
    return true;
  }

  /** Waits until Kafka has all it was given; false if closed or failed before. */
  public boolean awaitKept() throws InterruptedException {
    return inFlight.awaitEmpty(this::isOpen);
  }

  /** What no repetition mends; null while there is none. */
  public Exception fatal() {
    return fatal.get();
  }

  /** Messages in flight. */
  public int messages() {
    return inFlight.messages();
  }

  /** How long the oldest message in flight has been waiting, ms; 0 without one. */
  public long longestMs(long nowMs) {
    return Math.max(0, nowMs - Math.min(nowMs, inFlight.oldestArrivalMs()));
  }

  /** 99th percentile of {@code minusone_ingest_produce_seconds}, ms; 0 before the first. */
  public double produceP99Ms() {
    for (ValueAtPercentile each : produce.takeSnapshot().percentileValues()) {
      if (each.percentile() == 0.99) {
        return each.value(TimeUnit.MILLISECONDS);
      }
    }
    return 0;
  }

  /** Ends all waiting; the producer is its owner's to close. */
  public void close() {
    closed = true;
  }

  private boolean isOpen() {
    return !closed && fatal.get() == null;
  }

  /**
   * Hands one record to the producer. While its topic is unknown (Kafka away at the first record,
   * or for longer than metadata lives) the producer gives up after max.block.ms, and we begin
   * again: here, so that no later record overtakes it.
   */
  private boolean give(ProducerRecord<byte[], byte[]> record, Runnable kept)
      throws InterruptedException {
    boolean told = false;
    while (isOpen()) {
      Future<RecordMetadata> sent;
      try {
        sent = producer.send(record, (metadata, error) -> acknowledged(error, kept));
      } catch (InterruptException e) {
        throw (InterruptedException) new InterruptedException().initCause(e);
      }
      if (!isUnknownTopic(sent)) {
        return isOpen();
      }
      if (!told) {
        log.warn("Kafka does not answer for {}: waiting for it", record.topic());
        told = true;
      }
    }
    return false;
  }

  private void acknowledged(Exception error, Runnable kept) {
    if (error == null) {
      kept.run();
    } else if (!(error instanceof TimeoutException) && !closed) {
      // Timeouts are give()'s: delivery itself never times out.
      if (fatal.compareAndSet(null, error)) {
        log.error("Kafka refuses for good, nothing is acknowledged any more: {}", error.toString());
      }
    }
  }

  private static boolean isUnknownTopic(Future<RecordMetadata> sent) throws InterruptedException {
    if (!sent.isDone()) {
      return false;
    }
    try {
      sent.get();
      return false;
    } catch (ExecutionException e) {
      return e.getCause() instanceof TimeoutException;
    }
  }

  private static byte[] bytes(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }

  /** Tells {@code kept} when the last record of a message is acknowledged. */
  private final class Outcome {
    private final InFlight.Batch batch;
    private final Runnable kept;
    private final long sinceNanos;

    private Outcome(InFlight.Batch batch, Runnable kept, long sinceNanos) {
      this.batch = batch;
      this.kept = kept;
      this.sinceNanos = sinceNanos;
    }

    private void one() {
      if (inFlight.kept(batch)) {
        produce.record(System.nanoTime() - sinceNanos, TimeUnit.NANOSECONDS);
        kept.run();
      }
    }
  }
}
