package org.minusone.model;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.Objects;

/**
 * What became of an entry of the topic {@code rejected} that was tried again; it stands on the same
 * topic, told from an entry by {@code kind}.
 *
 * @param kind always {@link #KIND}, and first in the JSON
 * @param entry the offset of what was tried again
 * @param at when, by the wall clock
 * @param by who asked for it
 * @param command the id of the command it answers
 * @param readings how many readings its message became this time; those that were taken the first
 *     time are duplicates
 * @param rejected how many readings of it were refused again, as entries of their own that name
 *     this one
 * @param refused why it could not be tried again, for a person; null where it was
 */
@JsonPropertyOrder({"kind", "entry"})
public record Retried(
    String kind,
    long entry,
    Instant at,
    String by,
    String command,
    int readings,
    int rejected,
    String refused) {
  public static final String KIND = "retried";

  public Retried {
    Objects.requireNonNull(at);
    Objects.requireNonNull(command);
  }

  /** One that went through today's decoder. */
  public static Retried done(
      long entry, Instant at, String by, String command, int readings, int rejected) {
    return new Retried(KIND, entry, at, by, command, readings, rejected, null);
  }

  /** One that cannot be decoded again. */
  public static Retried refused(long entry, Instant at, String by, String command, String why) {
    return new Retried(KIND, entry, at, by, command, 0, 0, why);
  }
}
