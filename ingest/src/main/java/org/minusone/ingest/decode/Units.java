package org.minusone.ingest.decode;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.minusone.model.Calibration;
import org.minusone.model.Quantity;

/**
 * From the units that senders use to those of our quantities. Names are those of SenML (RFC 8428,
 * RFC 8798), UCUM and of everyday; upper and lower case count ({@code mA} is no {@code MA}).
 */
public final class Units {
  private static final MathContext DIGITS = new MathContext(12);

  /** {@code value · scale + offset} is in the quantity's unit. */
  public record Conversion(double scale, double offset) {
    static final Conversion SAME = new Conversion(1, 0);

    public double of(double value) {
      return value * scale + offset;
    }
  }

  private static final Map<Quantity, Map<String, Conversion>> KNOWN = new EnumMap<>(Quantity.class);

  static {
    temperature();
    for (Quantity percent :
        new Quantity[] {Quantity.LEVEL, Quantity.LOAD, Quantity.BATTERY, Quantity.HUMIDITY}) {
      scaled(percent, 1, "%");
      scaled(percent, 100, "/", "1");
    }
    scaled(Quantity.HUMIDITY, 1, "%RH");
    scaled(Quantity.BATTERY, 1, "%EL");
    scaled(Quantity.GAS, 1, "%LEL", "%");
    scaled(Quantity.DEPTH, 1, "cm");
    scaled(Quantity.DEPTH, 0.1, "mm");
    scaled(Quantity.DEPTH, 100, "m");
    scaled(Quantity.DEPTH, 2.54, "inch", "inches", "in", "[in_i]");
    scaled(Quantity.DEPTH, 30.48, "ft", "[ft_i]");
    scaled(Quantity.PRESSURE, 1, "MPa");
    scaled(Quantity.PRESSURE, 1e-6, "Pa");
    scaled(Quantity.PRESSURE, 1e-4, "hPa", "mbar");
    scaled(Quantity.PRESSURE, 1e-3, "kPa");
    scaled(Quantity.PRESSURE, 0.1, "bar");
    // 1 lbf/in² and 1 kgf/cm², by definition of the pound, the inch and standard gravity.
    scaled(Quantity.PRESSURE, 0.006_894_757_293_168, "psi", "[psi]");
    scaled(Quantity.PRESSURE, 0.098_066_5, "kgf/cm2", "kgf/cm²");
    // Metres of water at 4 °C, conventional.
    scaled(Quantity.PRESSURE, 0.009_806_65, "mH2O", "m[H2O]");
    scaled(Quantity.VOLTAGE, 1, "V");
    scaled(Quantity.VOLTAGE, 1e-3, "mV");
    scaled(Quantity.VOLTAGE, 1e3, "kV");
    scaled(Quantity.CURRENT, 1, "A");
    scaled(Quantity.CURRENT, 1e-3, "mA");
    scaled(Quantity.RESIDUAL_CURRENT, 1, "mA");
    scaled(Quantity.RESIDUAL_CURRENT, 1e3, "A");
    scaled(Quantity.RESIDUAL_CURRENT, 1e-3, "uA", "µA");
    scaled(Quantity.OBSCURATION, 1, "dB/m", "dB m-1");
    scaled(Quantity.ARC, 1, "half-cycles/s", "1/s", "Hz");
  }

  private Units() {}

  private static void temperature() {
    scaled(Quantity.TEMPERATURE, 1, "°C", "℃", "Cel", "degC", "C");
    put(Quantity.TEMPERATURE, new Conversion(1, -273.15), "K");
    // (F − 32) · 5/9
    put(
        Quantity.TEMPERATURE,
        new Conversion(5.0 / 9, -160.0 / 9),
        "°F",
        "℉",
        "F",
        "degF",
        "[degF]",
        "Far");
  }

  private static void scaled(Quantity quantity, double scale, String... names) {
    put(quantity, scale == 1 ? Conversion.SAME : new Conversion(scale, 0), names);
  }

  private static void put(Quantity quantity, Conversion conversion, String... names) {
    Map<String, Conversion> units = KNOWN.computeIfAbsent(quantity, q -> new LinkedHashMap<>());
    for (String name : names) {
      units.put(name, conversion);
    }
  }

  /** From {@code unit} to the quantity's own; empty where we know none. */
  public static Optional<Conversion> conversion(Quantity quantity, String unit) {
    return Optional.ofNullable(KNOWN.getOrDefault(quantity, Map.of()).get(unit));
  }

  /** The units we convert from, the quantity's own first; empty for a mode or state. */
  public static Collection<String> known(Quantity quantity) {
    return KNOWN.getOrDefault(quantity, Map.of()).keySet();
  }

  /**
   * A value as its sensor sent it in our unit, calibrated. To 12 significant digits, more than any
   * instrument has: what binary fractions leave behind (86 °F as 29.999999999999996 °C) must not
   * miss a limit.
   *
   * @param conversion null = it came in our unit
   * @param calibration null = none
   */
  public static double inOurs(double value, Conversion conversion, Calibration calibration) {
    double own = conversion == null ? value : conversion.of(value);
    if (calibration != null) {
      own = own * calibration.scale() + calibration.offset();
    }
    return own == value || !Double.isFinite(own)
        ? own
        : new BigDecimal(own).round(DIGITS).doubleValue();
  }
}
