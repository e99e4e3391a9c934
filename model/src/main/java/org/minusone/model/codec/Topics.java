package org.minusone.model.codec;

import java.time.Duration;
import java.util.List;

/**
 * The names of the Kafka topics (CONTRACTS §3).
 *
 * @param prefix {@code "minusone."} by default
 */
public record Topics(String prefix) {
  public static final Topics DEFAULT = new Topics("minusone.");

  public String readings() {
    return prefix + "readings";
  }

  public String rejected() {
    return prefix + "rejected";
  }

  public String quality() {
    return prefix + "quality";
  }

  public String signals() {
    return prefix + "signals";
  }

  public String commands() {
    return prefix + "commands";
  }

  public String alerts() {
    return prefix + "alerts";
  }

  public String deliveries() {
    return prefix + "deliveries";
  }

  public String audit() {
    return prefix + "audit";
  }

  public String site() {
    return prefix + "site";
  }

  public String health() {
    return prefix + "health";
  }

  /** All of them, as they are created. */
  public List<Spec> all(int readingPartitions) {
    return List.of(
        new Spec(readings(), readingPartitions, Duration.ofDays(7)),
        new Spec(rejected(), 1, Duration.ofDays(30)),
        new Spec(quality(), readingPartitions, Duration.ofDays(7)),
        new Spec(signals(), 1, Duration.ofDays(400)),
        new Spec(commands(), 1, Duration.ofDays(400)),
        new Spec(alerts(), 1, Duration.ofDays(400)),
        new Spec(deliveries(), 1, null),
        new Spec(site(), 1, null),
        new Spec(health(), 1, null),
        new Spec(audit(), 1, Duration.ofDays(400)));
  }

  /**
   * @param retention null = compacted
   */
  public record Spec(String name, int partitions, Duration retention) {}
}
