package org.minusone.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What somebody asked to be done: with an alert, or with what was rejected.
 *
 * @param id the idempotency key; the outcome carries it
 * @param alert its id; empty for {@link Kind#RETRY}
 * @param by the person's name or the token's
 * @param at wall time at which it was given
 * @param note a comment's text; null otherwise
 * @param entries offsets on the topic {@code rejected} that are to be tried again, at most {@link
 *     #MOST_ENTRIES}; null otherwise
 */
public record Command(
    String id,
    Kind kind,
    SiteId site,
    String alert,
    String by,
    Role role,
    Instant at,
    String note,
    List<Long> entries) {
  /** More are given as several commands, so that each stays a small record. */
  public static final int MOST_ENTRIES = 1_000;

  public Command {
    Objects.requireNonNull(id);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(site);
    Objects.requireNonNull(alert);
    Objects.requireNonNull(by);
    Objects.requireNonNull(at);
    entries = entries == null ? null : List.copyOf(entries);
  }

  /** One to an alert. */
  public Command(
      String id,
      Kind kind,
      SiteId site,
      String alert,
      String by,
      Role role,
      Instant at,
      String note) {
    this(id, kind, site, alert, by, role, at, note, null);
  }

  /** One to decode again what was rejected. */
  public static Command retry(
      String id, SiteId site, String by, Role role, Instant at, List<Long> entries) {
    return new Command(id, Kind.RETRY, site, "", by, role, at, null, entries);
  }

  public enum Kind {
    ACKNOWLEDGE,
    COMMENT,
    /** To ingest: decode entries of the quarantine again. */
    RETRY;

    /** Whether it is about an alert, and so for alerting to follow. */
    public boolean isToAlert() {
      return switch (this) {
        case ACKNOWLEDGE, COMMENT -> true;
        case RETRY -> false;
      };
    }

    @JsonValue
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static Kind of(String id) {
      return valueOf(id.toUpperCase(Locale.ROOT));
    }
  }
}
