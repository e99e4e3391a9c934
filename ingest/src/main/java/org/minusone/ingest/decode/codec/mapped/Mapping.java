package org.minusone.ingest.decode.codec.mapped;

import java.util.LinkedHashMap;
import java.util.Map;
import org.minusone.ingest.decode.codec.Options;

/**
 * The options of a mapped JSON codec.
 *
 * @param sensor where the sensor is named; null = its topic names it
 * @param sensorLevel which level of the topic, counted from 1, names it; 0 for none
 * @param time null where there is none
 * @param name where an entry says which quantity it is; null where each has its path
 * @param value where an entry of a {@code name} has its value
 * @param values how each quantity is written, by the sender's name for it
 * @param other how a quantity is written that is not in {@code values}; only with {@code name}
 * @param refusesEmpty whether an entry without any value is refused, or its sensor only heard
 */
record Mapping(
    Each each,
    Path sensor,
    int sensorLevel,
    Path time,
    TimeFormat timeFormat,
    Path name,
    Path value,
    Map<String, Measured> values,
    Measured other,
    boolean refusesEmpty) {
  private static final int MAX_VALUES = 256;

  static Mapping of(Options options) {
    options.only(
        "each",
        "sensor",
        "time",
        "time-format",
        "zone",
        "values",
        "name",
        "value",
        "unit",
        "empty");
    Each each = Each.of(options, "each");
    int depth = each.depth();
    Path name = Path.of(options, "name", depth);
    Path value = Path.of(options, "value", depth);
    if ((name == null) != (value == null)) {
      throw options.wrong(
          name == null ? "name" : "value",
          "name and value belong together: which quantity, and what it is");
    }
    if (name == null && options.has("unit")) {
      throw options.wrong("unit", "it belongs beside name and value; else within values");
    }
    for (String beside : new String[] {"time-format", "zone"}) {
      if (options.has(beside) && !options.has("time")) {
        throw options.wrong(beside, "there is no time that it would be of");
      }
    }
    Path unit = Path.of(options, "unit", depth);
    boolean topic = options.isMap("sensor");
    return new Mapping(
        each,
        topic ? null : Path.of(options, "sensor", depth),
        topic ? level(options.part("sensor").only("topic")) : 0,
        Path.of(options, "time", depth),
        TimeFormat.of(options),
        name,
        value,
        values(options, name != null, unit, depth),
        Measured.plain(value, unit),
        refusesEmpty(options));
  }

  private static int level(Options sensor) {
    double level = sensor.number("topic", 0);
    if (level < 1 || level > 64 || level % 1 != 0) {
      throw sensor.wrong("topic", "which level of the topic names the sensor, counted from 1");
    }
    return (int) level;
  }

  private static Map<String, Measured> values(
      Options options, boolean named, Path unit, int depth) {
    Options given = options.part("values");
    if (given.keys().isEmpty() && !named) {
      throw options.wrong(
          "values",
          "which path holds which quantity belongs here, such as {temperature: /t}; or name and"
              + " value for a list of those");
    }
    if (given.keys().size() > MAX_VALUES) {
      throw options.wrong("values", given.keys().size() + " quantities, limit " + MAX_VALUES);
    }
    Map<String, Measured> values = new LinkedHashMap<>();
    for (String quantity : given.keys()) {
      Measured measured = Measured.of(given, quantity, unit, depth);
      if ((measured.path() == null) != named) {
        throw given.wrong(
            quantity,
            named
                ? "its value is where the option value says, it has no path of its own"
                : "a path belongs here, such as /t or {path: /t, unit: °F}");
      }
      values.put(quantity, measured);
    }
    return values;
  }

  private static boolean refusesEmpty(Options options) {
    String empty = options.text("empty");
    if (empty == null || empty.equals("refuse")) {
      return true;
    }
    if (empty.equals("ignore")) {
      return false;
    }
    throw options.wrong("empty", "refuse or ignore belongs here, this is " + empty);
  }
}
