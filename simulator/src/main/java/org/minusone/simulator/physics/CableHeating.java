package org.minusone.simulator.physics;

/** The steady temperature of a loaded cable: losses, and so the rise, go with current squared. */
public final class CableHeating {
  /** Rise over ambient at rated current, in K (D; PVC is rated for 70 °C at 30 °C ambient, GK). */
  public static final double RATED_RISE_K = 35;

  private CableHeating() {}

  /**
   * Its steady temperature, °C.
   *
   * @param ambientC of the box, °C
   * @param loadPercent of rated current
   */
  public static double celsius(double ambientC, double loadPercent) {
    double share = loadPercent / 100;
    return ambientC + RATED_RISE_K * share * share;
  }
}
