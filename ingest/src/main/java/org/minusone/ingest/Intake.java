package org.minusone.ingest;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.minusone.ingest.decode.Answer;
import org.minusone.ingest.decode.Decoded;
import org.minusone.ingest.decode.ReadingDecoder;
import org.minusone.ingest.decode.Rejection;
import org.minusone.ingest.decode.TopicName;
import org.minusone.ingest.kafka.Origin;
import org.minusone.ingest.kafka.ReadingSink;
import org.minusone.ingest.mqtt.Delivery;
import org.minusone.ingest.retry.Reingest;
import org.minusone.model.RejectionReason;
import org.minusone.model.port.SiteCatalog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread between the MQTT sessions and Kafka: decodes each message in order of arrival,
 * sends what became of it, and opens and ends runs in that same order. Between messages it does
 * what has to be done on the same thread: what was rejected is tried again, subscriptions follow
 * the sites. It may wait for Kafka; the sessions' threads and Kafka's never wait for it, and what
 * it holds is bounded by the sessions.
 */
final class Intake implements Consumer<Delivery>, Reingest {
  private static final Logger log = LoggerFactory.getLogger(Intake.class);
  private static final int BATCH = 256;
  private static final long LOOK_MS = 100;
  private static final long FOLLOW_MS = 500;
  private static final long IDLE_CHECK_MS = 30_000;
  private static final long END_MS = 700;

  private final SiteCatalog catalog;
  private final Runs runs;
  private final RunControl control;
  private final ReadingDecoder decoder;
  private final ReadingSink sink;
  private final InstantSource clock;
  private final Consumer<Set<String>> filters;
  private final BiConsumer<String, byte[]> answers;
  private final LinkedBlockingQueue<Delivery> arrived = new LinkedBlockingQueue<>();
  private final Queue<Again> again = new ConcurrentLinkedQueue<>();
  private final Thread worker = new Thread(this::work, "ingest-intake");
  private long checkedMs;
  private long followedMs;
  private volatile boolean closed;

  private record Again(Message message, CompletableFuture<Became> became) {}

  /**
   * @param filters told what to subscribe to beside our own topics, whenever it may have changed
   * @param answers publishes in return; must not block
   */
  Intake(
      SiteCatalog catalog,
      Runs runs,
      ReadingDecoder decoder,
      ReadingSink sink,
      InstantSource clock,
      Consumer<Set<String>> filters,
      BiConsumer<String, byte[]> answers) {
    this.catalog = catalog;
    this.runs = runs;
    this.decoder = decoder;
    this.sink = sink;
    this.clock = clock;
    this.filters = filters;
    this.answers = answers;
    this.control = new RunControl(catalog, runs, sink, clock, () -> !closed);
    this.checkedMs = clock.millis();
    worker.setDaemon(true);
  }

  void start() {
    filters.accept(ReadingDecoder.foreignFilters(catalog.sites()));
    worker.start();
  }

  boolean isAlive() {
    return closed || worker.isAlive();
  }

  /** Messages that wait to be decoded. */
  int waiting() {
    return arrived.size();
  }

  @Override
  public void accept(Delivery delivery) {
    if (closed) {
      delivery.drop();
    } else {
      arrived.add(delivery);
    }
  }

  @Override
  public CompletableFuture<Became> again(Message message) {
    CompletableFuture<Became> became = new CompletableFuture<>();
    again.add(new Again(message, became));
    return became;
  }

