package org.minusone.alerting;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.minusone.model.codec.Topics;

/**
 * How alerting runs.
 *
 * @param applicationId the Streams application: its group, and the prefix of its changelogs
 * @param instance name of this process within the group; the same after a restart, so that it has
 *     its tasks back at once
 * @param stateDir where Streams keeps its lock and checkpoints, its own to delete
 * @param commit how often offsets are committed
 * @param session after how long without a heartbeat another instance takes over
 * @param heartbeat a third of {@code session}, or less: so long it may take the one that is left to
 *     hear that it has the work of the other
 * @param standbys copies of the state on other instances; 1 for a take-over within 10 s
 * @param restarts how often a worker may die of a recoverable failure within ten minutes before the
 *     part gives up
 */
public record AlertingConfig(
    String applicationId,
    String instance,
    Path stateDir,
    Topics topics,
    Duration commit,
    Duration session,
    Duration heartbeat,
    int standbys,
    int restarts) {

  public AlertingConfig {
    Objects.requireNonNull(applicationId);
    Objects.requireNonNull(instance);
    Objects.requireNonNull(stateDir);
    Objects.requireNonNull(topics);
    if (heartbeat.multipliedBy(3).compareTo(session) > 0) {
      throw new IllegalArgumentException(
          "heartbeat " + heartbeat + " must be at most a third of session " + session);
    }
  }

  public static AlertingConfig defaults(Path stateDir) {
    return new AlertingConfig(
        "minusone-alerting",
        "1",
        stateDir,
        Topics.DEFAULT,
        Duration.ofSeconds(1),
        Duration.ofSeconds(6),
        Duration.ofSeconds(1),
        0,
        5);
  }
}
