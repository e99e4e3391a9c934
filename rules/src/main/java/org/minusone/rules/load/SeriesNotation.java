package org.minusone.rules.load;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minusone.model.Quantity;

/**
 * Values one after another, in promtool's words: {@code 26+0.4x20} is 26, 26.4 … 34 (21 values),
 * {@code 30x5} is six times 30, {@code _} and {@code _x3} are gaps, {@code fire} and {@code
 * normalx2} words; {@code every 30s} at the end says how far apart.
 */
final class SeriesNotation {
  /** A test of more is no test that a person reads. */
  private static final int MOST = 1_000_000;

  private static final Pattern EVERY = Pattern.compile("(.*?)\\s+every\\s+(\\S+)\\s*");
  private static final Pattern TIMES = Pattern.compile("(.+?)x(\\d{1,9})");
  private static final String NUMBER = "[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d{1,2})?";
  private static final Pattern STEPS =
      Pattern.compile("(" + NUMBER + ")(?:([-+](?:\\d+\\.?\\d*|\\.\\d+)))?");

  private SeriesNotation() {}

  /**
   * @param values numbers as they are written, words, null for a gap
   * @param every null where nothing is said
   */
  record Series(List<String> values, Duration every) {}

  /** Empty once why is among the problems. */
  static Optional<Series> read(Value value, Quantity quantity) {
    Optional<String> raw = value.text();
    if (raw.isEmpty()) {
      return Optional.empty();
    }
    String tokens = raw.get();
    Duration every = null;
    Matcher tail = EVERY.matcher(tokens);
    if (tail.matches()) {
      tokens = tail.group(1);
      Optional<Duration> said = Durations.parse(tail.group(2)).filter(d -> !d.isZero());
      if (said.isEmpty()) {
        value.error("'every' wants a duration such as 30s, not '" + tail.group(2) + "'");
        return Optional.empty();
      }
      every = said.get();
    }
    List<String> values = new ArrayList<>();
    for (String token : tokens.strip().split("\\s+")) {
      if (!token(value, quantity, token, values)) {
        return Optional.empty();
      }
    }
    return Optional.of(new Series(values, every));
  }

  private static boolean token(Value value, Quantity quantity, String token, List<String> out) {
    Matcher times = TIMES.matcher(token);
    String base = token;
    int more = 0;
    if (times.matches()) {
      base = times.group(1);
      more = Integer.parseInt(times.group(2));
    }
    boolean gap = base.equals("_");
    // As promtool has it: a gap's count is its length, a value's how often it is repeated.
    int count = gap && more > 0 ? more : more + 1;
    if (out.size() + (long) count > MOST) {
      value.error("more than " + MOST + " values");
      return false;
    }
    if (gap) {
      for (int i = 0; i < count; i++) {
        out.add(null);
      }
      return true;
    }
    if (quantity.isWord()) {
      if (!quantity.words().contains(base)) {
        value.error(Value.unknown("word of " + quantity.id(), base, quantity.words()));
        return false;
      }
      for (int i = 0; i < count; i++) {
        out.add(base);
      }
      return true;
    }
    Matcher steps = STEPS.matcher(base);
    if (!steps.matches() || steps.group(2) != null && more == 0) {
      value.error(
          "'" + token + "' is no value of " + quantity.id() + ": write 26, 26+0.4x20, 30x5 or _");
      return false;
    }
    // As decimals: a reading of 27.2 is 27.2, not 27.200000000000003.
    BigDecimal first = new BigDecimal(steps.group(1));
    BigDecimal step = steps.group(2) == null ? BigDecimal.ZERO : new BigDecimal(steps.group(2));
    for (int i = 0; i < count; i++) {
      out.add(first.add(step.multiply(BigDecimal.valueOf(i))).toString());
    }
    return true;
  }
}
