package org.minusone.rules.backtest;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.minusone.model.Family;
import org.minusone.model.QualityFlag;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.Rule;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.SiteId;
import org.minusone.model.Stamp;

/**
 * Recorded readings from a CSV file: columns {@code sensor,time,quantity,value}, optional {@code
 * family,quality}, in any order; time ISO-8601 or epoch milliseconds; quality a QARTOD flag, else
 * the gross range decides. Arrival is taken to be the reading's time.
 *
 * <p>A row that cannot be read is told with its line and skipped; a file without the columns is not
 * read at all.
 */
public final class CsvReadings {
  private static final int PROBLEMS_TOLD = 100;
  private static final List<String> NEEDED = List.of("sensor", "time", "quantity", "value");

  private final SiteId site;
  private final BiFunction<SensorId, Quantity, Optional<Family>> families;

  /**
   * @param site signals name it
   * @param families a sensor's family, asked where the row has none
   */
  public CsvReadings(SiteId site, BiFunction<SensorId, Quantity, Optional<Family>> families) {
    this.site = site;
    this.families = families;
  }

  /**
   * The family of the rules that watch a quantity: for files without the column. Empty when rules
   * of several families watch it; the first family that has the quantity when none does.
   */
  public static BiFunction<SensorId, Quantity, Optional<Family>> familiesOf(List<Rule> rules) {
    return (sensor, quantity) -> {
      List<Family> watching =
          rules.stream()
              .filter(rule -> rule.quantity() == quantity)
              .map(Rule::family)
              .distinct()
              .toList();
      if (watching.size() > 1) {
        return Optional.empty();
      }
      return watching.isEmpty()
          ? List.of(Family.values()).stream()
              .filter(f -> f.quantities().contains(quantity))
              .findFirst()
          : Optional.of(watching.get(0));
    };
  }

  /**
   * What a file held.
   *
   * @param readings in order of time; of equal times, as in the file
   * @param badRows how many rows could not be read
   * @param outOfOrder how many rows were older than the row before them of the same sensor
   * @param problems what was wrong, by line, the first hundred
   */
  public record Content(
      List<Reading> readings, long badRows, long outOfOrder, List<Problem> problems) {}

  /**
   * @param line 1 is the header
   */
  public record Problem(long line, String message) {
    @Override
    public String toString() {
      return "line " + line + ": " + message;
    }

    /** A line for each message: what is wrong in all rows is said once. */
    public static List<String> told(List<Problem> problems) {
      Map<String, List<Problem>> alike = new LinkedHashMap<>();
      problems.forEach(p -> alike.computeIfAbsent(p.message(), m -> new ArrayList<>()).add(p));
      return alike.values().stream()
          .map(
              all -> {
                String more = all.size() == 1 ? "" : " (and " + (all.size() - 1) + " more like it)";
                return all.get(0) + more;
              })
          .toList();
    }
  }

