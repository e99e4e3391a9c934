package org.minusone.ingest.kafka;

import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;

/**
 * What Kafka was given and has not acknowledged: bounded in records, and told by age. Giving waits
 * for room; a message larger than the bound goes when nothing else is in flight.
 */
final class InFlight {
  /** How often a waiting thread looks whether it should stop waiting. */
  private static final long LOOK_MS = 100;

  private final int mostRecords;
  private final ArrayDeque<Batch> batches = new ArrayDeque<>();
  private int records;

  /** All that became of one message. */
  static final class Batch {
    private final long arrivalMs;
    private int left;

    private Batch(long arrivalMs, int left) {
      this.arrivalMs = arrivalMs;
      this.left = left;
    }
  }

  InFlight(int mostRecords) {
    this.mostRecords = mostRecords;
  }

  /**
   * Takes room for {@code count} records, waiting for it; null if it is not {@code wanted}, or no
   * longer.
   */
  synchronized Batch begin(int count, long arrivalMs, BooleanSupplier wanted)
      throws InterruptedException {
    while (wanted.getAsBoolean() && records > 0 && records + count > mostRecords) {
      wait(LOOK_MS);
    }
    if (!wanted.getAsBoolean()) {
      return null;
    }
    records += count;
    Batch batch = new Batch(arrivalMs, count);
    batches.addLast(batch);
    return batch;
  }

  /** One record of {@code batch} is kept; true if it was the last of its batch. */
  synchronized boolean kept(Batch batch) {
    records--;
    batch.left--;
    while (!batches.isEmpty() && batches.peekFirst().left == 0) {
      batches.removeFirst();
    }
    notifyAll();
    return batch.left == 0;
  }

  /** Waits until nothing is in flight; false if {@code wanted} turned false before. */
  synchronized boolean awaitEmpty(BooleanSupplier wanted) throws InterruptedException {
    while (records > 0) {
      if (!wanted.getAsBoolean()) {
        return false;
      }
      wait(LOOK_MS);
    }
    return true;
  }

  synchronized int records() {
    return records;
  }

  synchronized int messages() {
    return batches.size();
  }

  /** Arrival of the oldest message in flight; {@link Long#MAX_VALUE} without one. */
  synchronized long oldestArrivalMs() {
    return batches.isEmpty() ? Long.MAX_VALUE : batches.peekFirst().arrivalMs;
  }
}
