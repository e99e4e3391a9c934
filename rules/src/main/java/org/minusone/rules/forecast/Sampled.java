package org.minusone.rules.forecast;

/**
 * What one sensor reported, in order of time.
 *
 * @param timesMs strictly increasing
 * @param values as many
 */
public record Sampled(long[] timesMs, double[] values) {
  private static final long GAP_MS = 3_600_000;

  public Sampled {
    if (timesMs.length != values.length) {
      throw new IllegalArgumentException(timesMs.length + " times, " + values.length + " values");
    }
  }

  /** Sees each reading once it was taken in. */
  public interface Visitor {
    void at(int reading, double[] memory);
  }

  /** Feeds all of it to {@code forecaster}, afresh after a gap as the evaluator does. */
  public void walk(Forecaster forecaster, Visitor visitor) {
    double[] memory = new double[forecaster.memorySize()];
    for (int i = 0; i < timesMs.length; i++) {
      if (i == 0 || timesMs[i] - timesMs[i - 1] > GAP_MS) {
        forecaster.start(memory, values[i]);
      } else {
        forecaster.update(memory, (timesMs[i] - timesMs[i - 1]) / 1000.0, values[i]);
      }
      visitor.at(i, memory);
    }
  }

  /** For each reading whether {@code limit} is crossed (from below) within the next seconds. */
  public boolean[] crossesWithin(double horizonS, double limit, double sign) {
    boolean[] crosses = new boolean[values.length];
    long next = Long.MAX_VALUE;
    for (int i = values.length - 1; i >= 0; i--) {
      if (i + 1 < values.length && timesMs[i + 1] - timesMs[i] > GAP_MS) {
        next = Long.MAX_VALUE;
      }
      crosses[i] = next != Long.MAX_VALUE && next - timesMs[i] <= horizonS * 1000;
      if (sign * values[i] >= sign * limit) {
        next = timesMs[i];
      }
    }
    return crosses;
  }
}
