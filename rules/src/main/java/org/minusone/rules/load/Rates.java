package org.minusone.rules.load;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Speeds as they are written in a rule: {@code 4/min}, {@code 0.1/s}, {@code 2/5m}, {@code 30/h}.
 */
final class Rates {
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)\\s*/\\s*(\\d{1,4})?\\s*(s|m|min|h)");

  private Rates() {}

  /** In the quantity's unit per minute; empty, with a problem, unless it is one above 0. */
  static OptionalDouble perMinute(Value value) {
    String raw = value.raw().orElse("");
    Matcher form = FORM.matcher(raw);
    if (!form.matches()) {
      String found = raw.isEmpty() ? "" : ", not '" + raw + "'";
      value.error("'" + value.name() + "' must be a speed such as 4/min" + found);
      return OptionalDouble.empty();
    }
    double count = form.group(2) == null ? 1 : Double.parseDouble(form.group(2));
    double minutes =
        switch (form.group(3)) {
          case "s" -> count / 60;
          case "h" -> count * 60;
          default -> count;
        };
    // So that 0.1/s is 6/min, not 6.000000000000001.
    double speed = tidy(Double.parseDouble(form.group(1)) / minutes);
    if (!(speed > 0) || !Double.isFinite(speed)) {
      value.error("'" + value.name() + "' must be faster than 0, not '" + raw + "'");
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(speed);
  }

  private static double tidy(double speed) {
    return Double.isFinite(speed)
        ? new BigDecimal(speed).round(new MathContext(12)).doubleValue()
        : speed;
  }
}
