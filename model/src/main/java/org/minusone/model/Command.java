package org.minusone.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/**
 * What somebody asked to be done with an alert.
 *
 * @param id the idempotency key; the outcome event carries it
 * @param by the person's name or the token's
 * @param at wall time at which it was given
 * @param note a comment's text; null otherwise
 */
public record Command(
    String id,
    Kind kind,
    SiteId site,
    String alert,
    String by,
    Role role,
    Instant at,
    String note) {
  public Command {
    Objects.requireNonNull(id);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(site);
    Objects.requireNonNull(alert);
    Objects.requireNonNull(by);
    Objects.requireNonNull(at);
  }

  public enum Kind {
    ACKNOWLEDGE,
    COMMENT;

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
