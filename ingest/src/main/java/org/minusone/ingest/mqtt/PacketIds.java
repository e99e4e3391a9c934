package org.minusone.ingest.mqtt;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** Packet ids in a row, used again and again. */
final class PacketIds implements IntConsumer {
  private int[] ids = new int[256];
  private int size;

  @Override
  public void accept(int id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, size * 2);
    }
    ids[size++] = id;
  }

  void clear() {
    size = 0;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  /** The first {@link #size} of them count. */
  int[] all() {
    return ids;
  }
}
