package org.minusone.alerting.notify;

import java.time.Duration;
import java.time.Instant;
import org.minusone.model.AlertEvent;

/**
 * What becomes of a delivery (DESIGN §5.7).
 *
 * <pre>
 * state                | what                             | then
 * ---------------------+----------------------------------+--------------------------------------
 * PLANNED, WAITING     | its time has come                | ATTEMPTING, recorded before it is sent
 * ATTEMPTING           | the service took it              | ACCEPTED
 * ATTEMPTING           | never will                       | REFUSED
 * ATTEMPTING           | may later, within the patience   | WAITING, after backoff
 * ATTEMPTING           | may later, past the patience     | GIVEN_UP
 * ATTEMPTING           | its outcome was lost in a crash  | WAITING, at once, possibly twice
 * ATTEMPTING           | handed over before it was sent   | WAITING, at once
 * HELD                 | a summary tells it               | SUMMARISED
 * REFUSED, GIVEN_UP    | a person wants it sent again     | PLANNED, attempts and patience anew
 * what is not over yet | a person wants it sent again     | the same: it is being sent
 * ACCEPTED, SUMMARISED | a person wants it sent again     | the same: it was told
 * </pre>
 *
 * <p>Backoff doubles from one second to five minutes, with full jitter: many that failed together
 * do not come back together. What the service asks for ({@code Retry-After}) is the least.
 */
public final class DeliveryLifecycle {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int MOST_DOUBLINGS = 12;

  private DeliveryLifecycle() {}

  public static boolean isDue(Delivery d, Instant now) {
    return (d.state() == DeliveryState.PLANNED || d.state() == DeliveryState.WAITING)
        && !d.nextAt().isAfter(now);
  }

  public static Delivery attempting(Delivery d) {
    return d.with(DeliveryState.ATTEMPTING, d.attempts() + 1, d.possiblyTwice(), null, d.error());
  }

  /**
   * @param jitter 0 to 1, drawn anew each time
   * @param patience from its plan, or since it was asked for again, until it is given up
   */
  public static Delivery after(
      Delivery d, Outcome outcome, Instant now, double jitter, Duration patience) {
    return switch (outcome.kind()) {
      case ACCEPTED -> d.over(DeliveryState.ACCEPTED, null, now);
      case PERMANENT -> d.over(DeliveryState.REFUSED, outcome.detail(), now);
      case RECOVERABLE -> {
        Instant next = now.plus(backoff(d.attempts(), outcome.retryAfter(), jitter));
        yield next.isAfter(d.since().plus(patience))
            ? d.over(DeliveryState.GIVEN_UP, outcome.detail(), now)
            : d.with(
                DeliveryState.WAITING, d.attempts(), d.possiblyTwice(), next, outcome.detail());
      }
    };
  }

  /** Recorded as begun, but not sent: it does not count as an attempt. */
  public static Delivery notBegun(Delivery d, Instant now) {
    return d.with(DeliveryState.WAITING, d.attempts() - 1, d.possiblyTwice(), now, d.error());
  }

  /**
   * After a person wanted it sent again.
   *
   * @param resend the event; each counts once, however often it is read
   * @return {@code d} itself where it changes nothing
   */
  public static Delivery asked(Delivery d, AlertEvent resend, Instant now) {
    boolean told = d.state() == DeliveryState.ACCEPTED || d.state() == DeliveryState.SUMMARISED;
    return told || d.isAskedForBy(resend) ? d : d.askedForAgain(resend, d.state().isFailed(), now);
  }

  /** As it is read from the topic by who takes over. */
  public static Delivery recovered(Delivery d, Instant now) {
    return d.state() == DeliveryState.ATTEMPTING
        ? d.with(DeliveryState.WAITING, d.attempts(), true, now, "its outcome was lost")
        : d;
  }

  private static Duration backoff(int attempts, Duration asked, double jitter) {
    long doubled = FIRST.toMillis() << Math.min(Math.max(0, attempts - 1), MOST_DOUBLINGS);
    long most = Math.min(doubled, LONGEST.toMillis());
    Duration drawn = Duration.ofMillis((long) (most * jitter));
    return asked == null || asked.compareTo(drawn) < 0 ? drawn : asked;
  }
}
