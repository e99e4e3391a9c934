package org.minusone.rules;

import java.nio.file.Path;
import java.time.Duration;
import org.minusone.model.codec.Topics;

/**
 * How the rules run.
 *
 * @param applicationId names the consumer group and the changelog; another one starts from nothing
 * @param instance stays the same over a restart, so that the group knows it again and it runs
 *     within seconds (static membership)
 * @param stateDirectory Streams keeps its lock there; the state itself is in memory and in Kafka
 * @param internalReplication of the changelog
 * @param standbys warm copies of the state on other instances
 * @param commit how much is read again after a crash
 * @param tick how often deadlines and silence are looked at
 * @param sessionTimeout after which another instance takes over
 * @param patience how long the start waits for a live site and for the topics
 */
public record RulesConfig(
    Topics topics,
    String applicationId,
    String instance,
    Path stateDirectory,
    int internalReplication,
    int standbys,
    int threads,
    Duration commit,
    Duration tick,
    Duration sessionTimeout,
    Duration heartbeat,
    Duration patience) {

  /** For one JVM with its own Kafka. */
  public static RulesConfig embedded(Path stateDirectory) {
    return new RulesConfig(
        Topics.DEFAULT,
        "minusone-rules",
        "rules-0",
        stateDirectory,
        1,
        0,
        1,
        Duration.ofSeconds(1),
        Duration.ofMillis(250),
        Duration.ofSeconds(6),
        Duration.ofSeconds(2),
        Duration.ofSeconds(30));
  }
}
