package org.minusone.console.quarantine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which offset is an entry, of which reason and site, and whether it was tried again: three bytes
 * and a bit each, of the newest {@link #MOST}. Not thread-safe.
 */
public final class EntryIndex {
  static final int MOST = 2_000_000;

  /** How many of one reason, and how many of them are still open. */
  public record Count(String site, String reason, long entries, long open) {}

  private final int most;
  private final List<String> reasons = new ArrayList<>();
  private final List<String> sites = new ArrayList<>();
  private final Map<String, Integer> reasonNumbers = new HashMap<>();
  private final Map<String, Integer> siteNumbers = new HashMap<>();
  private final Map<Integer, int[]> counts = new TreeMap<>();

  /** 0 = no entry, else the number of its reason + 1. */
  private byte[] reasonOf = new byte[1024];

  private short[] siteOf = new short[1024];
  private BitSet retried = new BitSet();
  private long base = -1;
  private int size;

  EntryIndex() {
    this(MOST);
  }

  EntryIndex(int most) {
    this.most = most;
  }

  /** Begins later than the log where that is long. */
  long base() {
    return base;
  }

  /** One past the newest offset that was taken in. */
  long end() {
    return base + size;
  }

  /** Takes in an entry; offsets come in order, and one that is known changes nothing. */
  void entry(long offset, String reason, String site) {
    if (!reach(offset)) {
      return;
    }
    int at = (int) (offset - base);
    reasonOf[at] = (byte) (number(reason, reasons, reasonNumbers, 120) + 1);
    siteOf[at] = (short) number(site, sites, siteNumbers, 30_000);
    int[] count = count(at);
    count[0]++;
    count[1]++;
  }

  /** Takes in that an offset is no entry. */
  void other(long offset) {
    reach(offset);
  }

  /** Notes that an entry was tried again. */
  void retried(long offset) {
    if (isEntry(offset) && !isRetried(offset)) {
      int at = (int) (offset - base);
      retried.set(at);
      count(at)[1]--;
    }
  }

  boolean isEntry(long offset) {
    return base >= 0 && offset >= base && offset < end() && reasonOf[(int) (offset - base)] != 0;
  }

  boolean isRetried(long offset) {
    return base >= 0 && offset >= base && offset < end() && retried.get((int) (offset - base));
  }

  /** Whether an entry may be wanted, by what is known here; before the base anything may. */
  boolean mayMatch(long offset, Wanted wanted) {
    if (base < 0 || offset < base) {
      return wanted.state() != Wanted.State.RETRIED;
    }
    if (!isEntry(offset)) {
      return false;
    }
    int at = (int) (offset - base);
    boolean ofState =
        switch (wanted.state()) {
          case ALL -> true;
          case OPEN -> !retried.get(at);
          case RETRIED -> retried.get(at);
        };
    return ofState
        && (wanted.reason() == null || wanted.reason().equals(reasons.get(reasonOf[at] - 1)))
        && (wanted.site() == null || wanted.site().equals(sites.get(siteOf[at])));
  }

  /** By site and reason. */
  List<Count> counts() {
    List<Count> found = new ArrayList<>();
    counts.forEach(
        (key, n) -> {
          if (n[0] > 0) {
            found.add(new Count(sites.get(key >>> 8), reasons.get(key & 0xff), n[0], n[1]));
          }
        });
    return found;
  }

  private int[] count(int at) {
    return counts.computeIfAbsent(siteOf[at] << 8 | (reasonOf[at] - 1), key -> new int[2]);
  }

  private static int number(
      String name, List<String> names, Map<String, Integer> numbers, int most) {
    return numbers.computeIfAbsent(
        name,
        fresh -> {
          if (names.size() >= most) {
            return most - 1;
          }
          names.add(fresh);
          return names.size() - 1;
        });
  }

  /** Makes room up to {@code offset}; false if it is there already. */
  private boolean reach(long offset) {
    if (base < 0) {
      base = offset;
    }
    if (offset < end()) {
      return false;
    }
    if (offset - base >= most) {
      drop(Math.min(size, Math.max(most / 2, (int) Math.min(offset - base - most + 1, most))));
      if (size == 0) {
        base = offset;
      }
    }
    int needed = (int) (offset - base) + 1;
    if (needed > reasonOf.length) {
      int room = Math.min(most, Math.max(needed, reasonOf.length * 2));
      reasonOf = Arrays.copyOf(reasonOf, room);
      siteOf = Arrays.copyOf(siteOf, room);
    }
    size = needed;
    return true;
  }

  private void drop(int many) {
    for (int at = 0; at < many; at++) {
      if (reasonOf[at] != 0) {
        int[] count = count(at);
        count[0]--;
        count[1] -= retried.get(at) ? 0 : 1;
      }
    }
    System.arraycopy(reasonOf, many, reasonOf, 0, size - many);
    System.arraycopy(siteOf, many, siteOf, 0, size - many);
    Arrays.fill(reasonOf, size - many, size, (byte) 0);
    retried = retried.get(many, Math.max(many, size));
    base += many;
    size -= many;
  }
}
