package org.minusone.ingest.decode.codec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.minusone.model.RejectionReason;

/**
 * The values of one message, put into the order of their times: whoever sends the newest first
 * would otherwise have all others taken for late. Those of one sensor and time become one entry;
 * values without a time stand at the arrival.
 */
public final class Timeline {
  /** One value, or why it is none: exactly one of word, reason and number. */
  private record Value(
      String device,
      long timeMs,
      String quantity,
      double number,
      String unit,
      String word,
      RejectionReason reason) {}

  private final List<Value> values = new ArrayList<>();

  /** As {@link Entries#number(String, double, String)}, of the entry of {@code device} then. */
  public void number(String device, long timeMs, String quantity, double number, String unit) {
    values.add(new Value(device, timeMs, quantity, number, unit, null, null));
  }

  /** As {@link Entries#word}, of the entry of {@code device} then. */
  public void word(String device, long timeMs, String quantity, String word) {
    values.add(new Value(device, timeMs, quantity, Double.NaN, null, word, null));
  }

  /** As {@link Entries#refuse}, of the entry of {@code device} then. */
  public void refuse(
      String device, long timeMs, String quantity, RejectionReason reason, String detail) {
    values.add(new Value(device, timeMs, quantity, Double.NaN, null, detail, reason));
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  /**
   * Tells all of it.
   *
   * @param arrivalMs where values without a time stand
   */
  public void tell(long arrivalMs, Entries out) {
    values.sort(
        Comparator.comparingLong(
            value -> value.timeMs == Entries.NO_TIME ? arrivalMs : value.timeMs));
    Value before = null;
    Set<String> told = new HashSet<>();
    for (Value value : values) {
      // Two values of one quantity without a time are two readings, one after the other.
      if (before == null
          || before.timeMs != value.timeMs
          || !Objects.equals(before.device, value.device)
          || told.contains(value.quantity)) {
        out.entry(value.device, value.timeMs);
        told.clear();
      }
      told.add(value.quantity);
      if (value.reason != null) {
        out.refuse(value.reason, value.word);
      } else if (value.word != null) {
        out.word(value.quantity, value.word);
      } else {
        out.number(value.quantity, value.number, value.unit);
      }
      before = value;
    }
  }
}
