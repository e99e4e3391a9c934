package org.minusone.app.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.minusone.model.Family;
import org.minusone.model.QualityFlag;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;
import org.minusone.model.port.SeriesReader.Point;
import org.minusone.model.port.SeriesReader.Row;
import org.minusone.rules.backtest.CsvReadings;

class CsvRowsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final StringWriter talk = new StringWriter();
  private final AtomicLong nanos = new AtomicLong();
  private final ExportProgress progress =
      new ExportProgress(new PrintWriter(talk), NOON, NOON.plusSeconds(1_000), nanos::get);
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final CsvRows rows = new CsvRows(out, progress);

  private static Row number(String sensor, Instant time, double value, QualityFlag flag) {
    Point point = new Point(time, value, null, flag);
    return new Row(new SensorId(sensor), Family.HAZMAT_STORAGE, Quantity.TEMPERATURE, point);
  }

  private static Row word(String sensor, Instant time, String word) {
    Point point = new Point(time, Double.NaN, word, QualityFlag.PASS);
    return new Row(new SensorId(sensor), Family.SMOKE, Quantity.STATE, point);
  }

  @Test
  void aLineHasWhatBacktestsAndReplaysRead() throws Exception {
    rows.row(number("H-07", NOON, 20, QualityFlag.PASS));
    rows.row(number("H-08", NOON, -3.25, QualityFlag.FAIL));
    rows.row(word("S-1", NOON.plusMillis(1), "fire"));
    rows.row(word("S-1", NOON.plusMillis(50), "火, \"x\"\nnext"));
    rows.end();
    assertThat(out.toString(UTF_8))
        .isEqualTo(
            """
            sensor,time,quantity,value,family,quality
            H-07,2026-03-01T12:00:00.000Z,temperature,20,hazmat-storage,1
            H-08,2026-03-01T12:00:00.000Z,temperature,-3.25,hazmat-storage,4
            S-1,2026-03-01T12:00:00.001Z,state,fire,smoke,1
            S-1,2026-03-01T12:00:00.050Z,state,"火, ""x"" next",smoke,1
            """);
    assertThat(rows.rows()).isEqualTo(4);
    assertThat(rows.sensors()).isEqualTo(3);
    assertThat(rows.first()).isEqualTo(NOON);
    assertThat(rows.last()).isEqualTo(NOON.plusMillis(50));
    assertThat(rows.bytes()).isEqualTo(out.size());
  }

  @Test
  void everyNumberComesBackAsItWas() throws Exception {
    double[] values = {
      0, 20, -7, 0.1, 1e-9, 1e-300, 123_456_789.125, 9_007_199_254_740_991.0, 1e22, 1.0 / 3
    };
    for (int i = 0; i < values.length; i++) {
      rows.row(number("H-07", NOON.plusMillis(i), values[i], QualityFlag.values()[i % 5]));
    }
    rows.end();
    CsvReadings.Content read =
        new CsvReadings(new SiteId("fubao"), (sensor, quantity) -> Optional.empty())
            .read(new BufferedReader(new StringReader(out.toString(UTF_8))));
    assertThat(read.problems()).isEmpty();
    assertThat(read.readings()).extracting(Reading::value).containsExactly(box(values));
    assertThat(read.readings()).extracting(Reading::flag).startsWith(QualityFlag.values());
    assertThat(read.readings().get(9).timeMs()).isEqualTo(NOON.toEpochMilli() + 9);
  }

  private static Double[] box(double[] values) {
    List<Double> boxed = new ArrayList<>();
    for (double value : values) {
      boxed.add(value);
    }
    return boxed.toArray(Double[]::new);
  }

  @Test
  void ofNothingThereIsNotEvenAHeader() throws Exception {
    rows.end();
    assertThat(out.size()).isZero();
  }

  @Test
  void aPlaceThatTakesNoMoreIsToldApartFromAStoreThatIsAway() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    CsvRows refused = new CsvRows(full, progress);
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 10_000; i++) {
                refused.row(number("H-07", NOON.plusMillis(i), i, QualityFlag.PASS));
              }
            })
        .isInstanceOf(CsvRows.Unwritten.class)
        .hasMessage("No space left on device");
    assertThat(refused.rows()).as("not held until the end").isLessThan(3_000);
  }

  @Test
  void whatTakesLongSaysEachSecondHowFarItIs() throws Exception {
    for (int i = 0; i < 500; i++) {
      nanos.addAndGet(Duration.ofMillis(10).toNanos());
      rows.row(number("H-07", NOON.plusSeconds(i), i, QualityFlag.PASS));
    }
    progress.end();
    List<String> said = List.of(talk.toString().split("\r"));
    assertThat(said.get(0)).isEmpty();
    assertThat(said).hasSize(1 + 4);
    assertThat(said.get(1).strip())
        .isEqualTo(
            "200 readings, at 2026-03-01T12:03:19Z, 20 % of the range, 100 a second, 8 s left");
    assertThat(said.get(4))
        .startsWith("500 readings, at 2026-03-01T12:08:19Z, 50 % of the range")
        .endsWith(System.lineSeparator());
  }

  @Test
  void whatIsSoonDoneSaysNothing() throws Exception {
    nanos.addAndGet(Duration.ofMillis(1_900).toNanos());
    rows.row(number("H-07", NOON, 1, QualityFlag.PASS));
    progress.end();
    assertThat(talk.toString()).isEmpty();
  }
}
