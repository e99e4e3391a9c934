package org.minusone.console;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.minusone.console.audit.AuditEntry;
import org.minusone.console.audit.AuditLog;

/** Keeps entries in memory; {@code away} plays a Kafka that is. */
final class FakeAuditLog implements AuditLog {
  final List<AuditEntry> kept = new CopyOnWriteArrayList<>();
  volatile boolean away;
  private volatile long failed;

  @Override
  public synchronized void keep(AuditEntry entry) {
    if (away) {
      failed++;
    } else {
      kept.add(entry);
    }
  }

  @Override
  public long failed() {
    return failed;
  }

  @Override
  public boolean isFailing() {
    return away && failed > 0;
  }

  @Override
  public void close() {}
}
