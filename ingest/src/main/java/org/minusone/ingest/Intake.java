package org.minusone.ingest;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.minusone.ingest.decode.Decoded;
import org.minusone.ingest.decode.ReadingDecoder;
import org.minusone.ingest.decode.Rejection;
import org.minusone.ingest.decode.RunRequest;
import org.minusone.ingest.decode.TopicName;
import org.minusone.ingest.kafka.ReadingSink;
import org.minusone.ingest.mqtt.Delivery;
import org.minusone.model.Rejected;
import org.minusone.model.RejectionReason;
import org.minusone.model.Run;
import org.minusone.model.SiteId;
import org.minusone.model.port.SiteCatalog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread between the MQTT session and Kafka: decodes each message in order of arrival,
 * sends what became of it, and opens and ends runs in that same order. It may wait for Kafka; the
 * session's threads and Kafka's never wait for it, and what it holds is bounded by the session.
 */
final class Intake implements Consumer<Delivery> {
  private static final Logger log = LoggerFactory.getLogger(Intake.class);
  private static final long LOOK_MS = 500;
  private static final long IDLE_CHECK_MS = 30_000;
  private static final long RETRY_MS = 1_000;
  private static final long END_MS = 700;

  private final SiteCatalog catalog;
  private final Runs runs;
  private final ReadingDecoder decoder;
  private final ReadingSink sink;
  private final InstantSource clock;
  private final LinkedBlockingQueue<Delivery> arrived = new LinkedBlockingQueue<>();
  private final Thread worker = new Thread(this::work, "ingest-intake");
  private long checkedMs;
  private volatile boolean closed;

  Intake(
      SiteCatalog catalog,
      Runs runs,
      ReadingDecoder decoder,
      ReadingSink sink,
      InstantSource clock) {
    this.catalog = catalog;
    this.runs = runs;
    this.decoder = decoder;
    this.sink = sink;
    this.clock = clock;
    this.checkedMs = clock.millis();
    worker.setDaemon(true);
  }

  void start() {
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
    try {
      while (!closed && sink.fatal() == null) {
        Delivery delivery = arrived.poll(LOOK_MS, TimeUnit.MILLISECONDS);
        if (delivery != null) {
          handle(delivery);
        }
        endIdleRuns();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.error("Ingest stopped: a defect of ours", e);
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
        Decoded decoded = decoder.decode(topic, delivery.payload(), delivery.arrivalMs());
        if (topic.site() != null && topic.site().isRun() && !decoded.readings().isEmpty()) {
          runs.arrived(topic.site(), Instant.ofEpochMilli(delivery.arrivalMs()));
        }
        send(delivery, decoded);
      }
      case RUN -> control(topic.site(), delivery);
      case STATUS -> delivery.done();
    }
  }

  private void control(SiteId site, Delivery delivery) throws InterruptedException {
    RunRequest request = RunRequest.parse(delivery.payload());
    Optional<Rejected> objection = objection(site, request);
    if (objection.isPresent()) {
      log.warn("Run {} refused: {}", site, objection.get().detail());
      String counted = catalog.live(site).isPresent() ? site.base().value() : "";
      send(
          delivery,
          new Decoded(
              java.util.List.of(), java.util.List.of(new Rejection(counted, objection.get(), 1))));
    } else if (request.ended()) {
      if (end(site, "as asked")) {
        delivery.done();
      }
    } else if (write(site, () -> runs.open(site, request.speed(), clock.instant()))) {
      log.info("Run {} opened at speed {}", site, request.speed());
      delivery.done();
    }
  }

  private Optional<Rejected> objection(SiteId site, RunRequest request) {
    if (request.problem() != null) {
      return Optional.of(new Rejected(RejectionReason.BAD_PAYLOAD, request.problem()));
    }
    if (request.ended()) {
      // Ending one that has ended is nothing new: the broker may have delivered it twice.
      return runs.find(site).isPresent()
          ? Optional.empty()
          : Optional.of(new Rejected(RejectionReason.RUN_CLOSED, "the run was never opened"));
    }
    return runs.objection(site);
  }

  /** Whoever reads that a run ended may count on all its readings being in Kafka before. */
  private boolean end(SiteId site, String why) throws InterruptedException {
    boolean wasOpen = runs.find(site).map(Run::isOpen).orElse(false);
    if (!sink.awaitKept() || !write(site, () -> runs.end(site, clock.instant()))) {
      return false;
    }
    if (wasOpen) {
      log.info("Run {} ended {}", site, why);
    }
    return true;
  }

  private void endIdleRuns() throws InterruptedException {
    if (clock.millis() - checkedMs < IDLE_CHECK_MS) {
      return;
    }
    checkedMs = clock.millis();
    for (SiteId site : runs.idleAt(clock.instant())) {
      if (!end(site, "after too long without a reading")) {
        return;
      }
    }
  }

  /** Something that the log of runs must have before we go on. */
  private interface Write {
    void run() throws Exception;
  }

  private boolean write(SiteId site, Write write) throws InterruptedException {
    boolean told = false;
    while (!closed) {
      try {
        write.run();
        return true;
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        if (!told) {
          log.warn("The log of runs does not take {}: {}; trying again", site, e.toString());
          told = true;
        }
        TimeUnit.MILLISECONDS.sleep(RETRY_MS);
      }
    }
    return false;
  }

  private void send(Delivery delivery, Decoded decoded) throws InterruptedException {
    sink.send(delivery.topic(), delivery.payload(), delivery.arrivalMs(), decoded, delivery::done);
  }
}
