package org.minusone.model.port;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.minusone.model.Family;
import org.minusone.model.QualityFlag;
import org.minusone.model.Quantity;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.SiteId;

/** Reads the raw series. Every implementation passes the same contract test. */
public interface SeriesReader {
  /**
   * Points of one sensor's quantity, oldest first. With more than {@code maxPoints} in the range it
   * is split into equal steps of time and each step keeps its lowest and its highest, so that no
   * peak is lost.
   *
   * @param from inclusive
   * @param to exclusive
   * @throws IOException when the store cannot be asked
   */
  List<Point> range(SensorKey key, Quantity quantity, Instant from, Instant to, int maxPoints)
      throws IOException;

  /**
   * The newest point of each quantity of each sensor of a site that has one no older than {@code
   * within}.
   *
   * @throws IOException when the store cannot be asked
   */
  Map<SensorId, Map<Quantity, Point>> latest(SiteId site, Duration within) throws IOException;

  /**
   * Hands over every reading of a selection, row by row: in order of time; of one time by sensor
   * id, then by quantity id; one for each time, sensor and quantity. Every kind of store gives the
   * same rows in the same order.
   *
   * <p>The store is asked for one short stretch of time after the other. However many rows there
   * are, no more are held than some ten thousand, or than one millisecond has. It is no snapshot: a
   * late reading that is written behind the place that was reached is missed.
   *
   * @throws IOException when the store cannot be asked, or what {@code rows} throws, which ends it
   */
  void export(Selection selection, Rows rows) throws IOException;

  /**
   * What is exported. An empty set leaves nothing out.
   *
   * @param from inclusive
   * @param to exclusive
   */
  record Selection(
      SiteId site,
      Instant from,
      Instant to,
      Set<SensorId> sensors,
      Set<Quantity> quantities,
      Set<Family> families) {
    public Selection {
      sensors = Set.copyOf(sensors);
      quantities = Set.copyOf(quantities);
      families = Set.copyOf(families);
    }

    /** Everything of a site. */
    public static Selection of(SiteId site, Instant from, Instant to) {
      return new Selection(site, from, to, Set.of(), Set.of(), Set.of());
    }
  }

  /** Takes rows as they come. */
  @FunctionalInterface
  interface Rows {
    void row(Row row) throws IOException;
  }

  /** A point and whose it is. */
  record Row(SensorId sensor, Family family, Quantity quantity, Point point) {}

  /**
   * @param value {@code NaN} for a word
   * @param word null for a number
   */
  record Point(Instant time, double value, String word, QualityFlag flag) {}
}
