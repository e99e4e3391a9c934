package org.minusone.ingest.decode.codec.sparkplug;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.minusone.ingest.decode.codec.Entries;

/**
 * An edge node and its devices, as far as their messages told.
 *
 * <pre>
 * UNBORN  heard of, without a birth      NBIRTH → BORN, NDEATH → DEAD, anything: rebirth wanted
 * BORN                                   NDEATH of the same session → DEAD, a gap: rebirth wanted
 * DEAD    what it said stays for         NBIRTH → BORN, anything new → UNBORN
 *         messages that come twice
 * </pre>
 *
 * <p>A message that comes again, from the broker or from the quarantine, is read and changes
 * nothing. It is known by its time, which is not after the newest of its edge node. (D) So that an
 * edge node whose clock is set back is not taken for one that repeats itself, that is believed for
 * {@link #LATE_MS} only.
 */
final class Edge {
  /** At most one request for a rebirth in this time. */
  static final long ASK_MS = 10_000;

  /** The longest it grows to while births that were asked for do not help. */
  static final long LONGEST_ASK_MS = 600_000;

  private static final long LATE_MS = 600_000;
  private static final int SEQS = 256;

  /** A clock further ahead is not believed. */
  private static final long MOST_AHEAD_MS = 59_000;

  private enum State {
    UNBORN,
    BORN,
    DEAD
  }

  private final Announced node = new Announced();

  /** By their names, the one that was silent longest first. */
  private final Map<String, Announced> devices = new LinkedHashMap<>(16, 0.75f, true);

  private State state = State.UNBORN;
  private int seq = -1;
  private long session = Payload.NONE;
  private long birthMs = Entries.NO_TIME;
  private long newestMs = Entries.NO_TIME;
  private long arrivalMs = Long.MIN_VALUE;
  private long askedMs = Entries.NO_TIME;
  private long pauseMs = ASK_MS;
  private boolean wanted;
  private boolean answered;
  private int declared;

  /** Whether a message of {@code seq} was read before, or another was overtaken by it. */
  boolean isAgain(Address.Type type, Payload payload, long arrivedMs) {
    boolean earlier = arrivedMs < arrivalMs;
    if (payload.timeMs() == Entries.NO_TIME || type == Address.Type.NDEATH) {
      return earlier;
    }
    if (newestMs == Entries.NO_TIME || payload.timeMs() > newestMs) {
      return false;
    }
    if (type == Address.Type.NBIRTH) {
      return earlier || (state == State.BORN && !wanted && payload.timeMs() == birthMs);
    }
    return earlier || (numbered(payload) != next() && newestMs - payload.timeMs() <= LATE_MS);
  }

  /** Takes note of a message that is no death of the node, and is not heard again. */
  void hear(Address address, Payload payload, long arrivedMs) {
    if (address.type() == Address.Type.NBIRTH) {
      bear(payload);
    } else {
      number(payload);
    }
    arrivalMs = arrivedMs;
    if (payload.timeMs() != Entries.NO_TIME) {
      newestMs = payload.timeMs();
    }
    if (address.device() == null) {
      return;
    }
    Announced device = of(address);
    int before = device.size();
    switch (address.type()) {
      case DBIRTH -> device.bear(payload.metrics());
      case DDEATH -> device.die();
      case DDATA -> {
        device.heard();
        wanted |= !device.isBorn();
      }
      case NBIRTH, NDEATH, NDATA, NCMD, DCMD, STATE -> {}
    }
    declared += device.size() - before;
  }

  /** Its own birth: what its devices said before counts no longer. */
  private void bear(Payload payload) {
    if (state == State.DEAD) {
      devices.clear();
    }
    devices.values().forEach(Announced::forget);
    node.bear(payload.metrics());
    declared = node.size();
    state = State.BORN;
    seq = payload.seq() == Payload.NONE ? 0 : (int) (payload.seq() % SEQS);
    session = payload.session();
    birthMs = payload.timeMs();
    newestMs = Entries.NO_TIME;
    wanted = false;
    answered = true;
  }

  private void number(Payload payload) {
    if (state == State.DEAD) {
      state = State.UNBORN;
      seq = -1;
      node.forget();
      devices.clear();
      declared = 0;
    }
    long numbered = numbered(payload);
    if (numbered != Payload.NONE) {
      wanted |= seq >= 0 && numbered != seq && numbered != next();
      seq = (int) (numbered % SEQS);
    }
    wanted |= state == State.UNBORN;
  }

  /** Whether a death is that of an earlier session: the will of a connection that was replaced. */
  boolean isStale(Payload death) {
    long its = death.session();
    return state != State.UNBORN
        && its != Payload.NONE
        && session != Payload.NONE
        && its != session;
  }

  /** What it said is kept until it is heard again: its last messages may come twice. */
  void die(long arrivedMs) {
    state = State.DEAD;
    arrivalMs = Math.max(arrivalMs, arrivedMs);
  }

  /** What the sender of a message announced; a device is known from now on, if it was not. */
  Announced of(Address address) {
    return address.device() == null
        ? node
        : devices.computeIfAbsent(address.device(), unheard -> new Announced());
  }

  /** Those whose death was not heard, in the order of their names. */
  List<String> living() {
    List<String> living = new ArrayList<>();
    devices.forEach(
        (name, device) -> {
          if (!device.isDead()) {
            living.add(name);
          }
        });
    living.sort(null);
    return living;
  }

  /**
   * An instant for its death, which is not before its newest message even if its clock is ahead;
   * {@link Entries#NO_TIME} where that is the arrival.
   */
  long afterItsNewest(long arrivedMs) {
    return newestMs >= arrivedMs && newestMs < arrivedMs + MOST_AHEAD_MS
        ? newestMs + 1
        : Entries.NO_TIME;
  }

  void wantRebirth() {
    wanted = true;
  }

  /**
   * Whether to ask for a rebirth now. While one is asked for soon after the last that came, the
   * pause doubles: what no birth helps against must not make an edge node tell everything all the
   * time.
   */
  boolean asks(long nowMs) {
    if (!wanted) {
      return false;
    }
    if (askedMs != Entries.NO_TIME) {
      long since = Math.abs(nowMs - askedMs);
      if (since < pauseMs) {
        return false;
      }
      pauseMs = answered && since < 2 * pauseMs ? Math.min(2 * pauseMs, LONGEST_ASK_MS) : ASK_MS;
    }
    askedMs = nowMs;
    answered = false;
    return true;
  }

  /** Forgets the device that was silent longest; false if there is no other. */
  boolean forgetOne() {
    if (devices.size() <= 1) {
      return false;
    }
    declared -= devices.remove(devices.keySet().iterator().next()).size();
    return true;
  }

  /** Itself and its devices. */
  int names() {
    return 1 + devices.size();
  }

  /** How many names and aliases it and its devices said. */
  int declared() {
    return declared;
  }

  /** (D) Some encoders leave out a zero. */
  private long numbered(Payload payload) {
    return payload.seq() == Payload.NONE && next() == 0 ? 0 : payload.seq();
  }

  /** -1 + 1 = 0 before the first: a birth has that. */
  private int next() {
    return (seq + 1) % SEQS;
  }
}
