package org.minusone.alerting.notify;

import java.time.Duration;

/**
 * What an attempt came to.
 *
 * @param detail for a person; null when accepted
 * @param retryAfter what the service asked for; null where it did not
 */
public record Outcome(Kind kind, String detail, Duration retryAfter) {
  public enum Kind {
    /** The service took it. */
    ACCEPTED,
    /** It may go through later: no connection, no answer, too much at once, trouble over there. */
    RECOVERABLE,
    /** It never will as it is: not allowed, not understood, no such address. */
    PERMANENT
  }

  public static final Outcome ACCEPTED = new Outcome(Kind.ACCEPTED, null, null);

  public static Outcome later(String why) {
    return new Outcome(Kind.RECOVERABLE, why, null);
  }

  public static Outcome later(String why, Duration after) {
    return new Outcome(Kind.RECOVERABLE, why, after);
  }

  public static Outcome never(String why) {
    return new Outcome(Kind.PERMANENT, why, null);
  }
}
