package org.minusone.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/**
 * A site ({@code fubao}) or a run of one ({@code fubao@r17}): a replay, a simulation or a trial
 * with state, ids and series of its own.
 */
public record SiteId(@JsonValue String value) implements Comparable<SiteId> {
  private static final int LONGEST = 64;
  private static final int LONGEST_RUN = 32;

  /**
   * @throws IllegalArgumentException unless {@code value} is {@code site} or {@code site@run} in
   *     lower case
   */
  @JsonCreator
  public SiteId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not a site id: " + value);
    }
  }

  /**
   * Whether {@code text} would make a site id: {@code [a-z0-9][a-z0-9-]{0,63}(@[a-z0-9-]{1,32})?}.
   * By hand, because every reading asks several times.
   */
  public static boolean isValid(String text) {
    if (text == null || text.isEmpty() || text.charAt(0) == '-') {
      return false;
    }
    int at = text.indexOf('@');
    int end = at < 0 ? text.length() : at;
    if (end == 0 || end > LONGEST || !isPlain(text, 0, end)) {
      return false;
    }
    int run = text.length() - end - 1;
    return at < 0 || run >= 1 && run <= LONGEST_RUN && isPlain(text, end + 1, text.length());
  }

  private static boolean isPlain(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-')) {
        return false;
      }
    }
    return true;
  }

  public boolean isRun() {
    return value.indexOf('@') >= 0;
  }

  /** The site whose rules and registry apply: itself, or the part before {@code @}. */
  public SiteId base() {
    int at = value.indexOf('@');
    return at < 0 ? this : new SiteId(value.substring(0, at));
  }

  /** The run's name, empty for a site itself. */
  public Optional<String> run() {
    int at = value.indexOf('@');
    return at < 0 ? Optional.empty() : Optional.of(value.substring(at + 1));
  }

  public SiteId withRun(String run) {
    return new SiteId(base().value + "@" + run);
  }

  @Override
  public int compareTo(SiteId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
