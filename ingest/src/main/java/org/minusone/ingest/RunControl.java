package org.minusone.ingest;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.minusone.ingest.decode.Rejection;
import org.minusone.ingest.decode.RunRequest;
import org.minusone.ingest.kafka.ReadingSink;
import org.minusone.ingest.mqtt.Delivery;
import org.minusone.model.Rejected;
import org.minusone.model.RejectionReason;
import org.minusone.model.Run;
import org.minusone.model.SiteId;
import org.minusone.model.port.SiteCatalog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens and ends runs as their control topics ask, on the thread that decodes. */
final class RunControl {
  private static final Logger log = LoggerFactory.getLogger(RunControl.class);
  private static final long RETRY_MS = 1_000;

  private final SiteCatalog catalog;
  private final Runs runs;
  private final ReadingSink sink;
  private final InstantSource clock;
  private final BooleanSupplier open;

  /** Quarantines a request that was refused. */
  interface Refusals {
    void refuse(Rejection rejection) throws InterruptedException;
  }

  RunControl(
      SiteCatalog catalog, Runs runs, ReadingSink sink, InstantSource clock, BooleanSupplier open) {
    this.catalog = catalog;
    this.runs = runs;
    this.sink = sink;
    this.clock = clock;
    this.open = open;
  }

  void handle(SiteId site, Delivery delivery, Refusals refusals) throws InterruptedException {
    RunRequest request = RunRequest.parse(delivery.payload());
    Optional<Rejected> objection = objection(site, request);
    if (objection.isPresent()) {
      log.warn("Run {} refused: {}", site, objection.get().detail());
      String counted = catalog.live(site).isPresent() ? site.base().value() : "";
      refusals.refuse(new Rejection(counted, objection.get(), 1));
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

  /** Ends those that nothing arrived for in too long a time. */
  void endIdle() throws InterruptedException {
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
    while (open.getAsBoolean()) {
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
}
