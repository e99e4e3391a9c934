package org.minusone.alerting.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.minusone.model.AlertEvent;
import org.minusone.model.AlertEventKind;

/**
 * Whether so much happens at a site that what matters less is told in summaries: from more than 10
 * new alerts in 10 minutes until fewer than 5 (EEMUA 191, DOMAIN §4).
 */
final class Flood {
  private static final Duration WITHIN = Duration.ofMinutes(10);
  private static final int BEGINS_ABOVE = 10;
  private static final int ENDS_BELOW = 5;

  private final Deque<Instant> starts = new ArrayDeque<>();
  private boolean on;

  /** Takes the event in. @return whether there is a flood then */
  boolean after(AlertEvent event) {
    if (event.alert().revision() == 1
        && (event.kind() == AlertEventKind.RAISED || event.kind() == AlertEventKind.FOREWARNED)) {
      starts.addLast(event.at());
    }
    return isOn(event.at());
  }

  boolean isOn(Instant now) {
    while (!starts.isEmpty() && starts.peekFirst().isBefore(now.minus(WITHIN))) {
      starts.removeFirst();
    }
    on = on ? starts.size() >= ENDS_BELOW : starts.size() > BEGINS_ABOVE;
    return on;
  }
}
