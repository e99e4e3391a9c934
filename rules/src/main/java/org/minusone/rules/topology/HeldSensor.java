package org.minusone.rules.topology;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.minusone.model.Reading;
import org.minusone.model.SensorKey;
import org.minusone.rules.evaluate.SensorState;
import org.minusone.rules.evaluate.SensorStateCodec;

/**
 * A sensor in the hands of a task: its state and, with it in one value of the store, the signals
 * and verdicts whose acknowledgement is not yet certain. State written and signal lost would
 * otherwise be silence: the reading that is read again looks like a duplicate (DESIGN §5.2).
 */
final class HeldSensor {
  private static final int FORMAT = 2;

  /** As 2, with signals only. */
  private static final int WITHOUT_VERDICTS = 1;

  final String key;
  final SensorState state;

  /** Offset of the last record that changed the state; −1 before the first. */
  long lastOffset = -1;

  /** Oldest first. */
  final Deque<Announced> announced = new ArrayDeque<>();

  /** It is no longer registered; kept only until its last signals are certain. */
  boolean retired;

  /** Reading of the quiet clock at its last arrival. */
  long quietFromMs;

  /** When it stands in the queues of {@link DueQueue}, by slot. */
  final long[] queuedMs = {Long.MAX_VALUE, Long.MAX_VALUE};

  /**
   * A signal or verdict and where the task stood in its input: the offset of the record being
   * processed, for a tick the next one. It is certain once an offset past it is committed.
   */
  record Announced(long position, boolean isVerdict, byte[] json) {}

  HeldSensor(String key, SensorState state) {
    this.key = key;
    this.state = state;
  }

  /** Whether a record was taken in before: the input is being read again after a restart. */
  boolean contains(long offset, Reading reading) {
    // The arrival too: offsets begin again when the topic is made anew.
    return offset <= lastOffset && reading.arrivalMs() <= state.lastArrivalMs();
  }

  /** Forgets signals that are certain. */
  void prune(long committed) {
    while (!announced.isEmpty() && announced.peekFirst().position() < committed) {
      announced.removeFirst();
    }
  }

  byte[] encode(SensorStateCodec codec) {
    byte[] own = codec.encode(state);
    int size = 1 + 8 + 1 + 4 + own.length;
    for (Announced a : announced) {
      size += 8 + 1 + 4 + a.json().length;
    }
    ByteBuffer out = ByteBuffer.allocate(size);
    out.put((byte) FORMAT).putLong(lastOffset).put((byte) (retired ? 1 : 0));
    out.putInt(announced.size());
    for (Announced a : announced) {
      out.putLong(a.position()).put((byte) (a.isVerdict() ? 1 : 0));
      out.putInt(a.json().length).put(a.json());
    }
    return out.put(own).array();
  }

  /**
   * @throws IllegalArgumentException if the bytes are of another format or damaged
   */
  static HeldSensor decode(String key, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int format = in.get();
    if (format < WITHOUT_VERDICTS || format > FORMAT) {
      throw new IllegalArgumentException(
          "the state of " + key + " has format " + format + ", this program reads " + FORMAT);
    }
    long lastOffset = in.getLong();
    boolean retired = in.get() == 1;
    Announced[] announced = new Announced[in.getInt()];
    for (int i = 0; i < announced.length; i++) {
      long position = in.getLong();
      boolean isVerdict = format > WITHOUT_VERDICTS && in.get() == 1;
      byte[] json = new byte[in.getInt()];
      in.get(json);
      announced[i] = new Announced(position, isVerdict, json);
    }
    byte[] own = new byte[in.remaining()];
    in.get(own);
    HeldSensor held = new HeldSensor(key, SensorStateCodec.decode(SensorKey.parse(key), own));
    held.lastOffset = lastOffset;
    held.retired = retired;
    held.announced.addAll(Arrays.asList(announced));
    return held;
  }
}
