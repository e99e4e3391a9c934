package org.minusone.simulator.physics;

/**
 * A disturbance above the calm value that builds up, stays and is put right: from {@code remedyS}
 * on, whatever has built up dies away with {@code recoveryS}.
 *
 * @param buildUp rise above calm by seconds since onset
 * @param remedyS seconds after onset at which somebody puts it right
 * @param recoveryS time constant of the return
 */
public record Episodic(BuildUp buildUp, double remedyS, double recoveryS) {
  /** Rise above calm by seconds since onset. */
  @FunctionalInterface
  public interface BuildUp {
    double at(double seconds);
  }

  /** Rise above calm {@code seconds} after onset; 0 before. */
  public double at(double seconds) {
    if (seconds <= 0) {
      return 0;
    }
    if (seconds <= remedyS) {
      return buildUp.at(seconds);
    }
    return new FirstOrder(buildUp.at(remedyS), 0, recoveryS).at(seconds - remedyS);
  }
}
