package org.minusone.console;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import org.minusone.model.QualityFlag;
import org.minusone.model.Quantity;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.SiteId;
import org.minusone.model.port.SeriesReader;

/** A series that is a function of time. */
final class FakeSeries implements SeriesReader {
  volatile boolean away;
  volatile Map<SiteId, Map<SensorId, Map<Quantity, Point>>> latest = Map.of();
  private final ToDoubleBiFunction<Series, Instant> function;

  record Series(SensorKey key, Quantity quantity) {}

  FakeSeries(ToDoubleBiFunction<Series, Instant> function) {
    this.function = function;
  }

  @Override
  public List<Point> range(
      SensorKey key, Quantity quantity, Instant from, Instant to, int maxPoints)
      throws IOException {
    if (away) {
      throw new IOException("the store is away");
    }
    List<Point> points = new ArrayList<>();
    long stepMs = Math.max(1_000, Duration.between(from, to).toMillis() / maxPoints);
    for (Instant t = from; t.isBefore(to); t = t.plusMillis(stepMs)) {
      String word = quantity.isWord() ? quantity.words().get(0) : null;
      double value =
          word == null ? function.applyAsDouble(new Series(key, quantity), t) : Double.NaN;
      points.add(new Point(t, value, word, QualityFlag.PASS));
    }
    return points;
  }

  @Override
  public Map<SensorId, Map<Quantity, Point>> latest(SiteId site, Duration within)
      throws IOException {
    if (away) {
      throw new IOException("the store is away");
    }
    return latest.getOrDefault(site, Map.of());
  }

  /** The console exports nothing. */
  @Override
  public void export(Selection selection, Rows rows) {
    throw new UnsupportedOperationException("no export of " + selection);
  }
}
