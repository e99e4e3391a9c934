package org.minusone.rules.report;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Numbers as text that every JDK writes alike: {@code Double.toString} differs between 17 and 19.
 */
final class Decimals {
  private static final int DIGITS = 6;

  private Decimals() {}

  /** With at most so many decimals, no trailing zeros; {@code –} for what is no number. */
  static String text(double value, int decimals) {
    BigDecimal rounded = of(value, decimals);
    return rounded == null ? "–" : minus(rounded.toPlainString());
  }

  /** For a program: null for what is no number. */
  static BigDecimal of(double value) {
    return of(value, DIGITS);
  }

  private static BigDecimal of(double value, int decimals) {
    if (!Double.isFinite(value)) {
      return null;
    }
    BigDecimal rounded =
        new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }

  /** {@code 43 %}. */
  static String percent(double share) {
    return percent(share, 0);
  }

  static String percent(double share, int decimals) {
    return Double.isFinite(share) ? text(share * 100, decimals) + " %" : "–";
  }

  /** {@code 8 min 40 s}, {@code 45 s}, {@code 2 h 5 min}. */
  static String span(double seconds) {
    if (!Double.isFinite(seconds)) {
      return "–";
    }
    long s = Math.round(seconds);
    if (s < 120) {
      return s + " s";
    }
    if (s < 7200) {
      return s / 60 + " min" + (s % 60 == 0 ? "" : " " + s % 60 + " s");
    }
    return s < 172_800
        ? s / 3600 + " h" + (s / 60 % 60 == 0 ? "" : " " + s / 60 % 60 + " min")
        : text(s / 86_400.0, 1) + " d";
  }

  /** Digits in threes, {@code 101 582}. */
  static String count(long n) {
    String digits = Long.toString(n);
    StringBuilder grouped = new StringBuilder();
    for (int i = 0; i < digits.length(); i++) {
      if (i > 0 && (digits.length() - i) % 3 == 0 && digits.charAt(i - 1) != '-') {
        grouped.append('\u202f');
      }
      grouped.append(digits.charAt(i));
    }
    return grouped.toString();
  }

  private static String minus(String text) {
    return text.startsWith("-") ? "\u2212" + text.substring(1) : text;
  }
}
