package org.minusone.console.feed;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.minusone.model.Quarantined;
import org.minusone.model.codec.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest rejections, and how many readings of each reason they stood for since the console
 * started (the newest ones before that included).
 */
public final class Rejections {
  static final int MOST = 500;

  private static final Logger LOG = LoggerFactory.getLogger(Rejections.class);

  /** One entry of the topic {@code rejected}, as the pages show it; {@code bytes} is a number. */
  public record Item(
      Instant at,
      String site,
      String topic,
      String reason,
      String detail,
      int count,
      int bytes,
      String sha256) {}

  /** How often one reason was met, and the newest case of it. */
  public record Count(String reason, long count, String lastDetail, Instant lastAt) {}

  private final Deque<Item> items = new ArrayDeque<>();
  private final Map<String, Count> counts = new TreeMap<>();

  /**
   * Takes a record of the topic {@code rejected}. One that cannot be read still shows that
   * something was rejected.
   *
   * @param at the record's time
   */
  public void accept(Instant at, String key, byte[] json) {
    Item item;
    try {
      Quarantined q = Json.read(json, Quarantined.class);
      item =
          new Item(
              q.at(),
              q.site(),
              q.topic(),
              q.reason().id(),
              q.detail(),
              q.count(),
              q.size(),
              q.sha256());
    } catch (RuntimeException e) {
      LOG.warn("a rejection cannot be read, key {}: {}", key, e.toString());
      item = new Item(at, "", key, "unreadable", "the entry itself cannot be read", 1, 0, null);
    }
    add(item);
  }

  private synchronized void add(Item item) {
    items.addFirst(item);
    if (items.size() > MOST) {
      items.removeLast();
    }
    Count before = counts.get(item.reason());
    long count = item.count() + (before == null ? 0 : before.count());
    counts.put(item.reason(), new Count(item.reason(), count, item.detail(), item.at()));
  }

  /** Newest first. */
  public synchronized List<Item> newest(int limit) {
    return items.stream().limit(limit).toList();
  }

  /** The most frequent first. */
  public synchronized List<Count> counts() {
    return counts.values().stream()
        .sorted(Comparator.comparingLong(Count::count).reversed().thenComparing(Count::reason))
        .toList();
  }
}
