package org.minusone.rules.forecast;

import java.time.Duration;

/**
 * Holt's level and slope in continuous time, the slope damped, opened by a gate (DOMAIN §7):
 *
 * <pre>
 * a = 1 − e^(−dt/τl)   c = 1 − e^(−dt/τb)   p = l + b·dt   l' = p + a(v − p)   b += c((l' − l)/dt − b)
 * foreseen if  l + b·φ(1 − e^(−H/φ)) ≥ L,  the gate is open,  3 readings were seen
 * eta = −φ ln(1 − (L − l)/(bφ)),  80 % interval eta × .57 … 1.96
 * </pre>
 *
 * <p>Constants scale with the horizon H: τl = 40/900 H, τb = 600/900 H, φ = H (fitted at H = 900 s
 * and one reading a minute). They are times, not counts, so they scale with the observed interval
 * by themselves: the longer it is the more each reading weighs, and beyond τl the level is the
 * reading. Speeding the slope up further where few readings fit into the horizon was tried on
 * street floods thinned to one reading in 3 and in 5 minutes: recall .77 for .76 and .68 for .68 at
 * less precision, so it was left out. A step between two readings cannot be foreseen at any
 * setting.
 */
final class GatedDampedHolt implements Forecaster {
  static final String METHOD = "gated-damped-holt";

  private static final int MIN_READINGS = 3;
  private static final double LOW = .57;
  private static final double HIGH = 1.96;

  private static final int LEVEL = 0;
  private static final int SLOPE = 1;
  private static final int REST = 2;
  private static final int READINGS = 3;

  private final double sign;
  private final double horizonS;
  private final double levelS;
  private final double slopeS;
  private final double reach;
  private final double[] limits;
  private final RestingLevel resting;
  private final Duration withdrawAfter;

  GatedDampedHolt(Task task) {
    sign = task.sign();
    horizonS = task.horizonS();
    levelS = 40.0 / 900 * horizonS;
    slopeS = 600.0 / 900 * horizonS;
    reach = horizonS * -StrictMath.expm1(-1);
    limits = task.limits().clone();
    resting = new RestingLevel(task);
    withdrawAfter = task.horizon().multipliedBy(2);
    for (int i = 0; i < limits.length; i++) {
      limits[i] *= sign;
    }
  }

  @Override
  public String method() {
    return METHOD;
  }

  @Override
  public int memorySize() {
    return 4;
  }

  @Override
  public void start(double[] memory, double value) {
    double x = sign * value;
    memory[LEVEL] = x;
    memory[SLOPE] = 0;
    memory[REST] = resting.start(x);
    memory[READINGS] = 1;
  }

  @Override
  public void update(double[] memory, double seconds, double value) {
    double x = sign * value;
    double level = memory[LEVEL];
    double predicted = level + memory[SLOPE] * seconds;
    double next = predicted + -StrictMath.expm1(-seconds / levelS) * (x - predicted);
    double gain = -StrictMath.expm1(-seconds / slopeS);
    memory[SLOPE] += gain * ((next - level) / seconds - memory[SLOPE]);
    memory[LEVEL] = next;
    memory[REST] = resting.follow(memory[REST], next, seconds);
    memory[READINGS]++;
  }

  @Override
  public boolean foresees(double[] memory, double value, int target, Outlook outlook) {
    outlook.clear();
    double slope = memory[SLOPE];
    outlook.slopePerS = sign * slope;
    double limit = limits[target];
    double left = limit - memory[LEVEL];
    if (memory[READINGS] < MIN_READINGS
        || slope * reach < left
        || slope <= 0
        || !resting.opens(memory[REST], sign * value, limit)) {
      return false;
    }
    double eta = left <= 0 ? 0 : -horizonS * StrictMath.log1p(-left / (slope * horizonS));
    outlook.etaS = eta;
    outlook.etaLowS = eta * LOW;
    outlook.etaHighS = eta * HIGH;
    return true;
  }

  @Override
  public int readings(double[] memory) {
    return (int) memory[READINGS];
  }

  @Override
  public Duration withdrawAfter() {
    return withdrawAfter;
  }
}
