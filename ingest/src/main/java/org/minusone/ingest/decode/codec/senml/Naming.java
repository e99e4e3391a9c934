package org.minusone.ingest.decode.codec.senml;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.minusone.ingest.decode.codec.Options;

/**
 * How the name of a record becomes a sensor and a quantity.
 *
 * <ul>
 *   <li>Option {@code name}, an expression for the whole name: its group {@code sensor}, else the
 *       topic's sensor; its group {@code quantity}, else by unit.
 *   <li>Option {@code quantity-by-unit}: the whole name is the sensor, the unit says the quantity;
 *       a record without a unit is split as without the option.
 *   <li>Otherwise the name is split at its last {@code /} or {@code :}. On a sensor's own topic
 *       what stands before it counts for nothing: the topic says which sensor speaks.
 * </ul>
 */
final class Naming {
  private static final String NAME = "name";
  private static final String BY_UNIT = "quantity-by-unit";
  private static final String SENSOR = "sensor";
  private static final String QUANTITY = "quantity";

  /** Looks at the characters of one name, and of all names of a message. */
  private static final int LOOKS = 20_000;

  static final int LOOKS_A_MESSAGE = 1_000_000;

  /** What the units of RFC 8428 mean in a name that does not say; metres may be anything. */
  private static final Map<String, String> UNITS =
      Map.of(
          "Cel", "temperature",
          "K", "temperature",
          "%RH", "humidity",
          "%EL", "battery",
          "V", "voltage",
          "A", "current",
          "Pa", "pressure");

  /**
   * What a name means.
   *
   * @param sensor null = the one the topic names
   * @param problem why it means nothing; null otherwise
   */
  record Target(String sensor, String quantity, String problem) {
    private static Target none(String problem) {
      return new Target(null, null, problem);
    }
  }

  private final Pattern pattern;
  private final boolean saysSensor;
  private final boolean saysQuantity;
  private final Map<String, String> byUnit;

  private Naming(Pattern pattern, Map<String, String> byUnit) {
    this.pattern = pattern;
    this.saysSensor = pattern != null && hasGroup(pattern, SENSOR);
    this.saysQuantity = pattern != null && hasGroup(pattern, QUANTITY);
    this.byUnit = byUnit;
  }

  static Naming of(Options options) {
    Map<String, String> byUnit = null;
    Object units = options.raw(BY_UNIT);
    if (Boolean.TRUE.equals(units)) {
      byUnit = UNITS;
    } else if (units != null && !Boolean.FALSE.equals(units)) {
      if (!options.isMap(BY_UNIT)) {
        throw options.wrong(
            BY_UNIT, "true, or a map of units such as {Cel: temperature}, belongs here");
      }
      byUnit = new HashMap<>(options.texts(BY_UNIT));
    }
    String expression = options.text(NAME);
    if (expression == null) {
      return new Naming(null, byUnit);
    }
    Pattern pattern;
    try {
      pattern = Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      throw options.wrong(
          NAME, "not a regular expression: " + e.getDescription() + " at " + e.getIndex());
    }
    if (!hasGroup(pattern, QUANTITY) && byUnit == null) {
      throw options.wrong(
          NAME,
          "it needs a group (?<quantity>…), or quantity-by-unit beside it; a group (?<sensor>…)"
              + " says which sensor");
    }
    return new Naming(pattern, byUnit);
  }

  private static boolean hasGroup(Pattern pattern, String group) {
    return pattern.pattern().contains("(?<" + group + ">");
  }

  /**
   * @param unit null without one
   * @param own whether the topic names the sensor
   */
  Target of(String name, String unit, boolean own, CountedText.Looks looks) {
    if (pattern != null) {
      return byPattern(name, unit, looks);
    }
    if (byUnit != null && unit != null) {
      return new Target(own ? null : whole(name), byUnit.getOrDefault(unit, unit), null);
    }
    int cut = Math.max(name.lastIndexOf('/'), name.lastIndexOf(':'));
    String quantity = name.substring(cut + 1);
    if (quantity.isEmpty() || (cut < 0 && !own)) {
      return Target.none(
          "the name does not say which "
              + (quantity.isEmpty() ? "quantity" : "sensor or which quantity")
              + (byUnit == null
                  ? "; H-07/temperature would, or the option quantity-by-unit"
                  : ", and there is no unit that would"));
    }
    return new Target(own ? null : name.substring(0, cut), quantity, null);
  }

  private Target byPattern(String name, String unit, CountedText.Looks looks) {
    Matcher matcher = pattern.matcher(new CountedText(name, LOOKS, looks));
    boolean matches;
    try {
      matches = matcher.matches();
    } catch (CountedText.UsedUp e) {
      return Target.none("the option name takes too many steps on it: write it with less choice");
    }
    if (!matches) {
      return Target.none("the name does not match the option name, " + pattern.pattern());
    }
    String quantity = saysQuantity ? matcher.group(QUANTITY) : null;
    if (quantity == null || quantity.isEmpty()) {
      if (byUnit == null || unit == null) {
        return Target.none("neither its name nor a unit says which quantity");
      }
      quantity = byUnit.getOrDefault(unit, unit);
    }
    String sensor = saysSensor ? matcher.group(SENSOR) : null;
    return new Target(sensor == null || sensor.isEmpty() ? null : sensor, quantity, null);
  }

  /** A base name that was left to stand alone may still end in its separator. */
  private static String whole(String name) {
    int end = name.length();
    while (end > 1 && (name.charAt(end - 1) == ':' || name.charAt(end - 1) == '/')) {
      end--;
    }
    return name.substring(0, end);
  }
}