  /**
   * @throws IllegalArgumentException if the header lacks a column
   * @throws IOException if {@code in} cannot be read
   */
  public Content read(BufferedReader in) throws IOException {
    String header = in.readLine();
    Map<String, Integer> columns = columns(header);
    List<Reading> readings = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    Map<SensorId, Long> last = new HashMap<>();
    Map<String, SensorId> ids = new HashMap<>();
    long bad = 0;
    long outOfOrder = 0;
    long number = 1;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      try {
        Reading reading = row(line, columns, ids);
        Long before = last.put(reading.sensor(), reading.timeMs());
        outOfOrder += before != null && reading.timeMs() < before ? 1 : 0;
        readings.add(reading);
      } catch (IllegalArgumentException e) {
        bad++;
        if (problems.size() < PROBLEMS_TOLD) {
          problems.add(new Problem(number, e.getMessage()));
        }
      }
    }
    readings.sort(Comparator.comparingLong(Reading::timeMs));
    return new Content(readings, bad, outOfOrder, List.copyOf(problems));
  }

  private static Map<String, Integer> columns(String header) {
    if (header == null) {
      throw new IllegalArgumentException("line 1: the file is empty, expected " + NEEDED);
    }
    List<String> names = split(header.startsWith("\uFEFF") ? header.substring(1) : header);
    Map<String, Integer> columns = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      columns.put(names.get(i).strip(), i);
    }
    for (String needed : NEEDED) {
      if (!columns.containsKey(needed)) {
        throw new IllegalArgumentException(
            "line 1: no column " + needed + " in " + String.join(",", columns.keySet()));
      }
    }
    return columns;
  }

  private Reading row(String line, Map<String, Integer> columns, Map<String, SensorId> ids) {
    List<String> cells = split(line);
    if (cells.size() < columns.size()) {
      throw new IllegalArgumentException(
          cells.size() + " of " + columns.size() + " columns, cut off: " + line);
    }
    SensorId sensor = ids.computeIfAbsent(cell(cells, columns, "sensor"), SensorId::new);
    Quantity quantity = Quantity.of(cell(cells, columns, "quantity"));
    long timeMs = time(cell(cells, columns, "time"));
    Family family = family(sensor, quantity, cell(cells, columns, "family"));
    SensorKey key = new SensorKey(site, sensor);
    String text = cell(cells, columns, "value");
    if (text.isEmpty()) {
      throw new IllegalArgumentException("no value");
    }
    Reading reading =
        quantity.isWord()
            ? Reading.word(key, family, quantity, timeMs, timeMs, Stamp.OWN, word(quantity, text))
            : Reading.number(key, family, quantity, timeMs, timeMs, Stamp.OWN, number(text));
    String quality = cell(cells, columns, "quality");
    return quality.isEmpty() ? reading : flagged(reading, quality);
  }

  private static String cell(List<String> cells, Map<String, Integer> columns, String name) {
    Integer i = columns.get(name);
    return i == null ? "" : cells.get(i).strip();
  }

  private Family family(SensorId sensor, Quantity quantity, String named) {
    if (!named.isEmpty()) {
      return Family.of(named);
    }
    return families
        .apply(sensor, quantity)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "whose "
                        + quantity.id()
                        + " is it? Rules of several families watch it: add a column family, or name the --site"));
  }

  private static double number(String text) {
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new IllegalArgumentException("not a number: " + text);
  }

  private static String word(Quantity quantity, String text) {
    if (!quantity.words().contains(text)) {
      throw new IllegalArgumentException(
          quantity.id() + " knows " + String.join(", ", quantity.words()) + ", not " + text);
    }
    return text;
  }

  private static Reading flagged(Reading r, String quality) {
    QualityFlag flag;
    try {
      flag = QualityFlag.of(Integer.parseInt(quality));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a QARTOD flag (1, 2, 3, 4, 9): " + quality, e);
    }
    if (r.flag() == QualityFlag.FAIL) {
      return r; // beyond what the instrument can read, whatever the row says: as live
    }
    return new Reading(
        r.site(),
        r.family(),
        r.sensor(),
        r.quantity(),
        r.timeMs(),
        r.arrivalMs(),
        r.stamp(),
        r.value(),
        r.word(),
        flag);
  }

  private static long time(String text) {
    try {
      boolean digits = !text.isEmpty();
      for (int i = text.startsWith("-") ? 1 : 0; i < text.length() && digits; i++) {
        digits = Character.isDigit(text.charAt(i));
      }
      if (digits) {
        return Long.parseLong(text);
      }
      return text.endsWith("Z")
          ? Instant.parse(text).toEpochMilli()
          : OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeParseException | NumberFormatException e) {
      throw new IllegalArgumentException(
          "not a time (ISO-8601 with its offset, or epoch milliseconds): " + text, e);
    }
  }

  /** Cells may be quoted; a quote within is doubled. */
  private static List<String> split(String line) {
    List<String> cells = new ArrayList<>(6);
    if (line.indexOf('"') < 0) {
      int from = 0;
      for (int comma = line.indexOf(','); comma >= 0; comma = line.indexOf(',', from)) {
        cells.add(line.substring(from, comma));
        from = comma + 1;
      }
      cells.add(line.substring(from));
      return cells;
    }
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
          cell.append(c);
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
