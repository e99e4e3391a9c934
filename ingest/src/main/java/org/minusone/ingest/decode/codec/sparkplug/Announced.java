package org.minusone.ingest.decode.codec.sparkplug;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an edge node or a device said of its metrics when it was born. */
final class Announced {
  /**
   * A metric of a birth.
   *
   * @param datatype of {@link Value}; 0 where it was not said
   * @param unit null where none was said
   */
  record Declared(String name, int datatype, String unit) {}

  private final Map<String, Declared> byName = new HashMap<>();
  private final Map<Long, Declared> byAlias = new HashMap<>();
  private boolean born;
  private boolean dead;

  boolean isBorn() {
    return born;
  }

  /** Whether its death was the last that was heard of it. */
  boolean isDead() {
    return dead;
  }

  /** In place of what it said before. */
  void bear(List<Metric> metrics) {
    forget();
    born = true;
    dead = false;
    for (Metric metric : metrics) {
      if (metric.name() != null) {
        Declared declared = new Declared(metric.name(), metric.datatype(), metric.unit());
        byName.put(metric.name(), declared);
        if (metric.alias() != null) {
          byAlias.put(metric.alias(), declared);
        }
      }
    }
  }

  void die() {
    forget();
    dead = true;
  }

  /** It is heard of, and has to be born again to be understood. */
  void forget() {
    born = false;
    byName.clear();
    byAlias.clear();
  }

  void heard() {
    dead = false;
  }

  /** What a metric is: as it says itself, and what its birth said beyond; null if nobody knows. */
  Declared find(Metric metric) {
    if (metric.name() == null) {
      return byAlias.get(metric.alias());
    }
    Declared declared = byName.get(metric.name());
    return declared == null ? new Declared(metric.name(), 0, null) : declared;
  }

  /** How many entries it keeps. */
  int size() {
    return byName.size() + byAlias.size();
  }
}
