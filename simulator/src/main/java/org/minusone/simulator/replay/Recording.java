package org.minusone.simulator.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.minusone.model.Family;
import org.minusone.model.Quantity;
import org.minusone.model.SensorId;
import org.minusone.simulator.scenario.Value;

/**
 * The rows of a CSV file, one after the other; those that are no reading go to {@link Skipped}, and
 * reading goes on. Bytes that are no UTF-8 become replacement characters and so, at worst, a
 * skipped row.
 */
final class Recording implements AutoCloseable {
  private static final List<String> REQUIRED = List.of("sensor", "time", "quantity", "value");

  private final Path file;
  private final Map<SensorId, Family> families;
  private final Skipped skipped;
  private final BufferedReader reader;
  private final Map<String, SensorId> sensors = new HashMap<>();
  private final int columns;
  private final int sensorColumn;
  private final int timeColumn;
  private final int quantityColumn;
  private final int valueColumn;
  private final int familyColumn;
  private long line = 1;
  private long rows;

  /**
   * @throws UnreadableRecording if there is no such file or its header lacks a column
   */
  Recording(Path file, Map<SensorId, Family> families, Skipped skipped) throws IOException {
    this.file = file;
    this.families = families;
    this.skipped = skipped;
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new UnreadableRecording(file + ": no file that can be read");
    }
    this.reader =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8), 1 << 16);
    try {
      String first = reader.readLine();
      if (first == null) {
        throw new UnreadableRecording(file + ": empty; a header line is needed: " + REQUIRED);
      }
      List<String> header = new ArrayList<>();
      for (String name : split(first.startsWith("\uFEFF") ? first.substring(1) : first)) {
        header.add(name.strip().toLowerCase(Locale.ROOT));
      }
      columns = header.size();
      sensorColumn = column(header, "sensor");
      timeColumn = column(header, "time");
      quantityColumn = column(header, "quantity");
      valueColumn = column(header, "value");
      familyColumn = header.indexOf("family");
    } catch (IOException e) {
      reader.close();
      throw e;
    }
  }

  private int column(List<String> header, String name) throws UnreadableRecording {
    int at = header.indexOf(name);
    if (at < 0) {
      throw new UnreadableRecording(
          "%s:1: no column '%s'; there are %s".formatted(file, name, String.join(", ", header)));
    }
    return at;
  }

  /** The next row that is a reading; null at the end. */
  Row next() throws IOException {
    while (true) {
      String text = reader.readLine();
      if (text == null) {
        return null;
      }
      line++;
      if (text.isBlank()) {
        continue;
      }
      rows++;
      Row row = parse(text);
      if (row != null) {
        return row;
      }
    }
  }

  /** Rows read so far, header and empty lines aside. */
  long rows() {
    return rows;
  }

  private Row parse(String text) {
    List<String> cells = split(text);
    // A trailing optional column may be missing; a needed one not.
    int needed =
        Math.max(Math.max(sensorColumn, timeColumn), Math.max(quantityColumn, valueColumn));
    if (cells.size() <= Math.max(needed, familyColumn)) {
      return skip(Skipped.Reason.CUT_OFF, cells.size() + " of " + columns + " columns");
    }
    String name = cells.get(sensorColumn).strip();
    SensorId sensor = sensors.get(name);
    if (sensor == null) {
      if (!SensorId.isValid(name)) {
        return skip(Skipped.Reason.BAD_SENSOR, "'" + shorten(name) + "'");
      }
      sensor = new SensorId(name);
      sensors.put(name, sensor);
    }
    long timeMs = time(cells.get(timeColumn).strip());
    if (timeMs == Long.MIN_VALUE) {
      return skip(Skipped.Reason.BAD_TIME, "'" + shorten(cells.get(timeColumn)) + "'");
    }
    String what = cells.get(quantityColumn).strip();
    Quantity quantity = Quantity.find(what).orElse(null);
    if (quantity == null) {
      return skip(Skipped.Reason.UNKNOWN_QUANTITY, "'" + shorten(what) + "'");
    }
    String kind = familyColumn < 0 ? "" : cells.get(familyColumn).strip();
    Family family = kind.isEmpty() ? guess(sensor, quantity) : Family.find(kind).orElse(null);
    if (family == null) {
      return skip(
          Skipped.Reason.UNKNOWN_FAMILY,
          kind.isEmpty()
              ? "no family given, none known of " + sensor + ", and several have " + what
              : "'" + shorten(kind) + "'");
    }
    if (!family.quantities().contains(quantity)) {
      return skip(Skipped.Reason.WRONG_QUANTITY, family.id() + " has no " + what);
    }
    Value value = value(quantity, cells.get(valueColumn).strip());
    return value == null ? null : new Row(sensor, family, timeMs, value, line);
  }

  private Value value(Quantity quantity, String text) {
    if (quantity.isWord()) {
      if (!quantity.words().contains(text)) {
        skip(
            Skipped.Reason.UNKNOWN_WORD,
            "%s '%s'; there are %s"
                .formatted(quantity.id(), shorten(text), String.join(", ", quantity.words())));
        return null;
      }
      return Value.of(quantity, text);
    }
    try {
      double number = Double.parseDouble(text);
      if (Double.isFinite(number)) {
        return Value.of(quantity, number);
      }
    } catch (NumberFormatException e) {
      // Counted below, like infinity.
    }
    skip(Skipped.Reason.NOT_A_NUMBER, quantity.id() + " '" + shorten(text) + "'");
    return null;
  }

  /** The site's word on the sensor, else the only family that measures such a thing. */
  private Family guess(SensorId sensor, Quantity quantity) {
    Family known = families.get(sensor);
    if (known != null) {
      return known;
    }
    Family only = null;
    for (Family family : Family.values()) {
      if (family.quantities().contains(quantity)) {
        if (only != null) {
          return null;
        }
        only = family;
      }
    }
    return only;
  }

  private Row skip(Skipped.Reason reason, String detail) {
    skipped.add(line, reason, detail);
    return null;
  }

  /** Epoch milliseconds; {@code Long.MIN_VALUE} where it is neither ISO-8601 nor a number. */
  static long time(String text) {
    try {
      if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return Long.parseLong(text);
      }
      return text.endsWith("Z")
          ? Instant.parse(text).toEpochMilli()
          : OffsetDateTime.parse(text.replace(' ', 'T')).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      return Long.MIN_VALUE;
    }
  }

  /** Cells of a line; a quoted one may hold commas and doubled quotes, but no line break. */
  static List<String> split(String line) {
    List<String> cells = new ArrayList<>(6);
    if (line.indexOf('"') < 0) {
      int start = 0;
      for (int comma = line.indexOf(','); comma >= 0; comma = line.indexOf(',', start)) {
        cells.add(line.substring(start, comma));
        start = comma + 1;
      }
      cells.add(line.substring(start));
      return cells;
    }
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
          cell.append('"');
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

  private static String shorten(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
