package org.minusone.rules.topology;

import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/** Up to where the input is known to be done with, signals acknowledged and state kept. */
@FunctionalInterface
public interface CommittedOffsets {
  /** Knows of none: everything still kept is announced again, and nothing is ever pruned. */
  CommittedOffsets UNKNOWN = input -> OptionalLong.empty();

  /** The next offset to be read after a restart; empty if none was committed or it is not known. */
  OptionalLong committed(TopicPartition input);
}
