package org.minusone.ingest.decode;

import java.util.ArrayList;
import java.util.List;
import org.minusone.model.Reading;
import org.minusone.model.Rejected;

/**
 * What one message became. Without readings and rejections it said nothing that concerns us: an
 * announcement, or only what the configuration ignores.
 *
 * @param answers to be published once all of it is kept
 * @param nothing why it says nothing, for a person; null where it says something
 */
public record Decoded(
    List<Reading> readings, List<Rejection> rejections, List<Answer> answers, String nothing) {
  /** Each rejection is a record with the raw bytes, so one message may not make thousands. */
  static final int MAX_REJECTIONS = 64;

  public static Decoded refused(Rejection rejection) {
    return new Decoded(List.of(), List.of(rejection), List.of(), null);
  }

  /** It says nothing that concerns us, and why. */
  static Decoded nothing(String why) {
    return new Decoded(List.of(), List.of(), List.of(), why);
  }

  /** How many records it makes. */
  public int records() {
    return readings.size() + rejections.size();
  }

  /** How many readings it counts for in the sums: those read and those refused. */
  public int count() {
    int sum = readings.size();
    for (Rejection rejection : rejections) {
      sum += rejection.count();
    }
    return sum;
  }

  /**
   * The same with at most {@link #MAX_REJECTIONS}: the last one stands for all that follow it, in
   * number too.
   */
  Decoded folded() {
    if (rejections.size() <= MAX_REJECTIONS) {
      return this;
    }
    List<Rejection> kept = new ArrayList<>(rejections.subList(0, MAX_REJECTIONS - 1));
    int count = 0;
    for (Rejection rejection : rejections.subList(MAX_REJECTIONS - 1, rejections.size())) {
      count += rejection.count();
    }
    Rejection first = rejections.get(MAX_REJECTIONS - 1);
    kept.add(
        new Rejection(
            first.site(),
            new Rejected(
                first.rejected().reason(),
                first.rejected().detail() + " (and " + (count - 1) + " more of this message)"),
            count));
    return new Decoded(readings, kept, answers, null);
  }
}
