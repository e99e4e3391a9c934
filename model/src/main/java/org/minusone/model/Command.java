package org.minusone.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
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
 * @param note a comment's or message's text, why it is shelved or declined; null otherwise
 * @param entries offsets on the topic {@code rejected} that are to be tried again, at most {@link
 *     #MOST_ENTRIES}; null otherwise
 * @param details what only some kinds have; null where none of it
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
    List<Long> entries,
    Details details) {
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

  /**
   * @param job the id of the job it is about; of {@link Kind#DISPATCH} the one to be reassigned,
   *     null = a new one
   * @param crew who is to be sent; null = as the route says
   * @param member who of the crew; null = whoever is next
   * @param until wall time at which shelving ends; of {@link Kind#SEEN} when the last word on
   *     display was said
   * @param eta until the crew is there, as it says; null where it does not
   * @param report of {@link Kind#RESOLVE}
   * @param delivery of {@link Kind#RESEND}: the id of the one that failed
   */
  public record Details(
      String job,
      String crew,
      String member,
      Instant until,
      Duration eta,
      Job.Report report,
      String delivery) {
    public static final Details NONE = new Details(null, null, null, null, null, null);

    /** About an alert or its jobs. */
    public Details(
        String job, String crew, String member, Instant until, Duration eta, Job.Report report) {
      this(job, crew, member, until, eta, report, null);
    }

    /** The same of a job, in the name of a crew; null where the centre speaks. */
    public Details of(String itsJob, String itsCrew, String itsMember) {
      return new Details(itsJob, itsCrew, itsMember, until, eta, report, delivery);
    }

    public static Details until(Instant end) {
      return new Details(null, null, null, end, null, null);
    }

    public static Details ofJob(String job) {
      return new Details(job, null, null, null, null, null);
    }

    public static Details ofDelivery(String delivery) {
      return new Details(null, null, null, null, null, null, delivery);
    }

    public static Details to(String crew, String member) {
      return new Details(null, crew, member, null, null, null);
    }
  }

  /** What only some kinds have; never null. */
  @JsonIgnore
  public Details more() {
    return details == null ? Details.NONE : details;
  }

  /** One to an alert that needs no details. */
  public Command(
      String id,
      Kind kind,
      SiteId site,
      String alert,
      String by,
      Role role,
      Instant at,
      String note) {
    this(id, kind, site, alert, by, role, at, note, null, null);
  }

  /** One to decode again what was rejected. */
  public static Command retry(
      String id, SiteId site, String by, Role role, Instant at, List<Long> entries) {
    return new Command(id, Kind.RETRY, site, "", by, role, at, null, entries, null);
  }

  public enum Kind {
    ACKNOWLEDGE,
    COMMENT,
    SHELVE,
    UNSHELVE,
    RESET,
    DISPATCH,
    ACCEPT,
    DECLINE,
    EN_ROUTE,
    ARRIVE,
    RESOLVE,
    MESSAGE,
    /** What the other side had said until {@link Details#until} was on display. */
    SEEN,
    /** Make a delivery that failed once more. */
    RESEND,
    /** Alerting to itself: something is due by {@code at}. On the topic, so that it is replayed. */
    DUE,
    /** To ingest: decode entries of the quarantine again. */
    RETRY;

    /** Whether it is about an alert or its jobs, and so for alerting to follow. */
    public boolean isToAlert() {
      return this != RETRY;
    }

    /** Whether it is about one job. */
    public boolean isToJob() {
      return switch (this) {
        case ACCEPT, DECLINE, EN_ROUTE, ARRIVE, RESOLVE, MESSAGE, SEEN -> true;
        case ACKNOWLEDGE, COMMENT, SHELVE, UNSHELVE, RESET, DISPATCH, RESEND, DUE, RETRY -> false;
      };
    }

    /** As in URLs and on the topic: {@code en-route}. */
    @JsonValue
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @JsonCreator
    public static Kind of(String id) {
      return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }
}
