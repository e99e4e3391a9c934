package org.minusone.simulator.physics;

/**
 * A cooled store whose two units fail one after the other. The first stops at 0: the air at the
 * sensor leaves the cold stream within seconds and settles just below the limit, held there by the
 * second unit, which now runs overloaded and trips {@value #SECOND_UNIT_TRIPS_S} s later. Time is
 * condensed: a real store takes the better part of an hour for this (D).
 *
 * <p>Why this shape: damped Holt with a level constant of 40 s and a trend constant of 600 s sees a
 * rise only once its slow level has gone half of the way to the limit (FOUND.md, "Forecast by
 * hand"). A straight rise would be over the limit first. A rise that goes {@value #FIRST_SHARE} of
 * the way at once and waits there is seen after 35 s, long before it crosses.
 */
public final class FailedCooling implements Episodic.BuildUp {
  /** Share of the way to the limit that the first failure goes (D). */
  static final double FIRST_SHARE = 0.95;

  /** Mixing time of the air at the sensor, seconds (D). */
  static final double MIXING_S = 4;

  /** When the overloaded second unit trips, seconds after the first (D). */
  static final double SECOND_UNIT_TRIPS_S = 76;

  /** How far past the limit the store would settle without any cooling, in K (D). */
  static final double OVERSHOOT_K = 1.8;

  private final FirstOrder first;
  private final FirstOrder second;

  /**
   * @param wayK from calm to the limit, in K
   * @param crossesAfterS when the limit is crossed, seconds after the first failure; later than
   *     {@value #SECOND_UNIT_TRIPS_S}
   */
  public FailedCooling(double wayK, double crossesAfterS) {
    double plateau = FIRST_SHARE * wayK;
    first = new FirstOrder(0, plateau, MIXING_S);
    second =
        FirstOrder.through(
            0,
            wayK - plateau + OVERSHOOT_K,
            wayK - first.at(crossesAfterS),
            crossesAfterS - SECOND_UNIT_TRIPS_S);
  }

  @Override
  public double at(double seconds) {
    return first.at(seconds) + second.at(seconds - SECOND_UNIT_TRIPS_S);
  }
}
