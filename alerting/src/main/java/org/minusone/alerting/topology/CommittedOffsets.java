package org.minusone.alerting.topology;

import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/** Where a task resumes reading. */
@FunctionalInterface
public interface CommittedOffsets {
  /**
   * The offset of the next record that the group will read; empty where it committed none. Asked
   * once per input when a task starts.
   *
   * @throws RuntimeException if it cannot be known now; then everything that is kept is announced
   */
  OptionalLong of(TopicPartition partition);
}
