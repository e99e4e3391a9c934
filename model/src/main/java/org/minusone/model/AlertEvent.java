package org.minusone.model;

import java.time.Instant;

/**
 * One thing that happened to an alert, with the alert as it is after it: a reader needs no fold of
 * its own.
 *
 * @param id {@code alert id#revision}; the same when announced again, so readers drop a revision
 *     they have
 * @param at wall time at which it was decided
 * @param time event time of what caused it; for a command, the wall time at which it was given
 * @param signal what caused it; null for a command
 * @param command its idempotency key, in the last of the events it brought about; null for a signal
 * @param by who gave the command; null for a signal
 * @param note a comment's or message's text, why a command was refused, why a crew declined, which
 *     delivery is to be made again; null otherwise
 * @param arrivalMs when the reading behind it arrived, epoch ms; 0 for a command
 * @param job the id of the job it is about; null otherwise
 */
public record AlertEvent(
    String id,
    AlertEventKind kind,
    Instant at,
    Instant time,
    Signal signal,
    String command,
    String by,
    String note,
    long arrivalMs,
    Alert alert,
    String job) {
  /** One of several that a command brought about, not the last. */
  public AlertEvent withoutCommand() {
    return new AlertEvent(id, kind, at, time, signal, null, by, note, arrivalMs, alert, job);
  }
}
