package org.minusone.rules.load;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The floors of a building as they are signed, {@code B2 B1 1 2 … 14}: there is no floor 0.
 *
 * @param lowest −1 for B1
 */
record Floors(int lowest, int highest) {
  private static final Pattern FLOOR = Pattern.compile("(B?)([1-9]\\d{0,2})");

  /** {@code B1..14}, or {@code 3} for a building of one storey that is signed so. */
  static Optional<Floors> parse(String text) {
    int dots = text.indexOf("..");
    Optional<Integer> from = floor(dots < 0 ? text : text.substring(0, dots));
    Optional<Integer> to = floor(dots < 0 ? text : text.substring(dots + 2));
    if (from.isEmpty() || to.isEmpty() || from.get() > to.get()) {
      return Optional.empty();
    }
    return Optional.of(new Floors(from.get(), to.get()));
  }

  boolean has(String floor) {
    return floor(floor).filter(f -> f >= lowest && f <= highest).isPresent();
  }

  private static Optional<Integer> floor(String text) {
    Matcher form = FLOOR.matcher(text.strip());
    if (!form.matches()) {
      return Optional.empty();
    }
    int number = Integer.parseInt(form.group(2));
    return Optional.of(form.group(1).isEmpty() ? number : -number);
  }

  @Override
  public String toString() {
    return sign(lowest) + ".." + sign(highest);
  }

  private static String sign(int floor) {
    return floor < 0 ? "B" + -floor : String.valueOf(floor);
  }
}
