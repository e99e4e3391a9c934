package org.minusone.app.health;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.minusone.app.topic.TableFollower;
import org.minusone.model.codec.Json;
import org.minusone.model.port.HealthBoard;
import org.minusone.model.port.HealthReport;
import org.minusone.model.port.InputFlow;

/**
 * The topic {@code health} as a board, and what follows from it: whether what is seen is the
 * present.
 */
public final class HealthTable implements HealthBoard, InputFlow, AutoCloseable {
  /** A report that is older says nothing about now. */
  private static final Duration FRESH = Duration.ofSeconds(5);

  /** An instance that has said nothing for so long was taken away. */
  private static final Duration GONE = Duration.ofMinutes(1);

  /**
   * Records that may wait without the input being called behind: what is on its way within the 2 s
   * of grace that ticks have (CONTRACTS §2.4).
   */
  private static final long NIL_LAG = 50;

  private final InstantSource clock;
  private final Instant notBefore;
  private final TableFollower follower;
  private final Map<String, HealthReport> reports = new ConcurrentHashMap<>();

  /**
   * @param notBefore reports of processes that started earlier are passed over: where all roles
   *     live in this process, the topic's last words of the one before it are not news
   */
  public HealthTable(
      Map<String, Object> kafka, String topic, InstantSource clock, Instant notBefore) {
    this.clock = clock;
    this.notBefore = notBefore;
    this.follower = new TableFollower(kafka, topic, this::apply);
  }

  public void start() throws InterruptedException {
    follower.start(Duration.ofSeconds(20));
  }

  private void apply(String key, byte[] value) {
    if (value == null) {
      reports.remove(key);
      return;
    }
    HealthReport report = Json.read(value, HealthReport.class);
    if (!report.startedAt().isBefore(notBefore)) {
      reports.put(key, report);
    }
  }

  @Override
  public Collection<HealthReport> latest() {
    return reports.values();
  }

  @Override
  public boolean isCurrent() {
    Instant now = clock.instant();
    Instant oldest = now.minus(FRESH);
    boolean ingest = false;
    boolean rules = false;
    for (HealthReport report : reports.values()) {
      if (report.at().isBefore(now.minus(GONE))) {
        continue;
      }
      boolean flows =
          report.at().isAfter(oldest)
              && report.health().connected()
              && report.health().lag() <= NIL_LAG;
      if (report.role().equals("ingest")) {
        if (!flows) {
          return false;
        }
        ingest = true;
      } else if (report.role().equals("rules")) {
        if (!flows) {
          return false;
        }
        rules = true;
      }
    }
    return ingest && rules;
  }

  @Override
  public void close() {
    follower.close();
  }
}
