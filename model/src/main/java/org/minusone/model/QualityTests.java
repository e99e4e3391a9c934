package org.minusone.model;

import java.time.Duration;
import java.util.Objects;

/**
 * By which QARTOD tests a quantity's readings are judged (US IOOS, Water Level manual v2.1). A test
 * that is null is not made; a limit that is null never gives its flag. Sizes are in the quantity's
 * unit.
 */
public record QualityTests(
    GrossRange grossRange,
    Spike spike,
    RateOfChange rateOfChange,
    FlatLine flatLine,
    AttenuatedSignal attenuatedSignal,
    Gap gap) {

  /** None at all. */
  public static final QualityTests NONE = new QualityTests(null, null, null, null, null, null);

  /** Both ends belong to it. */
  public record Span(double low, double high) {
    public Span {
      if (!(low <= high)) {
        throw new IllegalArgumentException("a span from " + low + " to " + high);
      }
    }

    public boolean contains(double value) {
      return value >= low && value <= high;
    }
  }

  /** Outside {@code fail} it fails, outside {@code suspect} it is suspect. */
  public record GrossRange(Span fail, Span suspect) {}

  /** A reading that stands out from both its neighbours. */
  public record Spike(Double suspect, Double fail, SpikeMethod method) {
    public Spike {
      Objects.requireNonNull(method);
    }
  }

  /** How far a reading stands out. */
  public enum SpikeMethod {
    /** From the mean of its neighbours: a step counts by half as well. */
    AVERAGE,
    /** The smaller of the ways there and back; a step never does. */
    DIFFERENTIAL
  }

  /**
   * A change within {@code per}. What moves towards danger is suspect at most ("of high interest"):
   * it must still raise.
   */
  public record RateOfChange(Double suspect, Double fail, Duration per) {}

  /**
   * For so long within less than {@code tolerance}.
   *
   * @param resting where the quantity may stay for ever: a dry street; null = nowhere
   */
  public record FlatLine(Duration suspect, Duration fail, double tolerance, Span resting) {}

  /**
   * Over {@code period} it varies less than it should.
   *
   * @param minReadings with fewer in the period it is not evaluated
   * @param resting as for {@link FlatLine}
   */
  public record AttenuatedSignal(
      double suspect, double fail, Duration period, int minReadings, Spread spread, Span resting) {
    public AttenuatedSignal {
      Objects.requireNonNull(spread);
    }
  }

  /** How variation is measured. */
  public enum Spread {
    STANDARD_DEVIATION,
    RANGE
  }

  /** So long after the reading before. */
  public record Gap(Duration suspect, Duration fail) {}
}