  /** Begins nothing more; what was begun goes on to Kafka, unless that has to be waited for. */
  void close() {
    closed = true;
    try {
      worker.join(END_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    worker.interrupt();
    for (Delivery left = arrived.poll(); left != null; left = arrived.poll()) {
      left.drop();
    }
  }

  private void work() {
    ArrayDeque<Delivery> batch = new ArrayDeque<>(BATCH);
    try {
      while (!closed && sink.fatal() == null) {
        Delivery first =
            again.isEmpty() ? arrived.poll(LOOK_MS, TimeUnit.MILLISECONDS) : arrived.poll();
        if (first != null) {
          batch.add(first);
          arrived.drainTo(batch, BATCH - 1);
        }
        while (!batch.isEmpty() && !closed && sink.fatal() == null) {
          handle(batch.poll());
        }
        tryAgain();
        follow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.error("Ingest stopped: a defect of ours", e);
    } finally {
      batch.forEach(Delivery::drop);
    }
  }

  void handle(Delivery delivery) throws InterruptedException {
    if (!delivery.isCurrent()) {
      // Not acknowledged and not begun: the broker delivers it again.
      delivery.drop();
      return;
    }
    TopicName topic = TopicName.parse(delivery.topic());
    switch (topic.kind()) {
      case SENSOR, GATEWAY, FOREIGN -> {
        if (topic.site() != null && topic.site().isRun()) {
          runs.awaitKnown(topic.site(), clock.millis());
        }
        Decoded decoded = decode(delivery, topic);
        if (topic.site() != null && topic.site().isRun() && !decoded.readings().isEmpty()) {
          runs.arrived(topic.site(), java.time.Instant.ofEpochMilli(delivery.arrivalMs()));
        }
        send(delivery, decoded);
      }
      case RUN ->
          control.handle(
              topic.site(), delivery, refusal -> send(delivery, Decoded.refused(refusal)));
      case STATUS -> delivery.done();
    }
  }

  /** A message that meets a defect of ours is put aside; the others go on. */
  private Decoded decode(Delivery delivery, TopicName topic) {
    try {
      return decoder.decode(
          delivery.topic(), topic, delivery.payload(), delivery.arrivalMs(), delivery.client());
    } catch (RuntimeException e) {
      log.error("A message on {} meets a defect of ours and is quarantined", delivery.topic(), e);
      return Decoded.refused(
          Rejection.one("", RejectionReason.BAD_PAYLOAD, "a defect of ours: " + e));
    }
  }

  private void send(Delivery delivery, Decoded decoded) throws InterruptedException {
    Origin origin =
        new Origin(
            delivery.topic(), delivery.payload(), delivery.arrivalMs(), delivery.client(), null);
    sink.send(
        origin,
        decoded,
        decoded.answers().isEmpty()
            ? delivery::done
            : () -> {
              delivery.done();
              publish(decoded.answers());
            });
  }

  private void publish(List<Answer> all) {
    all.forEach(answer -> answers.accept(answer.topic(), answer.payload()));
  }

  /** A part of them at a time: what arrives now must not wait for the end of a long retry. */
  private void tryAgain() throws InterruptedException {
    for (int i = 0; i < BATCH && !closed; i++) {
      Again one = again.poll();
      if (one == null) {
        return;
      }
      Message message = one.message();
      try {
        Decoded decoded =
            decoder.decodeAgain(
                message.topic(), message.payload(), message.arrivalMs(), message.client());
        List<Rejection> refused =
            decoded.rejections().stream()
                .filter(rejection -> !message.notAgain().contains(rejection.rejected()))
                .toList();
        int rejected = refused.stream().mapToInt(Rejection::count).sum();
        Became became = new Became(decoded.readings().size(), rejected);
        sink.send(
            new Origin(
                message.topic(),
                message.payload(),
                message.arrivalMs(),
                message.client(),
                message.entry()),
            new Decoded(decoded.readings(), refused, List.of(), null),
            () -> one.became().complete(became));
      } catch (RuntimeException e) {
        one.became().completeExceptionally(e);
      }
    }
  }

  /** What changes now and then. */
  private void follow() throws InterruptedException {
    long now = clock.millis();
    if (now - followedMs >= FOLLOW_MS) {
      followedMs = now;
      filters.accept(new HashSet<>(ReadingDecoder.foreignFilters(catalog.sites())));
    }
    if (now - checkedMs >= IDLE_CHECK_MS) {
      checkedMs = now;
      control.endIdle();
    }
  }
}
