package org.minusone.bench.foresight;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.minusone.model.Family;
import org.minusone.model.Quantity;

/**
 * What is asked of readings of a quantity (units of {@link Quantity}).
 *
 * @param limits the table's rows
 * @param more further limits, for honesty only
 * @param openEndIsFalse no for fire tests, whose recording stops while the room burns
 */
record Kind(
    String name,
    Quantity quantity,
    List<Double> limits,
    List<Double> more,
    Duration horizon,
    double deadband,
    boolean openEndIsFalse) {

  private static final Kind FLOOD =
      new Kind(
          "flood",
          Quantity.DEPTH,
          List.of(10.0, 15.0, 27.0),
          List.of(),
          Duration.ofMinutes(15),
          2,
          true);
  private static final Kind HEAT =
      new Kind(
          "heat",
          Quantity.TEMPERATURE,
          List.of(40.0, 45.0, 50.0, 54.0, 60.0, 65.0, 70.0, 75.0, 80.0),
          List.of(55.0),
          Duration.ofSeconds(60),
          0,
          false);
  private static final Kind SMOKE =
      new Kind(
          "smoke", Quantity.OBSCURATION, List.of(1.0), List.of(), Duration.ofSeconds(30), 0, true);
  private static final Kind VOLTAGE =
      new Kind(
          "voltage", Quantity.VOLTAGE, List.of(248.0), List.of(), Duration.ofMinutes(15), 0, true);
  private static final Kind STORE =
      new Kind(
          "store", Quantity.TEMPERATURE, List.of(30.0), List.of(), Duration.ofMinutes(15), 1, true);
  private static final Kind CABLE =
      new Kind(
          "cable",
          Quantity.TEMPERATURE,
          List.of(60.0, 70.0),
          List.of(),
          Duration.ofMinutes(15),
          3,
          true);
  private static final Kind DAMP =
      new Kind(
          "damp", Quantity.HUMIDITY, List.of(80.0), List.of(), Duration.ofMinutes(15), 3, true);

  /** Empty for what nothing is asked of. */
  static Optional<Kind> of(Family family, Quantity quantity) {
    return switch (quantity) {
      case DEPTH -> Optional.of(FLOOD);
      case OBSCURATION -> Optional.of(SMOKE);
      case VOLTAGE -> Optional.of(VOLTAGE);
      case HUMIDITY -> Optional.of(DAMP);
      case TEMPERATURE ->
          switch (family) {
            case HAZMAT_STORAGE -> Optional.of(STORE);
            case ELECTRICAL -> Optional.of(CABLE);
            case FIRE_FACILITY, SMOKE, FLOOD_POINT -> Optional.of(HEAT);
          };
      case RESIDUAL_CURRENT, CURRENT, LOAD, ARC, PRESSURE, LEVEL, PUMP_MODE, GAS, BATTERY, STATE ->
          Optional.empty();
    };
  }

  boolean isHeat() {
    return this == HEAT;
  }

  /** The limits whose forewarnings are pooled to judge intervals and probabilities. */
  List<Double> judged() {
    return isHeat() ? List.of(40.0, 45.0, 50.0, 55.0, 60.0, 65.0, 70.0, 75.0, 80.0) : limits;
  }

  List<Double> all() {
    return java.util.stream.Stream.concat(limits.stream(), more.stream()).sorted().toList();
  }
}
