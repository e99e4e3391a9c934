package org.minusone.series.read;

import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.minusone.model.Family;
import org.minusone.model.Quantity;
import org.minusone.model.SensorId;
import org.minusone.model.port.SeriesReader.Point;
import org.minusone.model.port.SeriesReader.Row;
import org.minusone.model.port.SeriesReader.Rows;

/**
 * Walks through a range of any length in windows of time that hold few rows each. A window is
 * counted before it is read: one that holds too many is made narrower, down to a millisecond, which
 * is then read whatever it holds. The next is as wide as the density of the last one suggests, and
 * where nothing is the walk goes straight to the next reading.
 */
final class Windows {
  /** What a window may hold. */
  static final int MOST_ROWS = 20_000;

  private static final long FIRST_WIDTH_MS = 60_000;
  private static final long WIDEST_MS = 100L * 365 * 86_400_000;
  private static final int FASTEST_GROWTH = 8;

  /** Aims below the most, so that a window a little denser than the last need not be cut. */
  private static final double AIM = 0.8;

  private static final Comparator<Row> ORDER =
      Comparator.comparing((Row row) -> row.point().time())
          .thenComparing(Row::sensor)
          .thenComparing(row -> row.quantity().id());

  /** How a kind of store is asked. {@code from} is inclusive, {@code to} exclusive. */
  interface Source {
    /** The time of the oldest row, null where there is none. */
    Instant first(Instant from, Instant to) throws IOException;

    long count(Instant from, Instant to) throws IOException;

    /** All of them, in any order. */
    List<Row> rows(Instant from, Instant to) throws IOException;
  }

  private final Source source;

  Windows(Source source) {
    this.source = source;
  }

  /**
   * @throws IOException of the source, or of {@code out}
   */
  void walk(Instant from, Instant to, Rows out) throws IOException {
    long widthMs = FIRST_WIDTH_MS;
    Instant at = from;
    while (at.isBefore(to)) {
      Instant end = at.plusMillis(widthMs);
      end = end.isBefore(to) ? end : to;
      long found = source.count(at, end);
      if (found == 0) {
        Instant next = end.isBefore(to) ? source.first(end, to) : null;
        if (next == null) {
          return;
        }
        // Stores that keep finer times than ours tell the millisecond that it lies in.
        at = next.isBefore(end) ? end : next;
      } else if (found > MOST_ROWS && widthMs > 1) {
        widthMs = Math.max(1, Math.min(widthMs / 2, towardsAim(widthMs, found)));
      } else {
        hand(source.rows(at, end), out);
        at = end;
        long wider = Math.min(widthMs * FASTEST_GROWTH, towardsAim(widthMs, found));
        widthMs = Math.min(WIDEST_MS, Math.max(1, wider));
      }
    }
  }

  private static long towardsAim(long widthMs, long found) {
    return (long) (widthMs * (AIM * MOST_ROWS / found));
  }

  /** A sensor whose family was changed may have two rows of a time: one goes out. */
  private static void hand(List<Row> rows, Rows out) throws IOException {
    rows.sort(ORDER);
    Row last = null;
    for (Row row : rows) {
      if (last == null || ORDER.compare(last, row) != 0) {
        out.row(row);
      }
      last = row;
    }
  }

  /**
   * A row by what its tags say.
   *
   * @throws IOException for a tag that is none of ours
   */
  static Row row(String sensor, String family, String quantity, Point point) throws IOException {
    try {
      return new Row(new SensorId(sensor), Family.of(family), Quantity.of(quantity), point);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "the store holds a row at %s that is no reading: %s"
              .formatted(point.time(), e.getMessage()),
          e);
    }
  }
}
