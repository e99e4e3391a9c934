package org.minusone.alerting.dispatch;

import java.time.Instant;
import java.util.List;
import org.minusone.model.Crew;
import org.minusone.model.Job;
import org.minusone.model.JobState;
import org.minusone.model.Text;

/** The job as it will be after the step that is being decided. */
final class Draft {
  final String id;
  private final boolean preventive;
  private final List<Text> checklist;

  JobState state;
  String crew;
  Text crewName;
  private String member;
  private String memberName;
  private String phone;
  String dispatchedBy;
  Instant dispatchedAt;
  Instant acceptedAt;
  Instant enRouteAt;
  Instant arrivedAt;
  Instant endedAt;
  Instant expectedArrivalAt;
  Instant dueAt;
  int overdue;
  Instant toldAt;
  Instant seenAt;
  Job.Said said;
  List<Job.Tried> tried;
  Job.Report report;

  Draft(Job j) {
    id = j.id();
    preventive = j.preventive();
    checklist = j.checklist();
    state = j.state();
    crew = j.crew();
    crewName = j.crewName();
    member = j.member();
    memberName = j.memberName();
    phone = j.phone();
    dispatchedBy = j.dispatchedBy();
    dispatchedAt = j.dispatchedAt();
    acceptedAt = j.acceptedAt();
    enRouteAt = j.enRouteAt();
    arrivedAt = j.arrivedAt();
    endedAt = j.endedAt();
    expectedArrivalAt = j.expectedArrivalAt();
    dueAt = j.dueAt();
    overdue = j.overdue();
    toldAt = j.toldAt();
    seenAt = j.seenAt();
    said = j.said();
    tried = j.tried();
    report = j.report();
  }

  /** What whoever had it before had done. */
  void forget() {
    member = null;
    memberName = null;
    phone = null;
    acceptedAt = null;
    enRouteAt = null;
    arrivedAt = null;
    expectedArrivalAt = null;
    toldAt = null;
    seenAt = null;
  }

  /**
   * @param of null where the crew is not in the site's files any more
   */
  void member(Crew of, String who) {
    member = who;
    memberName = null;
    phone = null;
    if (of != null) {
      for (Crew.Member one : of.members()) {
        if (one.id().equals(who)) {
          memberName = one.name();
          phone = one.phone();
        }
      }
    }
  }

  Job job() {
    return new Job(
        id,
        state,
        preventive,
        crew,
        crewName,
        member,
        memberName,
        phone,
        checklist,
        dispatchedBy,
        dispatchedAt,
        acceptedAt,
        enRouteAt,
        arrivedAt,
        endedAt,
        expectedArrivalAt,
        dueAt,
        overdue,
        toldAt,
        seenAt,
        said,
        tried,
        report);
  }
}
