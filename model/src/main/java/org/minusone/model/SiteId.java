package org.minusone.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A site ({@code fubao}) or a run of one ({@code fubao@r17}): a replay, a simulation or a trial
 * with state, ids and series of its own.
 */
public record SiteId(@JsonValue String value) implements Comparable<SiteId> {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}(@[a-z0-9-]{1,32})?");

  /**
   * @throws IllegalArgumentException unless {@code value} is {@code site} or {@code site@run} in
   *     lower case
   */
  @JsonCreator
  public SiteId {
    if (value == null || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a site id: " + value);
    }
  }

  /** Whether {@code text} would make a site id. */
  public static boolean isValid(String text) {
    return text != null && FORM.matcher(text).matches();
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
