package org.minusone.model.port;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts of readings by site and term. A term is counted where it happens, by whoever makes it
 * happen; the sums of CONTRACTS §6 hold between parts:
 *
 * <pre>
 * received          = in_kafka + rejected + in_flight         (ingest)
 * in_kafka + carried = evaluated + duplicate + late + waiting  (rules)
 * in_kafka + carried = stored + refused + unwritten            (series)
 * </pre>
 */
public final class Counters {
  private final Map<String, Map<String, LongAdder>> bySite = new ConcurrentHashMap<>();

  public void add(String site, String term, long count) {
    bySite
        .computeIfAbsent(site, s -> new ConcurrentHashMap<>())
        .computeIfAbsent(term, t -> new LongAdder())
        .add(count);
  }

  /** What was counted for all sites together under {@code term}. */
  public long total(String term) {
    long sum = 0;
    for (Map<String, LongAdder> terms : bySite.values()) {
      LongAdder adder = terms.get(term);
      sum += adder == null ? 0 : adder.sum();
    }
    return sum;
  }

  /** A copy: site → term → count. */
  public Map<String, Map<String, Long>> snapshot() {
    Map<String, Map<String, Long>> copy = new TreeMap<>();
    bySite.forEach(
        (site, terms) -> {
          Map<String, Long> row = new TreeMap<>();
          terms.forEach((term, adder) -> row.put(term, adder.sum()));
          copy.put(site, row);
        });
    return copy;
  }
}
