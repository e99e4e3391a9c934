package org.minusone.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What happened to an alert. */
public enum AlertEventKind {
  FOREWARNED,
  /** An expected crossing moved. */
  UPDATED,
  /** The first level was reached. */
  RAISED,
  /** A higher level was reached. */
  ESCALATED,
  /** A level was left; a lower one is still reached. */
  EASED,
  /** A forewarning was withdrawn; others, or a level, remain. */
  WITHDRAWN,
  ACKNOWLEDGED,
  COMMENTED,
  SILENT,
  REPORTING,
  /** An alert about its gateway or site stands for it now. */
  FOLDED,
  /** That alert is over and this one is not: it stands for itself again. */
  UNFOLDED,
  /** Put aside until a time, with a reason. */
  SHELVED,
  /** That time has come, somebody took it back, or it became worse. */
  UNSHELVED,
  /** It was acknowledged, but lasts. */
  REALARMED,
  /** It comes and goes. */
  CHATTERING,
  /** A command could not be carried out: the note says why. Nothing else changed. */
  REFUSED,
  /** A crew was asked. */
  DISPATCHED,
  /** Another one is asked in place of the one before. */
  REASSIGNED,
  /** Nobody is left to be asked. */
  UNASSIGNED,
  ACCEPTED,
  DECLINED,
  EN_ROUTE,
  ARRIVED,
  RESOLVED,
  /** The danger was gone before a crew had accepted. */
  CANCELLED,
  /** A crew's next step did not come in time. */
  OVERDUE,
  /** Between the centre and a crew. */
  MESSAGE,
  /** A crew has seen the job and what the centre had said; or the centre what the crew had. */
  SEEN,
  /** A delivery that failed is to be made again: the note is its id. */
  RESEND,
  /** The last level was left or the last forewarning withdrawn; nobody had acknowledged it. */
  CLEARED,
  /** It is over. */
  CLOSED;

  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
