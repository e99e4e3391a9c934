package org.minusone.series.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.minusone.model.Family;
import org.minusone.model.QualityFlag;
import org.minusone.model.Quantity;
import org.minusone.model.SensorId;
import org.minusone.model.port.SeriesReader.Point;
import org.minusone.model.port.SeriesReader.Row;

/** How much a walk holds at once, and how often it asks. */
class WindowsTest {
  private static final Instant DAY = Instant.parse("2026-03-01T00:00:00Z");
  private static final int MOST = Windows.MOST_ROWS;

  /** Rows are made as they are read, so that a test of many holds no more than the walk does. */
  private static final class Made implements Windows.Source {
    private final TreeMap<Long, Integer> rowsAt = new TreeMap<>();
    private int held;
    private int asked;

    Made with(int rows, long ms) {
      rowsAt.merge(DAY.toEpochMilli() + ms, rows, Integer::sum);
      return this;
    }

    private Iterable<Long> times(Instant from, Instant to) {
      return rowsAt.subMap(from.toEpochMilli(), to.toEpochMilli()).keySet();
    }

    @Override
    public Instant first(Instant from, Instant to) {
      asked++;
      Long ms = rowsAt.ceilingKey(from.toEpochMilli());
      return ms == null || ms >= to.toEpochMilli() ? null : Instant.ofEpochMilli(ms);
    }

    @Override
    public long count(Instant from, Instant to) {
      asked++;
      long count = 0;
      for (long ms : times(from, to)) {
        count += rowsAt.get(ms);
      }
      return count;
    }

    @Override
    public List<Row> rows(Instant from, Instant to) {
      asked++;
      List<Row> rows = new ArrayList<>();
      for (long ms : times(from, to)) {
        Point point = new Point(Instant.ofEpochMilli(ms), 1, null, QualityFlag.PASS);
        for (int i = 0; i < rowsAt.get(ms); i++) {
          SensorId sensor = new SensorId("S-" + i);
          rows.add(new Row(sensor, Family.FLOOD_POINT, Quantity.DEPTH, point));
        }
      }
      held = Math.max(held, rows.size());
      return rows;
    }
  }

  private static int walk(Made source) throws IOException {
    int[] count = {0};
    Instant[] last = {Instant.MIN};
    new Windows(source)
        .walk(
            Instant.EPOCH,
            Instant.parse("2262-01-01T00:00:00Z"),
            row -> {
              assertThat(row.point().time()).isAfterOrEqualTo(last[0]);
              last[0] = row.point().time();
              count[0]++;
            });
    return count[0];
  }

  @Test
  void twoMillionRowsAreNeverHeldTogether() throws Exception {
    Made source = new Made();
    for (int second = 0; second < 20_000; second++) {
      source.with(100, second * 1_000L);
    }
    assertThat(walk(source)).isEqualTo(2_000_000);
    assertThat(source.held).isLessThanOrEqualTo(MOST);
    assertThat(source.asked).as("twice a window of 16,000 rows").isLessThan(300);
  }

  @Test
  void howeverTheDensityJumpsNoMoreIsHeld() throws Exception {
    Random random = new Random(11);
    Made source = new Made();
    int all = 0;
    long ms = 0;
    for (int burst = 0; burst < 60; burst++) {
      ms += random.nextInt(40) * 3_600_000L;
      for (int i = 0; i < 200; i++) {
        int rows = 1 + random.nextInt(burst % 3 == 0 ? 1_000 : 5);
        ms += 1 + random.nextInt(burst % 2 == 0 ? 10 : 60_000);
        source.with(rows, ms);
        all += rows;
      }
    }
    assertThat(walk(source)).isEqualTo(all);
    assertThat(source.held).isLessThanOrEqualTo(MOST);
  }

  @Test
  void yearsOfNothingAreAskedOverInAFewSteps() throws Exception {
    Made source = new Made().with(1, 0).with(1, 5L * 365 * 86_400_000);
    assertThat(walk(source)).isEqualTo(2);
    assertThat(source.asked).isLessThan(15);
  }

  @Test
  void oneMillisecondIsReadWhateverItHolds() throws Exception {
    Made source = new Made().with(3 * MOST, 5).with(1, 4).with(1, 6);
    assertThat(walk(source)).isEqualTo(3 * MOST + 2);
    assertThat(source.held).isLessThanOrEqualTo(3 * MOST + 2);
  }

  @Test
  void aReadingOnTheEdgeOfAWindowGoesOutOnce() throws Exception {
    Made source = new Made();
    for (int i = 0; i < 1_000; i++) {
      source.with(1, i * 60_000L);
    }
    assertThat(walk(source)).isEqualTo(1_000);
  }
}
