package org.minusone.model.port;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
   * @param value {@code NaN} for a word
   * @param word null for a number
   */
  record Point(Instant time, double value, String word, QualityFlag flag) {}
}
