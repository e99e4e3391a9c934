package org.minusone.rules.load;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.minusone.model.Calibration;
import org.minusone.model.Quantity;
import org.minusone.model.Sensor;

/**
 * What a sensor's line, its kind or the top of its file says of the device: its gateway, how its
 * numbers are corrected, and what kind of thing it is. The nearer word counts.
 */
final class FixtureReader {
  private final Optional<Set<String>> gateways;
  private final SiteChecks checks;

  /**
   * @param gateways the ids there are; empty = the site has no list of them, so any will do
   */
  FixtureReader(Optional<Set<String>> gateways, SiteChecks checks) {
    this.gateways = gateways;
    this.checks = checks;
  }

  /** What was said; null where nothing was. */
  record Fixture(
      String gateway,
      Map<Quantity, Calibration> calibrations,
      String model,
      LocalDate installed,
      String battery,
      LocalDate batteryReplaced) {
    static final Fixture UNKNOWN = new Fixture(null, Map.of(), null, null, null, null);

    /** What {@code wider} says fills the gaps, as far as one that measures {@code own} has it. */
    Fixture over(Fixture wider, Collection<Quantity> own) {
      Map<Quantity, Calibration> both = new EnumMap<>(Quantity.class);
      both.putAll(wider.calibrations);
      both.putAll(calibrations);
      both.keySet().retainAll(own);
      return new Fixture(
          gateway == null ? wider.gateway : gateway,
          both,
          model == null ? wider.model : model,
          installed == null ? wider.installed : installed,
          battery == null ? wider.battery : battery,
          batteryReplaced == null ? wider.batteryReplaced : batteryReplaced);
    }

    Sensor.Equipment equipment() {
      return new Sensor.Equipment(model, installed, battery, batteryReplaced);
    }
  }

  /**
   * @param own what may be calibrated here
   * @param owner who measures that, for a problem: {@code "this sensor"}
   */
  Fixture read(Section section, Collection<Quantity> own, String owner) {
    Optional<String> gateway = section.take("gateway").flatMap(this::gateway);
    Map<Quantity, Calibration> calibrations = new EnumMap<>(Quantity.class);
    section.take("calibrations").ifPresent(value -> calibrations(value, own, owner, calibrations));
    Optional<String> model = section.take("model").flatMap(Value::text);
    Optional<Value> installedAt = section.take("installed");
    Optional<LocalDate> installed = installedAt.flatMap(FixtureReader::date);
    String battery = null;
    LocalDate replaced = null;
    Optional<Value> written = section.take("battery");
    if (written.isPresent() && written.get().isMapping()) {
      Section parts = written.get().section().orElseThrow();
      battery = parts.require("type").flatMap(Value::text).orElse(null);
      Optional<Value> at = parts.take("replaced");
      replaced = at.flatMap(FixtureReader::date).orElse(null);
      parts.finish();
      if (replaced != null && installed.filter(replaced::isBefore).isPresent()) {
        at.orElseThrow().error("replaced before it was installed, " + installed.get());
      }
    } else {
      battery = written.flatMap(Value::text).orElse(null);
    }
    return new Fixture(
        gateway.orElse(null),
        calibrations,
        model.orElse(null),
        installed.orElse(null),
        battery,
        replaced);
  }

  private Optional<String> gateway(Value value) {
    return gateways.isEmpty() ? value.text() : value.word("gateway", gateways.get());
  }

  private void calibrations(
      Value value, Collection<Quantity> own, String owner, Map<Quantity, Calibration> into) {
    for (Section.Entry entry : value.section().map(Section::entries).orElse(List.of())) {
      Optional<Quantity> quantity =
          entry.key().word("quantity", List.of(Quantity.values()), Quantity::id);
      if (quantity.isEmpty()) {
        continue;
      }
      if (!own.contains(quantity.get())) {
        entry.key().error(owner + " does not measure '" + quantity.get().id() + "'");
      } else if (quantity.get().isWord()) {
        entry.key().error("'" + quantity.get().id() + "' is a word: there is nothing to calibrate");
      } else {
        entry
            .value()
            .section()
            .flatMap(section -> calibration(section, quantity.get()))
            .ifPresent(calibration -> into.put(quantity.get(), calibration));
      }
    }
  }

  private Optional<Calibration> calibration(Section section, Quantity quantity) {
    Optional<String> unit =
        section.take("unit").flatMap(value -> CodecsReader.unit(value, quantity, checks));
    OptionalDouble scale = number(section, "scale", 1);
    OptionalDouble offset = number(section, "offset", 0);
    section.finish();
    if (scale.isEmpty() || offset.isEmpty()) {
      return Optional.empty();
    }
    if (scale.getAsDouble() == 0) {
      section.take("scale").orElseThrow().error("'scale' 0 would make every value the same");
      return Optional.empty();
    }
    return Optional.of(
        new Calibration(unit.orElse(null), scale.getAsDouble(), offset.getAsDouble()));
  }

  private static OptionalDouble number(Section section, String key, double otherwise) {
    Optional<Value> value = section.take(key);
    return value.isEmpty() ? OptionalDouble.of(otherwise) : value.get().number();
  }

  private static Optional<LocalDate> date(Value value) {
    Optional<String> text = value.raw();
    try {
      if (text.isPresent()) {
        return Optional.of(LocalDate.parse(text.get()));
      }
    } catch (DateTimeParseException e) {
      // Said below, as for any other text.
    }
    value.error(
        "'" + value.name() + "' must be a date such as 2024-05-01, not '" + text.orElse("") + "'");
    return Optional.empty();
  }
}
