package org.minusone.simulator.publish;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.minusone.model.SiteId;
import org.minusone.model.port.Counters;
import org.minusone.model.port.Part;
import org.minusone.model.port.PartHealth;
import org.minusone.simulator.scenario.Report;
import org.minusone.simulator.scenario.Scenario;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The simulator as a part of the house: {@link #prime} publishes what comes before ready, {@link
 * #start} is the story's time zero. Each report goes out when it is due by the wall clock, never
 * before; after the broker was away what is owed goes out at once, with its true stamps.
 */
public final class SimulatorApp implements Part {
  private static final Logger log = LoggerFactory.getLogger(SimulatorApp.class);
  private static final Duration PRIME_ATMOST = Duration.ofSeconds(60);
  private static final Duration DRAIN_ATMOST = Duration.ofSeconds(2);

  private final SiteId site;
  private final Scenario scenario;
  private final InstantSource clock;
  private final Counters counters = new Counters();
  private final Publisher publisher;
  private final Thread pace = new Thread(this::play, "simulator-pace");
  private volatile boolean opened;
  private volatile Instant zero;
  private volatile boolean closing;
  private volatile boolean died;
  private volatile long behindMs;

  /** How far priming has come, in readings. */
  @FunctionalInterface
  public interface Progress {
    Progress NONE = (acked, total) -> {};

    void at(long acked, long total);
  }

  /**
   * @param site the site or run to publish as
   */
  public SimulatorApp(SiteId site, Scenario scenario, PublisherConfig config, InstantSource clock) {
    this.site = site;
    this.scenario = scenario;
    this.clock = clock;
    this.publisher = new Publisher("simulator", config, counters);
    pace.setDaemon(true);
  }

  @Override
  public String name() {
    return "simulator";
  }

  /**
   * Publishes what comes before ready and waits until the broker has acknowledged all of it.
   *
   * @throws IOException if the broker cannot be reached, or does not acknowledge within a minute
   */
  public void prime(Progress progress) throws IOException, InterruptedException {
    open();
    List<Report> reports = scenario.before(clock.instant());
    long total = reports.stream().mapToLong(Report::readings).sum();
    int sent = 0;
    for (Report report : reports) {
      publisher.publish(site, report);
      if (++sent % 100 == 0) {
        progress.at(counters.total("acked"), total);
      }
    }
    if (!publisher.awaitAcked(PRIME_ATMOST)) {
      throw new IOException(
          "the broker acknowledged %d of %d readings within %d s"
              .formatted(counters.total("acked"), total, PRIME_ATMOST.toSeconds()));
    }
    progress.at(counters.total("acked"), total);
  }

  /** The story begins: now is its time zero. Connects if {@link #prime} has not. */
  @Override
  public synchronized void start() throws IOException, InterruptedException {
    open();
    zero = clock.instant();
    pace.start();
  }

  private synchronized void open() throws IOException, InterruptedException {
    if (!opened) {
      publisher.open();
      opened = true;
    }
  }

  /** What a watcher may look out for; empty before {@link #start}. */
  public List<Scenario.Planned> plan() {
    return zero == null ? List.of() : scenario.plan(zero);
  }

  private void play() {
    Iterator<Report> reports = scenario.from(zero);
    try {
      while (!closing) {
        Report report = reports.next();
        awaitDue(report.dueMs());
        publisher.publish(site, report);
      }
    } catch (InterruptedException | IllegalStateException e) {
      if (!closing) {
        died = true;
        log.error("the simulator stopped: {}", e.toString());
      }
    } catch (RuntimeException | Error e) {
      died = true;
      log.error("the simulator died", e);
      throw e;
    }
  }

  private void awaitDue(long dueMs) throws InterruptedException {
    long left = dueMs - clock.millis();
    while (left > 0) {
      Thread.sleep(left);
      left = dueMs - clock.millis();
    }
    behindMs = -left;
  }

  @Override
  public PartHealth health() {
    boolean connected = opened && publisher.isConnected();
    String trouble = publisher.trouble();
    return new PartHealth(
        !died && (!opened || closing || publisher.isAlive()),
        connected,
        0,
        List.of(
            new PartHealth.Check(
                "publishing",
                connected && !died,
                false,
                trouble.isEmpty() ? scenario.name() : trouble)),
        counters.snapshot(),
        Map.of("unacked", (double) publisher.unacked(), "behind_ms", (double) behindMs));
  }

  /** Stops the story, waits up to two seconds for what is on its way, disconnects. */
  @Override
  public void close() {
    if (closing) {
      return;
    }
    closing = true;
    pace.interrupt();
    try {
      pace.join(DRAIN_ATMOST.toMillis());
      if (publisher.isConnected()) {
        publisher.awaitAcked(DRAIN_ATMOST);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    publisher.close();
  }
}
