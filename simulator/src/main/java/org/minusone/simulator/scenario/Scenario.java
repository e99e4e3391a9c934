package org.minusone.simulator.scenario;

import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.minusone.model.SensorId;

/**
 * What the sensors of a site report and when. The same setting and instants give the same reports
 * to the byte.
 */
public interface Scenario {
  String name();

  /**
   * What is published before ready, each sensor's oldest first; nothing in it is newer than {@code
   * now}.
   *
   * @param now when publishing begins
   */
  List<Report> before(Instant now);

  /**
   * What is published from ready on, in order of {@link Report#dueMs}, without end. Lazy: asking
   * for the next one computes it.
   *
   * @param zero the story's time zero: ready
   */
  Iterator<Report> from(Instant zero);

  /** What a watcher may look out for in the first cycle, by time; empty where nothing happens. */
  List<Planned> plan(Instant zero);

  /**
   * Something that will go wrong at a sensor.
   *
   * @param what in a word or two: {@code cooling fails}
   * @param limit that will be crossed, in the quantity's unit
   * @param onset when the disturbance begins
   * @param crossing when the limit is crossed, noise aside
   * @param remedy when it is put right
   */
  record Planned(
      SensorId sensor,
      String what,
      double limit,
      Instant onset,
      Instant crossing,
      Instant remedy) {}
}
