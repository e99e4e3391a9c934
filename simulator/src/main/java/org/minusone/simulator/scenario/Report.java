package org.minusone.simulator.scenario;

import java.util.List;
import java.util.Objects;
import org.minusone.model.Family;
import org.minusone.model.SensorId;

/** What one sensor publishes at once: one PUBLISH, one or several samples, oldest first. */
public record Report(SensorId sensor, Family family, List<Sample> samples) {
  public Report {
    Objects.requireNonNull(sensor);
    Objects.requireNonNull(family);
    samples = List.copyOf(samples);
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("a report without a sample: " + sensor);
    }
  }

  /** When it is due: the time of its newest sample, epoch milliseconds. */
  public long dueMs() {
    return samples.get(samples.size() - 1).timeMs();
  }

  /** How many readings it carries: one for each value. */
  public int readings() {
    int readings = 0;
    for (Sample sample : samples) {
      readings += sample.values().size();
    }
    return readings;
  }
}
