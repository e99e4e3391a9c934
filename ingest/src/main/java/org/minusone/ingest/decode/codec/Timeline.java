package org.minusone.ingest.decode.codec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The values of one message, put into the order of their times: whoever sends the newest first
 * would otherwise have all others taken for late. Those of one sensor and time become one entry;
 * values without a time stand at the arrival.
 */
public final class Timeline {
  private enum Kind {
    NUMBER,
    WORD,
    NEITHER,
    NONE
  }

  /**
   * @param text the unit of a number; else the word, or how what is neither stands there
   */
  private record Value(
      String device, long timeMs, String quantity, Kind kind, double number, String text) {
    void tell(Entries out) {
      switch (kind) {
        case NUMBER -> out.number(quantity, number, text);
        case WORD -> out.word(quantity, text);
        case NEITHER -> out.neither(quantity, text);
        case NONE -> {}
      }
    }
  }

  private final List<Value> values = new ArrayList<>();

  /** As {@link Entries#number(String, double, String)}, of the entry of {@code device} then. */
  public void number(String device, long timeMs, String quantity, double number, String unit) {
    values.add(new Value(device, timeMs, quantity, Kind.NUMBER, number, unit));
  }

  /** As {@link Entries#word}, of the entry of {@code device} then. */
  public void word(String device, long timeMs, String quantity, String word) {
    values.add(new Value(device, timeMs, quantity, Kind.WORD, Double.NaN, word));
  }

  /** As {@link Entries#neither}, of the entry of {@code device} then. */
  public void neither(String device, long timeMs, String quantity, String shown) {
    values.add(new Value(device, timeMs, quantity, Kind.NEITHER, Double.NaN, shown));
  }

  /** An entry that has no value and need not have one: its sensor is heard all the same. */
  public void heard(String device, long timeMs) {
    values.add(new Value(device, timeMs, "", Kind.NONE, Double.NaN, null));
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
      value.tell(out);
      before = value;
    }
  }
}
