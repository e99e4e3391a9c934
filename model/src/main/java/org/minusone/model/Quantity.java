package org.minusone.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What is measured, with its unit and the widest range an instrument of its kind reports. A value
 * outside that range is a fault of the instrument, not of the place (QARTOD gross range, fail). The
 * ranges are our own defaults (D).
 */
public enum Quantity {
  DEPTH("depth", "cm", -5, 1000),
  RESIDUAL_CURRENT("residual-current", "mA", 0, 10_000),
  TEMPERATURE("temperature", "°C", -60, 1200),
  VOLTAGE("voltage", "V", 0, 1000),
  CURRENT("current", "A", 0, 5000),
  LOAD("load", "%", 0, 1000),
  ARC("arc", "half-cycles/s", 0, 200),
  PRESSURE("pressure", "MPa", -0.1, 10),
  LEVEL("level", "%", -5, 150),
  PUMP_MODE("pump-mode", List.of("auto", "manual", "off", "fault")),
  HUMIDITY("humidity", "%", 0, 105),
  GAS("gas", "%LEL", -5, 200),
  OBSCURATION("obscuration", "dB/m", -1, 100),
  BATTERY("battery", "%", 0, 100),
  STATE(
      "state",
      List.of(
          "normal",
          "fire",
          "fault",
          "removed",
          "low-battery",
          "contaminated",
          "silenced",
          "test",
          "offline"));

  /**
   * The word of {@link #STATE} by which a gateway says that a sensor's line is down. It is no sign
   * of life: rules take the sensor for silent at once.
   */
  public static final String OFFLINE_WORD = "offline";

  private final String id;
  private final String unit;
  private final double lowest;
  private final double highest;
  private final List<String> words;

  Quantity(String id, String unit, double lowest, double highest) {
    this.id = id;
    this.unit = unit;
    this.lowest = lowest;
    this.highest = highest;
    this.words = List.of();
  }

  Quantity(String id, List<String> words) {
    this.id = id;
    this.unit = "";
    this.lowest = Double.NaN;
    this.highest = Double.NaN;
    this.words = words;
  }

  /** The word used in payloads, rules, tags and URLs. */
  @JsonValue
  public String id() {
    return id;
  }

  /** The unit of its values; empty for a mode or state. */
  public String unit() {
    return unit;
  }

  /** Whether its value is a word (a mode or a state) rather than a number. */
  public boolean isWord() {
    return !words.isEmpty();
  }

  /** The words it may take; empty for a number. */
  public List<String> words() {
    return words;
  }

  public double lowest() {
    return lowest;
  }

  public double highest() {
    return highest;
  }

  /**
   * Gross range test: {@link QualityFlag#FAIL} outside what an instrument of this kind can report.
   */
  public QualityFlag grossRange(double value) {
    return value >= lowest && value <= highest ? QualityFlag.PASS : QualityFlag.FAIL;
  }

  public static Optional<Quantity> find(String id) {
    return Arrays.stream(values()).filter(q -> q.id.equals(id)).findFirst();
  }

  /**
   * @throws IllegalArgumentException for a word that names no quantity
   */
  @JsonCreator
  public static Quantity of(String id) {
    return find(id).orElseThrow(() -> new IllegalArgumentException("no such quantity: " + id));
  }
}
