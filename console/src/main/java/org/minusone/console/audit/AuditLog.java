package org.minusone.console.audit;

/** Keeps the entries. None is lost silently: what could not be kept is logged and counted. */
public interface AuditLog extends AutoCloseable {
  /** Returns at once; never fails. */
  void keep(AuditEntry entry);

  /** How many could not be kept since the start. */
  long failed();

  /** Whether the last one that was tried could not be kept. */
  boolean isFailing();

  @Override
  void close();
}
