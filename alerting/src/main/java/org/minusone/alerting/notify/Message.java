package org.minusone.alerting.notify;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.minusone.model.AlertEvent;
import org.minusone.model.Text;

/**
 * What a notifier is to say.
 *
 * @param delivery the id under which it may come twice
 * @param event null for a summary
 * @param summary the lines of a summary; empty for a single event
 * @param zone of the site, for times people read
 * @param link to the alert's page; null where the console's address is not known
 * @param earlier what the same receiver was told of this alert before, oldest first
 */
public record Message(
    String delivery,
    AlertEvent event,
    List<Text> summary,
    ZoneId zone,
    String link,
    List<Earlier> earlier) {
  /**
   * @param sent when its event was decided
   */
  public record Earlier(String event, Instant sent) {}
}
