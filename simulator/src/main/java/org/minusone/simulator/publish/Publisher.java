package org.minusone.simulator.publish;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.minusone.model.SiteId;
import org.minusone.model.codec.Json;
import org.minusone.model.port.Counters;
import org.minusone.simulator.scenario.Report;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes reports over a few MQTT connections. Counts readings by site: {@code published} when
 * they are handed to a connection for the first time, {@code acked} on PUBACK, {@code refused} when
 * the broker said no; {@code published = acked + refused + not acknowledged yet}.
 *
 * <p>Thread-safe; a sensor's reports should come from one thread, whose order is kept.
 */
public final class Publisher implements AutoCloseable {
  /** Beyond this a broker or ingest refuses; better to see it here. */
  static final int LARGEST_PAYLOAD = 256 * 1024;

  private static final Logger log = LoggerFactory.getLogger(Publisher.class);

  private final PublisherConfig config;
  private final Counters counters;
  private final List<Gateway> gateways = new ArrayList<>();

  /**
   * @param name what the connections are called at the broker, {@code simulator}
   */
  public Publisher(String name, PublisherConfig config, Counters counters) {
    this.config = config;
    this.counters = counters;
    // Two simulators at one broker must not throw each other out.
    String instance = UUID.randomUUID().toString().substring(0, 8);
    for (int i = 1; i <= config.connections(); i++) {
      gateways.add(new Gateway(name + "-" + instance + "-" + i, config, new Counting()));
    }
  }

  private final class Counting implements Gateway.Outcome {
    @Override
    public void published(Outgoing message) {
      counters.add(message.site(), "published", message.readings());
    }

    @Override
    public void acked(Outgoing message) {
      counters.add(message.site(), "acked", message.readings());
    }

    @Override
    public void refused(Outgoing message, int reasonCode) {
      counters.add(message.site(), "refused", message.readings());
      log.warn("the broker refused a message on {}: reason {}", message.topic(), reasonCode);
    }
  }

  /**
   * Connects.
   *
   * @throws IOException with one line for a person if the broker cannot be reached in time; nothing
   *     is left open then
   */
  public void open() throws IOException, InterruptedException {
    gateways.forEach(Gateway::start);
    long end = System.nanoTime() + config.connectTimeout().toNanos();
    for (Gateway gateway : gateways) {
      if (!gateway.awaitOnline(Math.max(1, (end - System.nanoTime()) / 1_000_000))) {
        String trouble = gateway.trouble();
        close();
        throw new IOException(trouble);
      }
    }
  }

  /** Publishes what a sensor reports; waits while too much is in flight or the broker is away. */
  public void publish(SiteId site, Report report) throws InterruptedException {
    String topic =
        "sites/" + site + "/" + report.family().id() + "/" + report.sensor() + "/readings";
    byte[] payload = Payload.of(report);
    if (payload.length > LARGEST_PAYLOAD) {
      throw new IllegalArgumentException(
          report.sensor() + ": " + payload.length + " bytes, at most " + LARGEST_PAYLOAD);
    }
    Gateway gateway = gateways.get(Math.floorMod(report.sensor().hashCode(), gateways.size()));
    gateway.publish(new Outgoing(site.value(), topic, payload, report.readings()));
  }

  /**
   * Says that a run begins or ends; returns when the broker has it, so that nothing published later
   * overtakes it there.
   *
   * @param word what is said: speed, or ended
   */
  public void announceRun(SiteId run, Object word) throws IOException, InterruptedException {
    Gateway gateway = gateways.get(0);
    gateway.publish(new Outgoing(run.value(), "sites/" + run + "/run", Json.bytes(word), 0));
    if (!gateway.awaitAcked(config.connectTimeout().toMillis())) {
      throw new IOException("the broker did not acknowledge the run " + run);
    }
  }

  /** Waits until all that was published is acknowledged; false when the time is up. */
  public boolean awaitAcked(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    for (Gateway gateway : gateways) {
      if (!gateway.awaitAcked(Math.max(1, (end - System.nanoTime()) / 1_000_000))) {
        return false;
      }
    }
    return true;
  }

  /** Messages without PUBACK. */
  public int unacked() {
    return gateways.stream().mapToInt(Gateway::unacked).sum();
  }

  /** Whether all its connections are. */
  public boolean isConnected() {
    return gateways.stream().allMatch(Gateway::isOnline);
  }

  /** False once a connection's thread has died. */
  public boolean isAlive() {
    return gateways.stream().allMatch(Gateway::isAlive);
  }

  /** What is wrong, for a person; empty when nothing is. */
  public String trouble() {
    return gateways.stream().map(Gateway::trouble).filter(t -> !t.isEmpty()).findFirst().orElse("");
  }

  @Override
  public void close() {
    gateways.forEach(Gateway::close);
  }
}
