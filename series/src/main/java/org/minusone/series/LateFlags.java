package org.minusone.series;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.minusone.model.QualityFlag;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.SensorKey;
import org.minusone.model.Stamp;
import org.minusone.model.Verdict;

/**
 * Verdicts on readings on their way to the store. A store replaces a row as a whole, so a verdict
 * must come after its reading, and no writing of that reading may come after it:
 *
 * <pre>
 * verdict arrives   its reading is in Kafka before the end of its partition at that moment
 * until then        the reading, when it is written, takes the verdict's flag on
 * after that        the verdict is due: its row is written again with the flag
 * </pre>
 *
 * The verdict's offset is committed with the end of that stretch of readings or later, never
 * before: whoever reads the readings again also reads the verdict again. One thread.
 */
final class LateFlags {
  /** More than this waiting, no more should be taken (D). */
  private static final int FULL = 20_000;

  /** So many flags are remembered for readings that are delivered again (D). */
  private static final int REMEMBERED = 50_000;

  private record Identity(SensorKey sensor, Quantity quantity, long timeMs) {}

  /** A verdict whose reading may not be written yet. */
  private static final class Waiting {
    final Verdict verdict;
    final TopicPartition partition;
    final long offset;

    /** End of the readings' partition; −1 until it is known. */
    long upTo = -1;

    Waiting(Verdict verdict, TopicPartition partition, long offset) {
      this.verdict = verdict;
      this.partition = partition;
      this.offset = offset;
    }
  }

  private final List<Waiting> waiting = new ArrayList<>();
  private final Map<TopicPartition, Long> taken = new HashMap<>();
  private final Map<Identity, QualityFlag> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Identity, QualityFlag> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * A record of the topic.
   *
   * @param verdict null for a record that is none: only its place counts
   */
  void take(Verdict verdict, TopicPartition partition, long offset) {
    taken.put(partition, offset + 1);
    if (verdict != null) {
      waiting.add(new Waiting(verdict, partition, offset));
      known.merge(
          new Identity(verdict.key(), verdict.quantity(), verdict.time().toEpochMilli()),
          verdict.flag(),
          LateFlags::worse);
    }
  }

  private static QualityFlag worse(QualityFlag a, QualityFlag b) {
    return a == QualityFlag.FAIL ? a : b;
  }

  /** The reading with what is known of it by now. */
  Reading apply(Reading reading) {
    if (known.isEmpty() || reading.flag() == QualityFlag.FAIL) {
      return reading;
    }
    QualityFlag flag = known.get(new Identity(reading.key(), reading.quantity(), reading.timeMs()));
    return flag == null ? reading : with(reading, flag);
  }

  private static Reading with(Reading r, QualityFlag flag) {
    return new Reading(
        r.site(),
        r.family(),
        r.sensor(),
        r.quantity(),
        r.timeMs(),
        r.arrivalMs(),
        r.stamp(),
        r.value(),
        r.word(),
        flag);
  }

  /** Partitions of the verdicts whose readings' end is not known yet. */
  Set<TopicPartition> withoutEnd() {
    Set<TopicPartition> partitions = new HashSet<>();
    waiting.stream().filter(w -> w.upTo < 0).forEach(w -> partitions.add(w.partition));
    return partitions;
  }

  /** The readings of this partition's verdicts taken so far lie before {@code end}. */
  void end(TopicPartition partition, long end) {
    for (Waiting each : waiting) {
      if (each.partition.equals(partition) && each.upTo < 0) {
        each.upTo = end;
      }
    }
  }

  /** Rows to write again: their readings are written, up to {@code written} by partition. */
  List<Reading> due(Map<TopicPartition, Long> written) {
    List<Reading> due = new ArrayList<>();
    for (Waiting each : waiting) {
      if (isDue(each, written)) {
        due.add(apply(reading(each.verdict)));
      }
    }
    return due;
  }

  private static boolean isDue(Waiting each, Map<TopicPartition, Long> written) {
    return each.upTo >= 0 && written.getOrDefault(each.partition, -1L) >= each.upTo;
  }

  private static Reading reading(Verdict v) {
    long timeMs = v.time().toEpochMilli();
    return new Reading(
        v.site(),
        v.family(),
        v.sensor(),
        v.quantity(),
        timeMs,
        timeMs,
        Stamp.OWN,
        v.value() == null ? Double.NaN : v.value(),
        v.word(),
        v.flag());
  }

  /** What was {@link #due} is written. */
  void settled(Map<TopicPartition, Long> written) {
    waiting.removeIf(each -> isDue(each, written));
  }

  /** Up to where each partition is done with; asked once, it forgets. */
  Map<TopicPartition, Long> done() {
    Map<TopicPartition, Long> done = new HashMap<>(taken);
    for (Waiting each : waiting) {
      done.merge(each.partition, each.offset, Math::min);
    }
    for (Iterator<TopicPartition> each = taken.keySet().iterator(); each.hasNext(); ) {
      TopicPartition partition = each.next();
      if (done.get(partition).equals(taken.get(partition))) {
        each.remove();
      }
    }
    return done;
  }

  /** Nothing waits, and nothing is to be committed. */
  boolean isIdle() {
    return waiting.isEmpty() && taken.isEmpty();
  }

  boolean isFull() {
    return waiting.size() > FULL;
  }

  /** Another member has these now, and reads anew what was not committed. */
  void drop(Collection<TopicPartition> gone) {
    waiting.removeIf(each -> gone.contains(each.partition));
    taken.keySet().removeAll(gone);
  }
}
