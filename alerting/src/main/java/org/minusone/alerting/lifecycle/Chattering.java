package org.minusone.alerting.lifecycle;

import java.time.Duration;
import org.minusone.model.Alert;

/**
 * An alert that comes and goes: more than 5 transitions within 5 minutes (DOMAIN §4, EEMUA 191).
 */
final class Chattering {
  static final Duration WITHIN = Duration.ofMinutes(5);
  private static final int MOST = 5;
  static final int KEPT = MOST + 1;

  private Chattering() {}

  /** Whether it became so. */
  static boolean begins(Alert alert) {
    return !alert.chattering() && alert.turns().size() > MOST;
  }
}
