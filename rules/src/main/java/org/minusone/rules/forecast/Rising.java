package org.minusone.rules.forecast;

import org.minusone.model.Rule;

/**
 * What the methods have in common that follow a level and a slope: mirrored values that only rise,
 * the resting level, the pace of the readings, how much they scatter.
 */
abstract class Rising implements Forecaster {
  static final int LEVEL = 0;
  static final int SLOPE = 1;
  static final int REST = 2;
  static final int READINGS = 3;

  /** The interval observed lately, seconds. */
  static final int INTERVAL = 4;

  /** How far a reading lies from its prediction, lately. */
  static final int SCATTER = 5;

  /** Where a method's own doubles begin. */
  static final int OWN = 6;

  /** Two readings make a slope, the third confirms it (DOMAIN §7). */
  static final int MIN_READINGS = 3;

  /** Share of a new interval in the observed one (D): a few readings, and a new pace is known. */
  private static final double INTERVAL_GAIN = .3;

  /** Time in which the scatter is forgotten, in horizons (D). */
  private static final double SCATTER_SHARE = .2;

  /** A forewarning is over after four horizons (CONTRACTS §4): no crossing is told beyond. */
  private static final int FURTHEST = 4;

  final double sign;
  final double horizonS;
  final double[] limits;
  final RestingLevel resting;
  private final Rule.Stretch interval;

  Rising(Task task) {
    sign = task.sign();
    horizonS = task.horizonS();
    limits = task.mirroredLimits();
    resting = new RestingLevel(task);
    interval = task.interval() == null ? Rule.Stretch.NONE : task.interval();
  }

  @Override
  public int memorySize() {
    return OWN;
  }

  @Override
  public void start(double[] memory, double value) {
    double x = sign * value;
    memory[LEVEL] = x;
    memory[SLOPE] = 0;
    memory[REST] = resting.start(x);
    memory[READINGS] = 1;
    memory[INTERVAL] = 0;
    memory[SCATTER] = 0;
    begin(memory, x);
  }

  @Override
  public void update(double[] memory, double seconds, double value) {
    double x = sign * value;
    memory[INTERVAL] += (memory[READINGS] == 1 ? 1 : INTERVAL_GAIN) * (seconds - memory[INTERVAL]);
    double missed = StrictMath.abs(follow(memory, seconds, x));
    double gain = -StrictMath.expm1(-seconds / (SCATTER_SHARE * horizonS));
    memory[SCATTER] += gain * (missed - memory[SCATTER]);
    memory[REST] = resting.follow(memory[REST], memory[LEVEL], x, seconds);
    memory[READINGS]++;
  }

  @Override
  public boolean foresees(double[] memory, double value, int target, Outlook outlook) {
    outlook.clear();
    outlook.slopePerS = sign * memory[SLOPE];
    return looksAhead(memory, sign * value, target, outlook);
  }

  @Override
  public int readings(double[] memory) {
    return (int) memory[READINGS];
  }

  /** Begins a series, after what all have in common. */
  void begin(double[] memory, double x) {}

  /** Brings level and slope forward; returns by how much {@code x} missed the prediction. */
  abstract double follow(double[] memory, double seconds, double x);

  abstract boolean looksAhead(double[] memory, double x, int target, Outlook outlook);

  /**
   * Tells when: the interval stretched as calibrated, and nothing sooner than the next reading,
   * which is the first that can show it.
   */
  void tell(double[] memory, double low, double middle, double high, Outlook outlook) {
    double next = memory[INTERVAL];
    double furthest = StrictMath.max(FURTHEST * horizonS, next);
    outlook.etaS = StrictMath.min(furthest, StrictMath.max(next, middle));
    outlook.etaLowS = StrictMath.min(outlook.etaS, StrictMath.max(next, low) * interval.low());
    outlook.etaHighS =
        StrictMath.max(outlook.etaS, StrictMath.min(furthest, high * interval.high()));
  }

  static double logistic(double z) {
    return 1 / (1 + StrictMath.exp(-z));
  }

  static double logit(double probability) {
    return StrictMath.log(probability / (1 - probability));
  }
}
