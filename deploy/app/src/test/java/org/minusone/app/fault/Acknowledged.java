package org.minusone.app.fault;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What the broker acknowledged to the gateways: this, and nothing else, must not be lost. */
final class Acknowledged {
  private final Set<String> identities = ConcurrentHashMap.newKeySet();
  private final Set<String> poisons = ConcurrentHashMap.newKeySet();
  private final AtomicLong messages = new AtomicLong();
  private final AtomicLong readings = new AtomicLong();
  private final AtomicLong nobodyThere = new AtomicLong();

  private volatile Instant last = Instant.EPOCH;

  void add(Script.Message message, boolean somebodyThere) {
    last = Instant.now();
    messages.incrementAndGet();
    readings.addAndGet(message.identities().size());
    identities.addAll(message.identities());
    if (message.poison() != null) {
      poisons.add(message.poison());
    }
    if (!somebodyThere) {
      nobodyThere.incrementAndGet();
    }
  }

  Set<String> identities() {
    return identities;
  }

  Set<String> poisons() {
    return poisons;
  }

  long messages() {
    return messages.get();
  }

  /** Those sent twice count twice. */
  long readings() {
    return readings.get();
  }

  /** When the last came. */
  Instant last() {
    return last;
  }

  /** Acknowledged with "no matching subscribers": the session was not there to keep it. */
  long nobodyThere() {
    return nobodyThere.get();
  }
}
