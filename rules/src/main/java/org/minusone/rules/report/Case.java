package org.minusone.rules.report;

import java.util.List;
import org.minusone.model.Level;
import org.minusone.model.Reading;
import org.minusone.model.SensorId;
import org.minusone.model.Signal;

/**
 * Something to look at: a stretch of one sensor's series with what was said about it.
 *
 * @param atMs what it is about: the crossing, the warning, the start of the alarm
 * @param lastsS of a false warning or an alarm; {@code NaN} for a crossing
 * @param level and {@code limit} it is about
 * @param readings within the stretch, in order of time
 * @param signals of the rule at the sensor within the stretch, in order
 */
public record Case(
    Kind kind,
    SensorId sensor,
    Level level,
    double limit,
    long atMs,
    double lastsS,
    long fromMs,
    long toMs,
    List<Reading> readings,
    List<Signal> signals) {
  public enum Kind {
    MISSED,
    FALSE_WARNING,
    LONGEST
  }
}
