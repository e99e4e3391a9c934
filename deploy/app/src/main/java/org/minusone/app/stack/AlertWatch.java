package org.minusone.app.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.minusone.app.summary.AlertTally;
import org.minusone.app.topic.TableFollower;
import org.minusone.model.Alert;
import org.minusone.model.AlertEvent;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;
import org.minusone.model.codec.Json;

/**
 * Reads the topic {@code alerts} for those who live in the same process: who is in alert, and what
 * happened since.
 */
public final class AlertWatch implements AutoCloseable {
  private final Instant since;
  private final AlertTally tally = new AlertTally();
  private final Map<String, Alert> open = new HashMap<>();
  private final TableFollower follower;

  /**
   * @param since events decided earlier are not tallied
   */
  AlertWatch(Map<String, Object> kafka, String topic, Instant since) {
    this.since = since;
    this.follower = new TableFollower(kafka, topic, (site, json) -> apply(json));
  }

  void start() throws InterruptedException {
    follower.start(Duration.ofSeconds(20));
  }

  private synchronized void apply(byte[] json) {
    AlertEvent event = Json.read(json, AlertEvent.class);
    Alert alert = event.alert();
    Alert known = open.get(alert.id());
    if (known == null || known.revision() < alert.revision()) {
      if (alert.state().isOpen()) {
        open.put(alert.id(), alert);
      } else {
        open.remove(alert.id());
      }
    }
    if (!event.at().isBefore(since)) {
      tally.add(event);
    }
  }

  public AlertTally tally() {
    return tally;
  }

  /** Sensors of a site with an open alert. */
  public synchronized Set<SensorId> sensorsInAlert(SiteId site) {
    Set<SensorId> sensors = new HashSet<>();
    for (Alert alert : open.values()) {
      if (alert.site().equals(site)) {
        sensors.add(alert.sensor());
      }
    }
    return sensors;
  }

  @Override
  public void close() {
    follower.close();
  }
}
