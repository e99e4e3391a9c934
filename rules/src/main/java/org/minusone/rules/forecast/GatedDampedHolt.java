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
 * and one reading a minute). They are times, not counts, so a longer interval gives each reading
 * more weight by itself, and beyond τl the level is the reading. Speeding the slope up further
 * where few readings fit into the horizon was tried on street floods thinned to one reading in 3
 * and in 5 minutes: recall .77 for .76 and .68 for .68 at less precision, so it was left out.
 *
 * <p>A sensor that reports many times faster than the horizon's fit supposes does so because things
 * move fast (a family's reporting in alarm), and its readings average the noise sooner: τb is at
 * most {@value #READINGS_OF_SLOPE} observed intervals (D), τl keeps its share of τb. At one reading
 * a minute and H = 900 s nothing changes. A step between two readings cannot be foreseen at any
 * setting.
 */
final class GatedDampedHolt implements Forecaster {
  static final String METHOD = "gated-damped-holt";

  private static final int MIN_READINGS = 3;
  private static final double LEVEL_SHARE = 40.0 / 600;
  private static final double LOW = .57;
  private static final double HIGH = 1.96;

  private static final int LEVEL = 0;
  private static final int SLOPE = 1;
  private static final int REST = 2;
  private static final int READINGS = 3;

  /** The interval observed lately, seconds. */
  private static final int INTERVAL = 4;

  /** D. */
  private static final double READINGS_OF_SLOPE = 30;

  /** Share of a new interval in the observed one (D): a few readings, and a new pace is known. */
  private static final double INTERVAL_GAIN = .3;

  private final double sign;
  private final double horizonS;
  private final double slopeS;
  private final double reach;
  private final double[] limits;
  private final RestingLevel resting;
  private final Duration withdrawAfter;

  GatedDampedHolt(Task task) {
    sign = task.sign();
    horizonS = task.horizonS();
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
    return 5;
  }

  @Override
  public void start(double[] memory, double value) {
    double x = sign * value;
    memory[LEVEL] = x;
    memory[SLOPE] = 0;
    memory[REST] = resting.start(x);
    memory[READINGS] = 1;
    memory[INTERVAL] = 0;
  }

  @Override
  public void update(double[] memory, double seconds, double value) {
    double x = sign * value;
    double level = memory[LEVEL];
    memory[INTERVAL] += (memory[READINGS] == 1 ? 1 : INTERVAL_GAIN) * (seconds - memory[INTERVAL]);
    double paceS = StrictMath.min(slopeS, READINGS_OF_SLOPE * memory[INTERVAL]);
    double predicted = level + memory[SLOPE] * seconds;
    double next = predicted + -StrictMath.expm1(-seconds / (LEVEL_SHARE * paceS)) * (x - predicted);
    double gain = -StrictMath.expm1(-seconds / paceS);
    memory[SLOPE] += gain * ((next - level) / seconds - memory[SLOPE]);
    memory[LEVEL] = next;
    memory[REST] = resting.follow(memory[REST], next, x, seconds);
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
