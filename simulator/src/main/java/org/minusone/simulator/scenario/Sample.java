package org.minusone.simulator.scenario;

import java.util.List;

/**
 * What a sensor measured at one instant.
 *
 * @param timeMs epoch milliseconds
 * @param values at most one for each quantity
 */
public record Sample(long timeMs, List<Value> values) {
  public Sample {
    values = List.copyOf(values);
  }
}
