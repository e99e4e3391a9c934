package org.minusone.bench.foresight;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.minusone.model.Family;
import org.minusone.model.Reading;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;
import org.minusone.rules.backtest.CsvReadings;
import org.minusone.rules.forecast.Sampled;

/** One quantity of one family in one recorded set. */
record Recording(String set, Family family, Kind kind, Map<SensorId, List<Reading>> sensors) {

  /** Of each {@code readings.csv} in the folders of {@code data}, by name. */
  static List<Recording> in(Path data) throws IOException {
    List<Path> folders;
    try (var entries = Files.list(data)) {
      folders = entries.filter(f -> Files.exists(f.resolve("readings.csv"))).sorted().toList();
    }
    List<Recording> found = new ArrayList<>();
    for (Path folder : folders) {
      found.addAll(read(folder));
    }
    return found;
  }

  private static List<Recording> read(Path folder) throws IOException {
    CsvReadings.Content content;
    try (BufferedReader in = Files.newBufferedReader(folder.resolve("readings.csv"))) {
      content = new CsvReadings(new SiteId("bench"), CsvReadings.familiesOf(List.of())).read(in);
    }
    Map<String, Recording> byName = new LinkedHashMap<>();
    for (Reading reading : content.readings()) {
      Optional<Kind> kind = Kind.of(reading.family(), reading.quantity());
      if (kind.isPresent()) {
        byName
            .computeIfAbsent(
                reading.family().id() + "/" + reading.quantity().id(),
                n ->
                    new Recording(
                        folder.getFileName().toString(),
                        reading.family(),
                        kind.get(),
                        new TreeMap<>()))
            .sensors()
            .computeIfAbsent(reading.sensor(), s -> new ArrayList<>())
            .add(reading);
      }
    }
    return List.copyOf(byName.values());
  }

  /** Of every tenth sensor from the {@code fold}-th on, or of all others. */
  List<SensorId> fold(int fold, int of, boolean inside) {
    List<SensorId> chosen = new ArrayList<>();
    int i = 0;
    for (SensorId sensor : sensors.keySet()) {
      if ((group(sensor, i++) % of == fold) == inside) {
        chosen.add(sensor);
      }
    }
    return chosen;
  }

  /** Sensors of one fire ({@code SDC02-TCA_1}) know each other: they belong to one fold. */
  private int group(SensorId sensor, int index) {
    if (!kind.isHeat()) {
      return index;
    }
    String fire = sensor.value().split("-", 2)[0];
    return (int)
        sensors.keySet().stream()
            .map(s -> s.value().split("-", 2)[0])
            .distinct()
            .takeWhile(name -> !name.equals(fire))
            .count();
  }

  List<Reading> readings(List<SensorId> of) {
    List<Reading> readings = new ArrayList<>();
    of.forEach(sensor -> readings.addAll(sensors.get(sensor)));
    return readings;
  }

  List<Reading> readings() {
    return readings(List.copyOf(sensors.keySet()));
  }

  /** Without readings that are not after the one before, which the evaluator passes over. */
  Sampled sampled(SensorId sensor) {
    List<Reading> good = new ArrayList<>();
    for (Reading reading : sensors.get(sensor)) {
      if (good.isEmpty() || reading.timeMs() > good.get(good.size() - 1).timeMs()) {
        good.add(reading);
      }
    }
    return new Sampled(
        good.stream().mapToLong(Reading::timeMs).toArray(),
        good.stream().mapToDouble(Reading::value).toArray());
  }
}
