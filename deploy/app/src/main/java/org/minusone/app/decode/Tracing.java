package org.minusone.app.decode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.minusone.ingest.decode.Units;
import org.minusone.model.Calibration;
import org.minusone.model.CodecChoice;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.SiteVersion;

/**
 * Finds for each reading the value of the payload that it was. A value counts only if it becomes,
 * by unit and calibration, exactly the reading: what is told here is never another way than the
 * decoder's. Pure.
 */
final class Tracing {
  private final SiteVersion site;
  private final Map<String, SensorId> aliases;
  private final CodecChoice choice;

  Tracing(SiteVersion site, CodecChoice choice) {
    this.site = site;
    this.aliases = site.aliases();
    this.choice = choice;
  }

  List<Traced> trace(List<Reading> readings, List<Heard.Value> heard) {
    Map<Quantity, List<Heard.Value>> left = new HashMap<>();
    for (Heard.Value value : heard) {
      quantity(choice, value.name())
          .ifPresent(q -> left.computeIfAbsent(q, k -> new ArrayList<>()).add(value));
    }
    List<Traced> traced = new ArrayList<>();
    for (Reading reading : readings) {
      traced.add(new Traced(reading, origin(reading, left.get(reading.quantity()))));
    }
    return traced;
  }

  /** What a name of the sender's is to us. */
  static Optional<Quantity> quantity(CodecChoice choice, String name) {
    Quantity mapped = choice.quantities().get(name);
    return mapped == null ? Quantity.find(name) : Optional.of(mapped);
  }

  private Traced.Origin origin(Reading reading, List<Heard.Value> left) {
    if (left == null) {
      return null;
    }
    for (Heard.Value value : left) {
      Traced.Origin origin = isOf(reading, value) ? origin(reading, value) : null;
      if (origin != null) {
        left.remove(value);
        return origin;
      }
    }
    return null;
  }

  private boolean isOf(Reading reading, Heard.Value value) {
    String device = value.device();
    return device == null
        || device.equals(reading.sensor().value())
        || reading.sensor().equals(aliases.get(device));
  }

  /** Null unless {@code value} becomes {@code reading}. */
  private Traced.Origin origin(Reading reading, Heard.Value value) {
    if (reading.quantity().isWord()) {
      return reading.word().equals(value.word())
          ? new Traced.Origin(value.name(), value.word(), null, null, null)
          : null;
    }
    Calibration calibration =
        site.sensor(reading.sensor())
            .map(Sensor::calibrations)
            .map(all -> all.get(reading.quantity()))
            .orElse(null);
    String unit = null;
    String from = null;
    if (value.unit() != null && !value.unit().isEmpty()) {
      unit = value.unit();
      from = "payload";
    } else if (calibration != null && calibration.unit() != null) {
      unit = calibration.unit();
      from = "sensor";
    } else if (choice.units().containsKey(reading.quantity())) {
      unit = choice.units().get(reading.quantity());
      from = "codec";
    }
    Optional<Units.Conversion> conversion = Optional.empty();
    if (unit != null && !unit.equals(reading.quantity().unit())) {
      conversion = Units.conversion(reading.quantity(), unit);
      if (conversion.isEmpty()) {
        return null;
      }
    }
    boolean moved = calibration != null && (calibration.scale() != 1 || calibration.offset() != 0);
    double own = Units.inOurs(value.number(), conversion.orElse(null), calibration);
    return Double.compare(own, reading.value()) == 0
        ? new Traced.Origin(value.name(), value.number(), unit, from, moved ? calibration : null)
        : null;
  }
}
