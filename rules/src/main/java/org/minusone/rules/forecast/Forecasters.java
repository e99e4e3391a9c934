package org.minusone.rules.forecast;

import java.util.List;

/** The methods there are, by name. */
public final class Forecasters {
  /** What a rule gets that names none. */
  public static final String DEFAULT = GatedDampedHolt.METHOD;

  private Forecasters() {}

  /** All names, the default first. */
  public static List<String> names() {
    return List.of(GatedDampedHolt.METHOD, StaticPreLimit.METHOD);
  }

  /**
   * @param method one of {@link #names()}; null = the default
   * @throws IllegalArgumentException for another name
   */
  public static Forecaster of(String method, Task task) {
    if (method == null || method.equals(GatedDampedHolt.METHOD)) {
      return new GatedDampedHolt(task);
    }
    if (method.equals(StaticPreLimit.METHOD)) {
      return new StaticPreLimit(task);
    }
    throw new IllegalArgumentException(
        "no such forecast method: " + method + "; there are " + String.join(", ", names()));
  }
}
