package org.minusone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.minusone.app.command.Instance;
import org.minusone.model.Family;
import org.minusone.model.Quantity;
import org.minusone.model.SensorId;
import org.minusone.model.codec.Json;
import org.minusone.simulator.publish.PublisherConfig;

/** What the bench asks of an instance. */
final class Console {
  private Console() {}

  /** A sensor and what it measures. */
  record Box(SensorId sensor, Set<Quantity> quantities) {}

  static JsonNode get(Instance instance, String path) throws Exception {
    HttpResponse<String> answer = instance.get(path);
    if (answer.statusCode() != 200) {
      throw new Unusable(path + " answered " + answer.statusCode() + ": " + answer.body());
    }
    return Json.MAPPER.readTree(answer.body());
  }

  /** Its first site's id. */
  static String site(Instance instance) throws Exception {
    return get(instance, "/api/v1/sites").path("items").path(0).path("id").asText();
  }

  /** At most a thousand of them. */
  static List<Box> sensors(Instance instance, Family family) throws Exception {
    List<Box> boxes = new ArrayList<>();
    JsonNode answer = get(instance, "/api/v1/sensors?limit=1000&family=" + family.id());
    for (JsonNode sensor : answer.path("items")) {
      boxes.add(new Box(new SensorId(sensor.path("id").asText()), quantities(sensor)));
    }
    return boxes;
  }

  private static Set<Quantity> quantities(JsonNode sensor) {
    Set<Quantity> quantities = EnumSet.noneOf(Quantity.class);
    for (JsonNode value : sensor.path("quantities")) {
      quantities.add(Quantity.of(value.path("quantity").asText()));
    }
    return quantities;
  }

  /** Four connections with 200 messages in flight each. */
  static PublisherConfig broker(Instance instance) {
    String[] address = instance.mqtt().split(":");
    return PublisherConfig.to(address[0], Integer.parseInt(address[1]));
  }
}
