package org.minusone.series;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Series' terms of the sums (CONTRACTS §6). The unit is the reading, which here is a record of the
 * topic.
 *
 * <pre>
 * in_kafka + carried = stored + refused + unwritten
 * </pre>
 *
 * {@code stored} and {@code refused} are counted by site as the store answers. {@code carried} is
 * the backlog found at start and {@code unwritten} the backlog now, both taken from Kafka's end
 * offsets over all partitions and so under no site. One lock for all, so that a snapshot is of one
 * instant: what moves from unwritten to stored is never seen in both or in neither.
 */
final class SeriesCounts {
  private final Map<String, Long> stored = new HashMap<>();
  private final Map<String, Long> refused = new HashMap<>();
  private final Map<Integer, Long> ends = new HashMap<>();
  private final Map<Integer, Long> written = new HashMap<>();
  private long carried;

  /**
   * The backlog at start.
   *
   * @param from by partition: the first offset that is not written
   * @param to by partition: the end
   */
  synchronized void begin(Map<Integer, Long> from, Map<Integer, Long> to) {
    written.putAll(from);
    ends.putAll(to);
    carried = backlog();
  }

  /** The store took or refused a batch, and with it the topic is written up to {@code upTo}. */
  synchronized void written(
      Map<String, Long> storedBySite, Map<String, Long> refusedBySite, Map<Integer, Long> upTo) {
    storedBySite.forEach((site, count) -> stored.merge(site, count, Long::sum));
    refusedBySite.forEach((site, count) -> refused.merge(site, count, Long::sum));
    upTo.forEach((partition, end) -> written.merge(partition, end, Math::max));
  }

  /** Whether that record was counted: it comes again where its offset could not be committed. */
  synchronized boolean isCounted(int partition, long offset) {
    return offset < written.getOrDefault(partition, 0L);
  }

  /** Kafka's end offsets are at least these: what was seen later but is older does not count. */
  synchronized void ends(Map<Integer, Long> now) {
    now.forEach((partition, end) -> ends.merge(partition, end, Math::max));
  }

  synchronized long unwritten() {
    return backlog();
  }

  private long backlog() {
    long sum = 0;
    for (Map.Entry<Integer, Long> end : ends.entrySet()) {
      // Written may be ahead of an end that was looked up before.
      sum += Math.max(0, end.getValue() - written.getOrDefault(end.getKey(), 0L));
    }
    return sum;
  }

  synchronized long totalStored() {
    return stored.values().stream().mapToLong(Long::longValue).sum();
  }

  synchronized long totalRefused() {
    return refused.values().stream().mapToLong(Long::longValue).sum();
  }

  /** A copy: site → term → count. */
  synchronized Map<String, Map<String, Long>> snapshot() {
    Map<String, Map<String, Long>> copy = new TreeMap<>();
    TreeSet<String> sites = new TreeSet<>(stored.keySet());
    sites.addAll(refused.keySet());
    for (String site : sites) {
      Map<String, Long> row = new TreeMap<>();
      row.put("stored", stored.getOrDefault(site, 0L));
      row.put("refused", refused.getOrDefault(site, 0L));
      copy.put(site, row);
    }
    Map<String, Long> untold = copy.computeIfAbsent("", site -> new TreeMap<>());
    untold.put("unwritten", backlog());
    untold.put("carried", carried);
    return copy;
  }
}
