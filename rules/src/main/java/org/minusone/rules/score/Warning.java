package org.minusone.rules.score;

import org.minusone.model.SensorId;

/**
 * One forewarning.
 *
 * @param atMs when it was given
 * @param etaLowS low end of the 80 % interval, seconds from {@code atMs}; null where none was given
 * @param etaHighS its high end
 * @param probability as it was given; null where none was
 */
public record Warning(
    SensorId sensor, long atMs, Double etaLowS, Double etaHighS, Double probability) {
  boolean hasInterval() {
    return etaLowS != null && etaHighS != null;
  }

  boolean holds(double leadS) {
    return etaLowS <= leadS && leadS <= etaHighS;
  }
}
