package org.minusone.rules.timeline;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.minusone.model.Reading;
import org.minusone.model.SiteVersion;

/**
 * One test: what arrives when, and what must be told by when.
 *
 * @param file where it is written
 * @param line of its name, from 1
 * @param site its rules and its sensors, as one version
 * @param start the instant that its times count from
 * @param steps in order of wall time; of equal times the arrivals before the expectations
 * @param only names of the rules that are looked at; empty = all
 */
public record Timeline(
    Path file,
    int line,
    String name,
    SiteVersion site,
    Instant start,
    List<Step> steps,
    Set<String> only) {
  public Timeline {
    Objects.requireNonNull(file);
    Objects.requireNonNull(name);
    steps = List.copyOf(steps);
    only = Set.copyOf(only);
  }

  /** What a step does; of equal times the first comes first. */
  public enum Kind {
    /** From here on the input is away: nothing is silent, no deadline fires by the clock. */
    INPUT_LOST,
    INPUT_BACK,
    ARRIVAL,
    EXPECTATION
  }

  /**
   * @param atMs wall time, epoch ms
   * @param line where it is written
   * @param reading of an arrival, else null
   * @param expected of an expectation: all that is told since the one before, in any order
   * @param others whether more than that may have been told
   */
  public record Step(
      long atMs, int line, Kind kind, Reading reading, List<Expectation> expected, boolean others) {
    public Step {
      expected = List.copyOf(expected);
    }

    public static Step arrival(int line, Reading reading) {
      return new Step(reading.arrivalMs(), line, Kind.ARRIVAL, reading, List.of(), false);
    }

    public static Step input(long atMs, int line, boolean connected) {
      Kind kind = connected ? Kind.INPUT_BACK : Kind.INPUT_LOST;
      return new Step(atMs, line, kind, null, List.of(), false);
    }

    public static Step expect(long atMs, int line, List<Expectation> expected, boolean others) {
      return new Step(atMs, line, Kind.EXPECTATION, null, expected, others);
    }
  }

  /** {@code 12:30}, {@code 01:02:03.500}: a time as a test writes it, counted from the start. */
  public String clock(long epochMs) {
    long ms = epochMs - start.toEpochMilli();
    String sign = ms < 0 ? "-" : "";
    ms = Math.abs(ms);
    long hours = ms / 3_600_000;
    String text =
        (hours == 0 ? "" : String.format("%02d:", hours))
            + String.format("%02d:%02d", ms / 60_000 % 60, ms / 1000 % 60);
    return sign + text + (ms % 1000 == 0 ? "" : String.format(".%03d", ms % 1000));
  }
}
