package org.minusone.console.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.minusone.model.SiteId;
import org.minusone.model.codec.Json;

/**
 * Who was told what, as the topic {@code deliveries} has it: the last record of each, without the
 * event it carries. Bounded by what alerting keeps there (two days), and by {@link #MOST}: then the
 * oldest go.
 */
public final class DeliveryBook {
  private static final int MOST = 50_000;
  private static final Set<String> FAILED = Set.of("refused", "given_up");
  private static final Set<String> OPEN = Set.of("planned", "attempting", "waiting", "held");

  private final Map<String, JsonNode> last =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, JsonNode> eldest) {
          return size() > MOST;
        }
      };

  /** Which deliveries are wanted. */
  public enum Which {
    /** Given up or refused: nobody was told. */
    FAILED,
    /** Still to be made. */
    OPEN,
    ALL
  }

  /**
   * @param json null = forgotten
   */
  public synchronized void take(String id, byte[] json) {
    if (json == null) {
      last.remove(id);
      return;
    }
    try {
      if (Json.MAPPER.readTree(json) instanceof ObjectNode delivery) {
        delivery.remove("event");
        last.put(id, delivery);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Empty where it is not known, or forgotten. */
  public synchronized Optional<JsonNode> one(String id) {
    return Optional.ofNullable(last.get(id));
  }

  /**
   * Why it cannot be sent again, a word for programs; empty where it can.
   *
   * @param delivery as this book has it
   */
  public static Optional<String> refusal(JsonNode delivery) {
    String state = delivery.path("state").asText();
    if (FAILED.contains(state)) {
      return Optional.empty();
    }
    return Optional.of(OPEN.contains(state) ? "not-over" : "delivered");
  }

  /** Those of a site, the newest first. */
  public synchronized List<JsonNode> of(SiteId site, Which which, int limit) {
    return last.values().stream()
        .filter(d -> d.path("site").asText().equals(site.value()))
        .filter(d -> isWanted(d.path("state").asText(), which))
        .sorted(Comparator.comparing((JsonNode d) -> d.path("planned_at").asText()).reversed())
        .limit(limit)
        .toList();
  }

  /** Those of an alert, the oldest first. */
  public synchronized List<JsonNode> of(String alert) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode delivery : last.values()) {
      if (delivery.path("alert").asText().equals(alert)) {
        found.add(delivery);
      }
    }
    found.sort(Comparator.comparing(d -> d.path("planned_at").asText()));
    return found;
  }

  private static boolean isWanted(String state, Which which) {
    return switch (which) {
      case FAILED -> FAILED.contains(state);
      case OPEN -> OPEN.contains(state);
      case ALL -> true;
    };
  }
}
