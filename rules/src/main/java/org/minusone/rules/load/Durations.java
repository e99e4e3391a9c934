package org.minusone.rules.load;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Prometheus writes them: {@code 90s}, {@code 15m}, {@code 1h30m}, {@code 0s}. */
public final class Durations {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(\\d{1,9})w)?(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?"
              + "(?:(\\d{1,9})ms)?");
  private static final long[] UNIT_MS = {604_800_000, 86_400_000, 3_600_000, 60_000, 1000, 1};

  private Durations() {}

  /** Empty unless {@code text} is such a duration; the units come largest first, each once. */
  public static Optional<Duration> parse(String text) {
    if (text.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    Matcher form = FORM.matcher(text);
    if (text.isEmpty() || !form.matches()) {
      return Optional.empty();
    }
    long millis = 0;
    for (int i = 0; i < UNIT_MS.length; i++) {
      String count = form.group(i + 1);
      millis += count == null ? 0 : Long.parseLong(count) * UNIT_MS[i];
    }
    return Optional.of(Duration.ofMillis(millis));
  }

  /** As it is written in a rule: {@code 1h30m}. */
  static String text(Duration duration) {
    String iso = duration.toString().substring(1);
    return iso.replaceFirst("T", "").toLowerCase(java.util.Locale.ROOT);
  }
}
