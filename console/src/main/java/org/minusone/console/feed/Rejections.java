package org.minusone.console.feed;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.minusone.model.codec.Json;

/** The newest rejections, and how many of each reason were seen since the console started. */
public final class Rejections {
  static final int MOST = 500;

  /**
   * @param bytes how many bytes were received
   */
  public record Item(Instant at, String topic, String reason, String detail, long bytes) {}

  public record Count(String reason, long count, String lastDetail, Instant lastAt) {}

  private final Deque<Item> items = new ArrayDeque<>();
  private final Map<String, Count> counts = new TreeMap<>();

  /**
   * Takes a record of the topic {@code rejected}. What it lacks is shown as empty rather than
   * hiding that something was rejected.
   *
   * @param at the record's time
   */
  public void accept(Instant at, String key, byte[] json) {
    JsonNode node;
    try {
      node = Json.read(json, JsonNode.class);
    } catch (RuntimeException e) {
      node = Json.MAPPER.createObjectNode();
    }
    String topic = node.path("topic").asText(key == null ? "" : key);
    String reason = node.path("reason").asText("unknown");
    String detail = node.path("detail").asText("");
    add(new Item(at, topic, reason, detail, size(node)));
  }

  private static long size(JsonNode node) {
    for (String name : List.of("size", "length", "bytes")) {
      JsonNode field = node.path(name);
      if (field.isIntegralNumber()) {
        return field.asLong();
      }
    }
    for (String name : List.of("payload", "raw", "bytes")) {
      JsonNode field = node.path(name);
      if (field.isTextual()) {
        return field.asText().length() * 3L / 4;
      }
    }
    return 0;
  }

  private synchronized void add(Item item) {
    items.addFirst(item);
    if (items.size() > MOST) {
      items.removeLast();
    }
    Count before = counts.get(item.reason());
    counts.put(
        item.reason(),
        new Count(
            item.reason(), before == null ? 1 : before.count() + 1, item.detail(), item.at()));
  }

  /** Newest first. */
  public synchronized List<Item> newest(int limit) {
    List<Item> newest = new ArrayList<>();
    Iterator<Item> all = items.iterator();
    while (all.hasNext() && newest.size() < limit) {
      newest.add(all.next());
    }
    return newest;
  }

  /** The most frequent first. */
  public synchronized List<Count> counts() {
    return counts.values().stream()
        .sorted(Comparator.comparingLong(Count::count).reversed().thenComparing(Count::reason))
        .toList();
  }
}
