package org.minusone.app.decode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.minusone.ingest.decode.TopicName;
import org.minusone.model.CodecChoice;
import org.minusone.model.Family;
import org.minusone.model.Quantity;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.Text;

/**
 * A site for a payload that has none: whoever speaks in it is registered, as of the family that
 * fits best where the topic names none. Pure.
 */
final class MadeUp {
  private final TopicName topic;
  private final Family wanted;
  private final List<String> assumed = new ArrayList<>();

  /**
   * @param wanted of sensors whose topic names no family; null = what fits best
   */
  MadeUp(TopicName topic, Family wanted) {
    this.topic = topic;
    this.wanted = wanted;
  }

  /** What was made up, a line each. */
  List<String> assumed() {
    return assumed;
  }

  /** Where nobody has spoken yet. */
  SiteVersion site(List<CodecChoice> codecs) {
    return site(codecs, Map.of());
  }

  SiteVersion site(List<CodecChoice> codecs, CodecChoice choice, List<Heard.Value> heard) {
    if (topic.kind() == TopicName.Kind.SENSOR) {
      return site(codecs);
    }
    Map<String, Set<Quantity>> devices = new LinkedHashMap<>();
    for (Heard.Value value : heard) {
      if (value.device() != null) {
        Set<Quantity> own = devices.computeIfAbsent(value.device(), d -> new LinkedHashSet<>());
        Tracing.quantity(choice, value.name()).ifPresent(own::add);
      }
    }
    Map<SensorId, Sensor> sensors = new LinkedHashMap<>();
    for (Map.Entry<String, Set<Quantity>> device : devices.entrySet()) {
      Sensor sensor = sensor(device.getKey(), device.getValue(), sensors.size() + 1);
      sensors.put(sensor.id(), sensor);
    }
    return site(codecs, sensors);
  }

  private Sensor sensor(String device, Set<Quantity> quantities, int number) {
    boolean isId = SensorId.isValid(device);
    SensorId id = new SensorId(isId ? device : "sensor-" + number);
    Family family = wanted == null ? fitting(quantities) : wanted;
    assumed.add(
        (isId ? "" : id + " stands for '" + device + "', no id of ours; ")
            + id
            + " is taken for "
            + family.id()
            + (wanted == null ? "; --family says which" : ""));
    return new Sensor(
        id,
        family,
        Text.same(device),
        null,
        null,
        family.quantities(),
        null,
        isId ? Set.of() : Set.of(device),
        Map.of(),
        Sensor.Equipment.UNKNOWN);
  }

  private static Family fitting(Set<Quantity> quantities) {
    Family best = Family.values()[0];
    long most = -1;
    for (Family family : Family.values()) {
      long fits = quantities.stream().filter(family.quantities()::contains).count();
      if (fits > most) {
        best = family;
        most = fits;
      }
    }
    return best;
  }

  private SiteVersion site(List<CodecChoice> codecs, Map<SensorId, Sensor> sensors) {
    SiteId id = topic.site() == null ? new SiteId("any") : topic.site().base();
    return new SiteVersion(
        id,
        1,
        null,
        null,
        Text.same(id.value()),
        "UTC",
        false,
        sensors,
        List.of(),
        List.of(),
        true,
        Map.of(),
        codecs);
  }
}
