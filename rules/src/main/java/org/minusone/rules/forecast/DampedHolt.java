package org.minusone.rules.forecast;

import java.time.Duration;

/**
 * Holt's trend, the slope damped: foreseen if {@code l + b·φ(1 − e^(−H/φ)) ≥ L}. Constants of
 * DOMAIN §7 (τ 60/600 s, φ 1800 s at H = 900 s), scaled with the horizon; one confirmation, no
 * gate.
 */
final class DampedHolt extends Rising {
  static final String METHOD = "damped-holt";

  private static final double LEVEL_SHARE = 60.0 / 900;
  private static final double SLOPE_SHARE = 600.0 / 900;
  private static final double DAMPING = 2;
  private static final double LOW = .57;
  private static final double HIGH = 1.96;

  /** How many readings in a row foresaw it, one double a target. */
  private static final int SEEN = OWN;

  private final double dampingS;

  DampedHolt(Task task) {
    super(task);
    dampingS = DAMPING * horizonS;
  }

  @Override
  public String method() {
    return METHOD;
  }

  @Override
  public int memorySize() {
    return SEEN + limits.length;
  }

  @Override
  void begin(double[] memory, double x) {
    for (int i = 0; i < limits.length; i++) {
      memory[SEEN + i] = 0;
    }
  }

  @Override
  double follow(double[] memory, double seconds, double x) {
    double missed =
        Trend.follow(memory, LEVEL, seconds, x, LEVEL_SHARE * horizonS, SLOPE_SHARE * horizonS);
    for (int i = 0; i < limits.length; i++) {
      memory[SEEN + i] = threatens(memory, i) ? memory[SEEN + i] + 1 : 0;
    }
    return missed;
  }

  private boolean threatens(double[] memory, int target) {
    double reach = dampingS * -StrictMath.expm1(-horizonS / dampingS);
    return memory[SLOPE] > 0 && memory[LEVEL] + memory[SLOPE] * reach >= limits[target];
  }

  @Override
  boolean looksAhead(double[] memory, double x, int target, Outlook outlook) {
    if (memory[SEEN + target] < 2) {
      return false;
    }
    double left = limits[target] - memory[LEVEL];
    double eta = left <= 0 ? 0 : -dampingS * StrictMath.log1p(-left / (memory[SLOPE] * dampingS));
    tell(memory, eta * LOW, eta, eta * HIGH, outlook);
    return true;
  }

  @Override
  public Duration withdrawAfter() {
    return Duration.ZERO;
  }
}
