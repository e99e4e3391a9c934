package org.minusone.ingest.decode.codec.mapped;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Pattern;
import org.minusone.ingest.decode.StrictJson;
import org.minusone.ingest.decode.codec.Options;
import org.minusone.ingest.decode.codec.Timeline;

/**
 * How one quantity is written.
 *
 * @param path null where name and value tell which is which
 * @param unit null where only {@code unitPath} may say
 * @param unitPath null where only {@code unit} may say
 * @param scale times the number, plus {@code offset}, is the value in {@code unit}
 * @param words what is written → our word; empty if it is a number
 */
record Measured(
    Path path, String unit, Path unitPath, double scale, double offset, Map<String, String> words) {
  private static final Pattern DECIMAL = Pattern.compile("-?\\d{0,30}\\.?\\d{1,30}");

  /** As it stands there. */
  static Measured plain(Path path, Path unitPath) {
    return new Measured(path, null, unitPath, 1, 0, Map.of());
  }

  /**
   * @param unitPath where the entry says its unit; null where it does not
   * @param depth as for {@link Path#of}
   */
  static Measured of(Options values, String quantity, Path unitPath, int depth) {
    if (!values.isMap(quantity)) {
      return plain(Path.of(values, quantity, depth), unitPath);
    }
    Options options = values.part(quantity).only("path", "unit", "scale", "offset", "words");
    Path itsUnitPath = unitPath;
    String unit = null;
    if (options.isMap("unit")) {
      itsUnitPath = Path.of(options.part("unit").only("path"), "path", depth);
    } else {
      unit = options.text("unit");
    }
    if (options.has("words") && (options.has("scale") || options.has("offset"))) {
      throw options.wrong("words", "a word has no scale and no offset");
    }
    double scale = options.number("scale", 1);
    if (scale == 0) {
      throw options.wrong("scale", "0 would make every value the same");
    }
    return new Measured(
        Path.of(options, "path", depth),
        unit,
        itsUnitPath,
        scale,
        options.number("offset", 0),
        options.texts("words"));
  }

  /**
   * Puts a value on the timeline.
   *
   * @param value neither missing nor an entry's absence
   */
  void tell(
      Place entry, String sensor, long timeMs, String quantity, JsonNode value, Timeline out) {
    if (value.isNull() || value.isContainerNode()) {
      out.neither(sensor, timeMs, quantity, StrictJson.brief(value));
    } else if (!words.isEmpty()) {
      String written = written(value);
      out.word(sensor, timeMs, quantity, words.getOrDefault(written, written));
    } else if (value.isNumber()) {
      out.number(sensor, timeMs, quantity, scaled(value.doubleValue()), unit(entry));
    } else if (value.isTextual() && DECIMAL.matcher(value.textValue().strip()).matches()) {
      double number = Double.parseDouble(value.textValue().strip());
      out.number(sensor, timeMs, quantity, scaled(number), unit(entry));
    } else {
      out.word(sensor, timeMs, quantity, value.asText());
    }
  }

  /** In decimals: 3 times 0.1 is 0.3. */
  private double scaled(double number) {
    if ((scale == 1 && offset == 0) || !Double.isFinite(number)) {
      return number;
    }
    return BigDecimal.valueOf(number)
        .multiply(BigDecimal.valueOf(scale))
        .add(BigDecimal.valueOf(offset))
        .doubleValue();
  }

  private String unit(Place entry) {
    if (unitPath == null) {
      return unit;
    }
    JsonNode said = unitPath.find(entry);
    return said.isTextual() && !said.textValue().isBlank() ? said.textValue().strip() : unit;
  }

  /** {@code 1} for 1.0, as a person writes it in the options. */
  private static String written(JsonNode value) {
    if (value.isFloatingPointNumber()) {
      double number = value.doubleValue();
      return number == Math.rint(number) && Math.abs(number) < 1e15
          ? Long.toString((long) number)
          : Double.toString(number);
    }
    return value.asText().strip();
  }
}
