package org.minusone.rules.forecast;

import java.time.Duration;

/**
 * A pre-limit at 80 % of the way from rest to the limit: what a plain panel does, and the ruler for
 * the others. It says neither when nor how likely.
 */
final class StaticPreLimit implements Forecaster {
  static final String METHOD = "static";

  /** DOMAIN §7, first row. */
  private static final double SHARE = .8;

  private static final int REST = 0;
  private static final int READINGS = 1;

  private final double sign;
  private final double[] limits;
  private final RestingLevel resting;

  StaticPreLimit(Task task) {
    sign = task.sign();
    limits = task.limits().clone();
    resting = new RestingLevel(task);
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
    return 2;
  }

  @Override
  public void start(double[] memory, double value) {
    memory[REST] = resting.start(sign * value);
    memory[READINGS] = 1;
  }

  @Override
  public void update(double[] memory, double seconds, double value) {
    memory[REST] = resting.follow(memory[REST], sign * value, sign * value, seconds);
    memory[READINGS]++;
  }

  @Override
  public boolean foresees(double[] memory, double value, int target, Outlook outlook) {
    outlook.clear();
    double x = sign * value;
    return memory[REST] < limits[target] && resting.isPast(SHARE, memory[REST], x, limits[target]);
  }

  @Override
  public int readings(double[] memory) {
    return (int) memory[READINGS];
  }

  @Override
  public Duration withdrawAfter() {
    return Duration.ZERO;
  }
}
