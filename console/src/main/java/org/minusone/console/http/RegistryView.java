package org.minusone.console.http;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.minusone.model.Quantity;
import org.minusone.model.Sensor;

/** What the registry has written down about a sensor; null where it has not. */
record RegistryView(
    String gateway,
    List<String> aliases,
    List<CalibrationView> calibrations,
    String model,
    LocalDate installed,
    String battery,
    LocalDate batteryReplaced) {

  /**
   * @param unit what the sensor sends; null = the quantity's own
   */
  record CalibrationView(Quantity quantity, String unit, double scale, double offset) {}

  static RegistryView of(Sensor sensor) {
    return new RegistryView(
        sensor.gateway(),
        sensor.aliases().stream().sorted().toList(),
        sensor.calibrations().entrySet().stream()
            .map(
                one ->
                    new CalibrationView(
                        one.getKey(),
                        one.getValue().unit(),
                        one.getValue().scale(),
                        one.getValue().offset()))
            .sorted(Comparator.comparing(CalibrationView::quantity))
            .toList(),
        sensor.equipment().model(),
        sensor.equipment().installed(),
        sensor.equipment().battery(),
        sensor.equipment().batteryReplaced());
  }
}
