package org.minusone.ingest.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Ingest's terms of the sums (CONTRACTS §6), by site. The unit is the reading; a message that
 * cannot be decoded is one rejection.
 *
 * <pre>
 * received = in_kafka + rejected + in_flight
 * </pre>
 *
 * {@code received} counts what a message was decoded into, {@code in_kafka} and {@code rejected}
 * what Kafka acknowledged, on {@code readings} and {@code rejected}. {@code in_flight} is what was
 * given to the producer and not yet acknowledged: it is counted up and down by itself, not
 * computed. One lock for all, so that a snapshot is of one instant and the sum holds in it.
 */
public final class ReadingCounts {
  private static final int RECEIVED = 0;
  private static final int IN_KAFKA = 1;
  private static final int REJECTED = 2;
  private static final int IN_FLIGHT = 3;
  private static final String[] TERMS = {"received", "in_kafka", "rejected", "in_flight"};

  private final Map<String, long[]> bySite = new HashMap<>();
  private final long[] total = new long[TERMS.length];

  /** Decoded, and now on its way to Kafka. */
  public synchronized void received(String site, int count) {
    add(site, RECEIVED, count);
    add(site, IN_FLIGHT, count);
  }

  /** A reading that Kafka acknowledged. */
  public synchronized void kept(String site) {
    add(site, IN_KAFKA, 1);
    add(site, IN_FLIGHT, -1);
  }

  /** Rejected, and Kafka acknowledged that. */
  public synchronized void rejected(String site, int count) {
    add(site, REJECTED, count);
    add(site, IN_FLIGHT, -count);
  }

  private void add(String site, int term, long count) {
    bySite.computeIfAbsent(site, s -> new long[TERMS.length])[term] += count;
    total[term] += count;
  }

  /** Of all sites together. */
  public synchronized long total(String term) {
    for (int i = 0; i < TERMS.length; i++) {
      if (TERMS[i].equals(term)) {
        return total[i];
      }
    }
    throw new IllegalArgumentException("no such term: " + term);
  }

  /** A copy: site → term → count. */
  public synchronized Map<String, Map<String, Long>> snapshot() {
    Map<String, Map<String, Long>> copy = new TreeMap<>();
    bySite.forEach(
        (site, counts) -> {
          Map<String, Long> row = new TreeMap<>();
          for (int i = 0; i < TERMS.length; i++) {
            row.put(TERMS[i], counts[i]);
          }
          copy.put(site, row);
        });
    return copy;
  }
}
