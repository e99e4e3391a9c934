package org.minusone.simulator.physics;

/**
 * What an urban village draws over the day: little at night, some at breakfast and noon, most in
 * the evening (D).
 *
 * @param basePercent of rated current, at night
 * @param eveningPercent what the evening adds at its height
 */
public record LoadCycle(double basePercent, double eveningPercent) {
  /** Load in percent of rated at that local hour. */
  public double percentAt(double localHour) {
    return basePercent
        + eveningPercent
            * (hump(localHour, 20, 3)
                + 0.55 * hump(localHour, 12.5, 2)
                + 0.4 * hump(localHour, 7.5, 1.5));
  }

  private static double hump(double hour, double centre, double width) {
    double away = Math.abs(hour - centre);
    double x = Math.min(away, 24 - away) / width;
    return StrictMath.exp(-x * x / 2);
  }
}
