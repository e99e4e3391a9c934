package org.minusone.ingest.decode.codec.sparkplug;

import java.util.List;
import org.minusone.ingest.decode.codec.Entries;

/**
 * A payload as it stands in the message.
 *
 * @param timeMs when it was sent, or {@link Entries#NO_TIME}
 * @param seq 0 to 255 if its sender keeps to the specification; {@link #NONE} without one
 * @param problems what is wrong with metrics that are not among {@code metrics}, each with its
 *     place
 */
record Payload(long timeMs, long seq, List<Metric> metrics, List<String> problems) {
  static final long NONE = -1;
  private static final String SESSION = "bdSeq";

  /** The session of the edge node that a birth opens and a death closes; {@link #NONE} without. */
  long session() {
    for (Metric metric : metrics) {
      if (SESSION.equals(metric.name()) && metric.value().isInteger()) {
        return metric.value().bits();
      }
    }
    return NONE;
  }

  /** Whether a metric of this name is the protocol's own and measures nothing. */
  static boolean isControl(String name) {
    return name.equals(SESSION)
        || name.startsWith("Node Control/")
        || name.startsWith("Device Control/");
  }
}
