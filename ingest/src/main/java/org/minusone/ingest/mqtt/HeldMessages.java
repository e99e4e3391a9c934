package org.minusone.ingest.mqtt;

import java.util.concurrent.TimeUnit;

/**
 * Our own bound on the messages we hold, in number and in bytes: some brokers pass over Receive
 * Maximum (mosquitto had 10,519 in flight at a maximum of 20), and none counts bytes. Whoever reads
 * from the broker asks for room first and reads no further without; one message larger than the
 * bound is let in alone. What Paho has read and not handed over yet, a dozen messages a connection
 * at most, comes on top.
 *
 * <p>Thread-safe.
 */
final class HeldMessages {
  private final int mostMessages;
  private final long mostBytes;
  private int messages;
  private long bytes;
  private int waiting;

  HeldMessages(int mostMessages, long mostBytes) {
    this.mostMessages = mostMessages;
    this.mostBytes = mostBytes;
  }

  /** Waits so long for room for one of that size; takes none. */
  synchronized boolean awaitRoom(long size, long patienceMs) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMs);
    while (!hasRoom(size)) {
      long leftMs = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (leftMs <= 0) {
        return false;
      }
      waiting++;
      try {
        wait(leftMs);
      } finally {
        waiting--;
      }
    }
    return true;
  }

  private boolean hasRoom(long size) {
    return messages == 0 || (messages < mostMessages && bytes + size <= mostBytes);
  }

  /** One more is held, whether there was room or not. */
  synchronized void add(int size) {
    messages++;
    bytes += size;
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

  synchronized long bytes() {
    return bytes;
  }
}
