package org.minusone.rules.forecast;

import java.time.Duration;
import java.util.List;
import org.minusone.model.Quantity;

/** The methods there are, by name. */
public final class Forecasters {
  private Forecasters() {}

  /** All names, the plainest first. */
  public static List<String> names() {
    return List.of(
        StaticPreLimit.METHOD,
        LinearRegression.METHOD,
        Holt.METHOD,
        DampedHolt.METHOD,
        GatedDampedHolt.METHOD,
        ThreeTrends.METHOD,
        TSquared.METHOD,
        Kalman.METHOD);
  }

  /** The method of a rule on {@code quantity} that names none (CONTRACTS §4). */
  public static String usual(Quantity quantity) {
    return switch (quantity) {
      case DEPTH -> ThreeTrends.METHOD;
      case TEMPERATURE -> TSquared.METHOD;
      case OBSCURATION, HUMIDITY -> Holt.METHOD;
      case RESIDUAL_CURRENT,
          VOLTAGE,
          CURRENT,
          LOAD,
          ARC,
          PRESSURE,
          LEVEL,
          PUMP_MODE,
          GAS,
          BATTERY,
          STATE ->
          StaticPreLimit.METHOD;
    };
  }

  /** Whether {@code probability:} moves the point from which the method announces a crossing. */
  public static boolean hasOperatingPoint(String method) {
    return List.of(ThreeTrends.METHOD, TSquared.METHOD, Kalman.METHOD).contains(method);
  }

  /** How long the threat must be gone before {@code method} takes a forewarning back. */
  public static Duration withdrawAfter(String method, Duration horizon) {
    return of(
            method,
            new Task(
                Quantity.DEPTH, org.minusone.model.Rule.Direction.ABOVE, new double[] {1}, horizon))
        .withdrawAfter();
  }

  /**
   * @param method one of {@link #names()}; null = the quantity's usual one
   * @throws IllegalArgumentException for another name
   */
  public static Forecaster of(String method, Task task) {
    return switch (method == null ? usual(task.quantity()) : method) {
      case StaticPreLimit.METHOD -> new StaticPreLimit(task);
      case LinearRegression.METHOD -> new LinearRegression(task);
      case Holt.METHOD -> new Holt(task);
      case DampedHolt.METHOD -> new DampedHolt(task);
      case GatedDampedHolt.METHOD -> new GatedDampedHolt(task);
      case ThreeTrends.METHOD -> new ThreeTrends(task, TrendWeights.STREETS);
      case TSquared.METHOD -> new TSquared(task, RiseWeights.FIRES);
      case Kalman.METHOD -> new Kalman(task);
      default ->
          throw new IllegalArgumentException(
              "no such forecast method: " + method + "; there are " + String.join(", ", names()));
    };
  }

  /**
   * Three trends with constants other than a rule's, to score them on what those were fitted on.
   */
  public static Forecaster threeTrends(Task task, TrendWeights weights) {
    return new ThreeTrends(task, weights);
  }

  /** As {@link #threeTrends}, t². */
  public static Forecaster tSquared(Task task, RiseWeights weights) {
    return new TSquared(task, weights);
  }
}
