package org.minusone.rules.topology;

import java.time.Instant;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/** Where the input ended when it was last asked. */
@FunctionalInterface
public interface InputEnds {
  /**
   * The offset after the last record; never blocks.
   *
   * @param after empty unless it was asked later than then: what was in the input at that time is
   *     before the answer
   */
  OptionalLong end(TopicPartition input, Instant after);
}
