package org.minusone.app.command;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people type them: {@code 90s}, {@code 5m}, {@code 1h30m}. */
final class Spans {
  private static final Pattern FORM =
      Pattern.compile("(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?");

  private Spans() {}

  static Duration parse(String text, String option) throws Problem {
    Matcher matcher = FORM.matcher(text);
    if (text.isEmpty() || text.length() > 20 || !matcher.matches()) {
      throw Problem.usage(option + " " + text + " is no duration: write 90s, 5m or 1h30m");
    }
    return Duration.ofDays(number(matcher.group(1)))
        .plusHours(number(matcher.group(2)))
        .plusMinutes(number(matcher.group(3)))
        .plusSeconds(number(matcher.group(4)));
  }

  private static long number(String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
