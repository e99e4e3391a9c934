package org.minusone.model;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A crew's errand for an alert, as of the alert's last event. Where to go, how bad it is and what
 * to do stand in the alert. All times are wall times.
 *
 * @param id {@code alert id~1}, {@code ~2} …: safe in a URL
 * @param preventive whether it was opened by a forewarning: nothing has been crossed yet
 * @param crew who is asked, or does it; null while {@link JobState#UNASSIGNED}
 * @param member who of the crew; null where the whole crew is asked
 * @param phone of the member; null where none is known
 * @param checklist what to look at, one thing an entry; empty where the rule has none
 * @param dispatchedBy a person's name, or the rule's
 * @param expectedArrivalAt as the crew said, else as estimated; null where neither
 * @param dueAt when the next step is overdue; null where nothing more is waited for
 * @param overdue how many of its deadlines have passed
 * @param toldAt when the centre told the crew something last: that it is asked, or a message; null
 *     while {@link JobState#UNASSIGNED}
 * @param seenAt when that was on a screen of who is asked; null while it was not
 * @param said the crew's messages that nobody at the centre has seen; null where there is none
 * @param tried who was asked and did not do it, oldest first
 * @param report null before it was resolved
 */
public record Job(
    String id,
    JobState state,
    boolean preventive,
    String crew,
    Text crewName,
    String member,
    String memberName,
    String phone,
    List<Text> checklist,
    String dispatchedBy,
    Instant dispatchedAt,
    Instant acceptedAt,
    Instant enRouteAt,
    Instant arrivedAt,
    Instant endedAt,
    Instant expectedArrivalAt,
    Instant dueAt,
    int overdue,
    Instant toldAt,
    Instant seenAt,
    Said said,
    List<Tried> tried,
    Report report) {

  public Job {
    Objects.requireNonNull(id);
    Objects.requireNonNull(state);
    checklist = checklist == null ? List.of() : List.copyOf(checklist);
    tried = tried == null ? List.of() : List.copyOf(tried);
  }

  /** Why somebody was asked and goes no more: another was sent instead. */
  public static final String REASSIGNED = "reassigned";

  /**
   * @param name of the member, for a person to read; null where it is not known
   * @param phone of the member; null where it is not known
   * @param because {@code declined}, {@code not-accepted} or {@code reassigned}
   * @param note what the crew said; null where nothing
   */
  public record Tried(
      String crew,
      String member,
      String name,
      String phone,
      Instant at,
      String because,
      String note) {}

  /**
   * What the crew wrote.
   *
   * @param at of the last message
   * @param by of the last message
   * @param text a line each, oldest first
   */
  public record Said(Instant at, String by, String text) {}

  /** What a crew found, why it was so, and what it did; each may be null but the action. */
  public record Report(String finding, String cause, String action) {}

  /** The id of the alert it belongs to. */
  public static String alertOf(String job) {
    int end = job.lastIndexOf('~');
    return end < 0 ? job : job.substring(0, end);
  }

  /** The id of an alert's {@code number}th job. */
  public static String id(String alert, int number) {
    return alert + "~" + number;
  }

  /** 1, 2, 3 … within its alert. */
  public int number() {
    return Integer.parseInt(id.substring(id.lastIndexOf('~') + 1));
  }
}
