package org.minusone.rules.timeline;

import java.util.List;

/**
 * How a test ended.
 *
 * @param mismatches empty when it holds
 * @param signals how many were told
 */
public record TimelineResult(Timeline timeline, List<Mismatch> mismatches, int signals) {
  public TimelineResult {
    mismatches = List.copyOf(mismatches);
  }

  public boolean holds() {
    return mismatches.isEmpty();
  }

  /**
   * What was expected at one place and what was told.
   *
   * @param line of the expectation
   * @param at its time, as the test writes it
   * @param lines as of a diff, in order
   */
  public record Mismatch(int line, String at, List<Line> lines) {}

  /** What a line of the diff says. */
  public enum Mark {
    SAME,
    MISSING,
    UNEXPECTED,
    DIFFERENT
  }

  /**
   * @param line of the expectation it is about; 0 for a signal that nobody expected
   * @param text the signal, as told, or as expected where it is missing
   * @param why what differs, or when it was told; may be empty
   */
  public record Line(Mark mark, int line, String text, String why) {}
}
