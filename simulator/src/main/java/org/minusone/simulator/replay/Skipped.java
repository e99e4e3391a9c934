package org.minusone.simulator.replay;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Rows that are no reading: counted by reason, the first of them named with their line. */
final class Skipped {
  private static final int EXAMPLES = 20;

  /** Why a row is no reading. */
  enum Reason {
    /** Fewer columns than the header: a file cut off in the middle of a line ends so. */
    CUT_OFF,
    BAD_SENSOR,
    BAD_TIME,
    UNKNOWN_FAMILY,
    UNKNOWN_QUANTITY,
    /** The family has no such quantity. */
    WRONG_QUANTITY,
    NOT_A_NUMBER,
    UNKNOWN_WORD;

    String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final Map<Reason, Long> counts = new EnumMap<>(Reason.class);
  private final List<String> examples = new ArrayList<>();

  void add(long line, Reason reason, String detail) {
    counts.merge(reason, 1L, Long::sum);
    if (examples.size() < EXAMPLES) {
      examples.add("line " + line + ": " + reason.id() + ": " + detail);
    }
  }

  Map<String, Long> counts() {
    Map<String, Long> byId = new TreeMap<>();
    counts.forEach((reason, count) -> byId.put(reason.id(), count));
    return byId;
  }

  List<String> examples() {
    return List.copyOf(examples);
  }
}
