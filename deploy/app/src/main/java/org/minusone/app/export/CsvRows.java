package org.minusone.app.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Set;
import org.minusone.model.SensorId;
import org.minusone.model.port.SeriesReader;
import org.minusone.model.port.SeriesReader.Row;

/**
 * Rows as CSV in UTF-8, a line each: {@code sensor,time,quantity,value,family,quality}; time ISO
 * 8601 in UTC, always with milliseconds; quality the QARTOD flag. The header comes with the first
 * row, so that of nothing there is nothing.
 */
public final class CsvRows implements SeriesReader.Rows {
  private static final String HEADER = "sensor,time,quantity,value,family,quality\n";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** Up to here every whole number is a double, and none is written with an exponent. */
  private static final double WHOLE = 1L << 53;

  private static final int BUFFER = 1 << 16;

  private final OutputStream out;
  private final StringBuilder lines = new StringBuilder(2 * BUFFER);
  private final ExportProgress progress;
  private final Set<SensorId> sensors = new HashSet<>();
  private long rows;
  private long bytes;
  private Instant first;
  private Instant last;
  private String lastTime;

  /** The place that is written to did not take it; its message is that place's. */
  public static final class Unwritten extends IOException {
    private static final long serialVersionUID = 1;

    Unwritten(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  public CsvRows(OutputStream out, ExportProgress progress) {
    this.out = out;
    this.progress = progress;
  }

  /**
   * @throws Unwritten if the line cannot be written
   */
  @Override
  public void row(Row row) throws Unwritten {
    Instant time = row.point().time();
    if (rows++ == 0) {
      first = time;
      lines.append(HEADER);
    }
    if (!time.equals(last)) {
      last = time;
      lastTime = TIME.format(time);
    }
    sensors.add(row.sensor());
    lines
        .append(row.sensor().value())
        .append(',')
        .append(lastTime)
        .append(',')
        .append(row.quantity().id())
        .append(',');
    value(row.point());
    lines
        .append(',')
        .append(row.family().id())
        .append(',')
        .append(row.point().flag().code())
        .append('\n');
    if (lines.length() >= BUFFER) {
      write();
    }
    progress.at(rows, time);
  }

  private void value(SeriesReader.Point point) {
    if (point.word() != null) {
      lines.append(cell(point.word()));
    } else if (!Double.isNaN(point.value())) {
      double value = point.value();
      if (value == Math.rint(value) && Math.abs(value) < WHOLE) {
        lines.append((long) value);
      } else {
        lines.append(value);
      }
    }
  }

  /** What reads it back knows quotes, and takes a line break for the end of a row. */
  private static String cell(String word) {
    String line = word.replaceAll("[\\r\\n]+", " ");
    return line.indexOf(',') < 0 && line.indexOf('"') < 0
        ? line
        : '"' + line.replace("\"", "\"\"") + '"';
  }

  private void write() throws Unwritten {
    byte[] written = lines.toString().getBytes(StandardCharsets.UTF_8);
    try {
      out.write(written);
      out.flush();
    } catch (IOException e) {
      throw new Unwritten(e);
    }
    bytes += written.length;
    lines.setLength(0);
  }

  /**
   * Writes what is left; to be called when the last row came.
   *
   * @throws Unwritten if it cannot be written
   */
  public void end() throws Unwritten {
    write();
  }

  public long rows() {
    return rows;
  }

  /** Written so far. */
  public long bytes() {
    return bytes;
  }

  public int sensors() {
    return sensors.size();
  }

  /** The time of the first row, null before it. */
  public Instant first() {
    return first;
  }

  /** The time of the last row, null before the first. */
  public Instant last() {
    return last;
  }
}
