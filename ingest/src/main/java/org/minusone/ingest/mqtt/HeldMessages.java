package org.minusone.ingest.mqtt;

import java.util.function.BooleanSupplier;

/**
 * Our own bound on the messages we hold, in number and in bytes: some brokers pass over Receive
 * Maximum (mosquitto had 10,519 in flight at a maximum of 20). Taking one waits for room, and so
 * holds the connection; one larger than the bound is let in alone.
 */
final class HeldMessages {
  private static final long LOOK_MS = 100;

  private final int mostMessages;
  private final long mostBytes;
  private int messages;
  private long bytes;
  private int waiting;

  HeldMessages(int mostMessages, long mostBytes) {
    this.mostMessages = mostMessages;
    this.mostBytes = mostBytes;
  }

  /** Waits for room; false if {@code wanted} turned false before there was any. */
  synchronized boolean take(int size, BooleanSupplier wanted) throws InterruptedException {
    while (messages >= mostMessages || (messages > 0 && bytes + size > mostBytes)) {
      if (!wanted.getAsBoolean()) {
        return false;
      }
      waiting++;
      try {
        wait(LOOK_MS);
      } finally {
        waiting--;
      }
    }
    messages++;
    bytes += size;
    return true;
  }

  void give(int size) {
    give(1, size);
  }

  /**
   * @param count how many at once
   * @param sizes their bytes together
   */
  synchronized void give(int count, long sizes) {
    messages -= count;
    bytes -= sizes;
    if (waiting > 0) {
      notifyAll();
    }
  }

  synchronized int messages() {
    return messages;
  }
}
