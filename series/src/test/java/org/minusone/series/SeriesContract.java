package org.minusone.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.minusone.series.Readings.celsius;
import static org.minusone.series.Readings.key;
import static org.minusone.series.Readings.state;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;
import org.minusone.model.Family;
import org.minusone.model.QualityFlag;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.SiteId;
import org.minusone.model.Verdict;
import org.minusone.model.codec.Json;
import org.minusone.model.codec.ReadingSerde;
import org.minusone.model.port.SeriesReader.Point;
import org.minusone.series.store.LineProtocol;

/**
 * What every kind of store promises, its reader with it. A kind that passes may be chosen in a
 * configuration; one that does not loses something that another keeps.
 */
abstract class SeriesContract extends ExportContract {
  /** The year 10000: a time no store can hold. */
  private static final long OUT_OF_REACH_MS = 253_402_300_800_000L;

  /** Why a time is out of its reach, in its words. */
  abstract String outOfReach();

  private List<Point> day(SensorKey key, Quantity quantity) throws Exception {
    return reader.range(key, quantity, NOW.minusSeconds(86_400), NOW, 10_000);
  }

  @Test
  void numbersWordsAndFlagsComeBackAsTheyWent() throws Exception {
    SensorKey key = key("fubao", "all");
    List<Reading> written = new ArrayList<>();
    List<Point> numbers = new ArrayList<>();
    double[] values = {0, -3.25, 1e-9, 123_456_789.125, 0.1};
    QualityFlag[] flags = QualityFlag.values();
    for (int i = 0; i < values.length; i++) {
      long ms = NOW_MS - 5_000 + i;
      written.add(flagged(key, Quantity.TEMPERATURE, ms, values[i], flags[i]));
      numbers.add(new Point(Instant.ofEpochMilli(ms), values[i], null, flags[i]));
    }
    List<Point> words = new ArrayList<>();
    for (String word : List.of("normal", "low-battery", "offline", "火警 équipe №7")) {
      long ms = NOW_MS - 4_000 + words.size();
      written.add(state(key, ms, word));
      words.add(new Point(Instant.ofEpochMilli(ms), Double.NaN, word, QualityFlag.PASS));
    }
    write(written);
    soon(
        () -> {
          assertThat(day(key, Quantity.TEMPERATURE)).isEqualTo(numbers);
          assertThat(day(key, Quantity.STATE)).isEqualTo(words);
        });
  }

  @Test
  void aReadingWrittenTwiceIsOneAndTheLastValueCounts() throws Exception {
    SensorKey key = key("fubao", "twice");
    List<Reading> batch =
        List.of(celsius(key, NOW_MS - 5_000, 20), celsius(key, NOW_MS - 4_000, 21));
    write(batch);
    write(batch);
    write(List.of(celsius(key, NOW_MS - 4_000, 22)));
    soon(
        () ->
            assertThat(day(key, Quantity.TEMPERATURE))
                .extracting(Point::value)
                .containsExactly(20.0, 22.0));
  }

  @Test
  void severalQuantitiesAndSensorsOfOneMillisecondAreApart() throws Exception {
    SensorKey one = key("fubao", "Same.1_a-B");
    SensorKey other = key("fubao", "same.1_a-B");
    SensorKey elsewhere = key("city", "Same.1_a-B");
    long ms = NOW_MS - 1;
    write(
        List.of(
            celsius(one, ms, 1),
            flagged(one, Quantity.HUMIDITY, ms, 2, QualityFlag.PASS),
            state(one, ms, "fault"),
            celsius(other, ms, 3),
            celsius(elsewhere, ms, 4)));
    soon(
        () -> {
          assertThat(day(one, Quantity.TEMPERATURE)).extracting(Point::value).containsExactly(1.0);
          assertThat(day(one, Quantity.HUMIDITY)).extracting(Point::value).containsExactly(2.0);
          assertThat(day(one, Quantity.STATE)).extracting(Point::word).containsExactly("fault");
          assertThat(day(other, Quantity.TEMPERATURE))
              .extracting(Point::value)
              .containsExactly(3.0);
          assertThat(day(elsewhere, Quantity.TEMPERATURE))
              .extracting(Point::value)
              .containsExactly(4.0);
        });
  }

  @Test
  void fromIsInclusiveAndToIsExclusive() throws Exception {
    SensorKey key = key("fubao", "edges");
    write(
        List.of(celsius(key, NOW_MS - 2, 1), celsius(key, NOW_MS - 1, 2), celsius(key, NOW_MS, 3)));
    soon(
        () ->
            assertThat(
                    reader.range(
                        key, Quantity.TEMPERATURE, NOW.minusMillis(2), NOW.plusMillis(1), 10))
                .hasSize(3));
    assertThat(reader.range(key, Quantity.TEMPERATURE, NOW.minusMillis(2), NOW, 10))
        .extracting(Point::value)
        .containsExactly(1.0, 2.0);
    assertThat(
            reader.range(
                key,
                Quantity.TEMPERATURE,
                NOW.minusMillis(1).plusNanos(1_000),
                NOW.plusNanos(1_000),
                10))
        .extracting(Point::value)
        .containsExactly(3.0);
    assertThat(reader.range(key, Quantity.TEMPERATURE, Instant.EPOCH, NOW.plusSeconds(9), 10))
        .hasSize(3);
  }

  @Test
  void whatWasNeverWrittenIsEmpty() throws Exception {
    SensorKey key = key("fubao", "some");
    SensorKey nobody = key("fubao@never", "H-07");
    write(List.of(celsius(key, NOW_MS - 1, 1)));
    soon(() -> assertThat(day(key, Quantity.TEMPERATURE)).hasSize(1));
    assertThat(day(key, Quantity.HUMIDITY)).isEmpty();
    assertThat(day(key, Quantity.STATE)).isEmpty();
    assertThat(day(nobody, Quantity.TEMPERATURE)).isEmpty();
    assertThat(day(nobody, Quantity.STATE)).isEmpty();
    assertThat(reader.latest(nobody.site(), Duration.ofDays(1))).isEmpty();
    assertThat(reader.latest(new SiteId("nowhere"), Duration.ofDays(1))).isEmpty();
    assertThat(reader.range(key, Quantity.TEMPERATURE, NOW, NOW, 10)).isEmpty();
    assertThat(reader.range(key, Quantity.TEMPERATURE, NOW, NOW.minusSeconds(60), 10)).isEmpty();
  }

  @Test
  void noPeakIsLostHoweverFewPointsAreAskedFor() throws Exception {
    SensorKey key = key("fubao", "long");
    Random random = new Random(7);
    List<Reading> day = new ArrayList<>();
    for (int i = 1; i <= 8_640; i++) {
      double value = i == 4_321 ? 99 : i == 7_000 ? -33 : 20 + random.nextGaussian();
      QualityFlag flag = i == 4_321 ? QualityFlag.SUSPECT : QualityFlag.PASS;
      day.add(flagged(key, Quantity.TEMPERATURE, NOW_MS - i * 10_000L, value, flag));
    }
    write(day);
    soon(() -> assertThat(day(key, Quantity.TEMPERATURE)).hasSize(8_640));
    Point spike = new Point(NOW.minusSeconds(43_210), 99, null, QualityFlag.SUSPECT);
    Point dip = new Point(NOW.minusSeconds(70_000), -33, null, QualityFlag.PASS);
    // From a moment that no step of a clock begins at.
    Instant from = NOW.minusSeconds(86_400).plusMillis(777);
    for (int most : List.of(2, 3, 7, 100, 601, 8_000)) {
      List<Point> points = reader.range(key, Quantity.TEMPERATURE, from, NOW, most);
      assertThat(points).as("%d points", most).hasSizeBetween(2, most).contains(spike, dip);
      assertThat(points).extracting(Point::time).isSorted().doesNotHaveDuplicates();
    }
    List<Point> chart = reader.range(key, Quantity.TEMPERATURE, from, NOW, 600);
    assertThat(chart).hasSizeBetween(590, 600);
    assertThat(chart.get(0).time()).isBefore(from.plusSeconds(288));
  }

  @Test
  void aFlatLineKeepsOnePointOfEachStep() throws Exception {
    SensorKey key = key("fubao", "flat");
    List<Reading> flat = new ArrayList<>();
    for (int i = 1; i <= 1_000; i++) {
      flat.add(celsius(key, NOW_MS - i, 20));
    }
    write(flat);
    soon(() -> assertThat(day(key, Quantity.TEMPERATURE)).hasSize(1_000));
    assertThat(reader.range(key, Quantity.TEMPERATURE, NOW.minusMillis(1_000), NOW, 20))
        .hasSizeBetween(10, 20)
        .allSatisfy(point -> assertThat(point.value()).isEqualTo(20, within(0.0)));
  }

  @Test
  void ofWordsTheChangesAreKept() throws Exception {
    SensorKey key = key("fubao", "words");
    List<Reading> hour = new ArrayList<>();
    for (int i = 0; i < 3_600; i++) {
      hour.add(state(key, NOW_MS - 3_600_000 + i * 1_000L, i == 1_800 ? "fire" : "normal"));
    }
    write(hour);
    soon(
        () ->
            assertThat(reader.range(key, Quantity.STATE, NOW.minusSeconds(3_600), NOW, 10))
                .extracting(Point::word)
                .containsExactly("normal", "normal", "fire", "normal", "normal"));
  }

  @Test
  void latestHasTheNewestOfEachQuantityWithinReach() throws Exception {
    SensorKey old = key("port", "old");
    SensorKey fresh = key("port", "fresh");
    SensorKey ahead = key("port", "ahead");
    long aheadMs = NOW_MS + 60_000;
    write(
        List.of(
            celsius(old, NOW_MS - 3_600_001, 10),
            celsius(fresh, NOW_MS - 60_000, 20),
            flagged(fresh, Quantity.TEMPERATURE, NOW_MS - 30_000, 21, QualityFlag.FAIL),
            state(fresh, NOW_MS - 45_000, "test"),
            celsius(ahead, aheadMs, 5)));
    Map<SensorId, Map<Quantity, Point>> expected =
        Map.of(
            fresh.sensor(),
            Map.of(
                Quantity.TEMPERATURE,
                new Point(NOW.minusSeconds(30), 21, null, QualityFlag.FAIL),
                Quantity.STATE,
                new Point(NOW.minusSeconds(45), Double.NaN, "test", QualityFlag.PASS)),
            ahead.sensor(),
            Map.of(
                Quantity.TEMPERATURE,
                new Point(Instant.ofEpochMilli(aheadMs), 5, null, QualityFlag.PASS)));
    soon(
        () ->
            assertThat(reader.latest(new SiteId("port"), Duration.ofHours(1))).isEqualTo(expected));
    assertThat(reader.latest(new SiteId("port"), Duration.ofMillis(3_600_001)))
        .containsKey(old.sensor());
  }

  @Test
  void aRunHasItsOwnNowAndKeepsWhatIsOld() throws Exception {
    SiteId run = new SiteId("fubao@r-17");
    SensorKey key = new SensorKey(run, new SensorId("H-07"));
    SensorKey silent = new SensorKey(run, new SensorId("H-08"));
    long then = Instant.parse("2023-09-29T12:00:00Z").toEpochMilli();
    write(List.of(celsius(key, then, 33), celsius(silent, then - 7_200_000, 34)));
    soon(() -> assertThat(reader.latest(run, Duration.ofHours(1))).containsOnlyKeys(key.sensor()));
    assertThat(reader.latest(new SiteId("fubao@r-18"), Duration.ofHours(1))).isEmpty();
  }

  @Test
  void ofABatchWithBadPointsOnlyTheseAreRefusedEachWithItsReason() throws Exception {
    SensorKey key = key("fubao", "batch");
    List<Reading> batch = new ArrayList<>();
    for (int i = 1; i <= 500; i++) {
      boolean bad = i == 77 || i == 78 || i == 400;
      batch.add(celsius(key, bad ? OUT_OF_REACH_MS + i : NOW_MS - i, i));
    }
    store.prepare("readings", true);
    Bisection.Outcome outcome =
        Bisection.write(batch, part -> store.write(LineProtocol.lines(part)));
    assertThat(outcome.refused())
        .extracting(refusal -> refusal.reading().value())
        .containsExactly(77.0, 78.0, 400.0);
    assertThat(outcome.refused())
        .allSatisfy(refusal -> assertThat(refusal.reason()).contains(outOfReach()));
    assertThat(outcome.stored()).hasSize(497);
    soon(() -> assertThat(day(key, Quantity.TEMPERATURE)).hasSize(497));
  }

  @Test
  void aStoreThatEndsAndStartsAgainLosesNothing() throws Exception {
    SensorKey key = key("fubao", "restart");
    TopicPartition partition = new TopicPartition("minusone.readings", 0);
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    consumer.updatePartitions(
        partition.topic(), List.of(new PartitionInfo(partition.topic(), 0, null, null, null)));
    consumer.updateBeginningOffsets(Map.of(partition, 0L));
    consumer.updateEndOffsets(Map.of(partition, 0L));
    SeriesCounts counts = new SeriesCounts();
    SeriesWriter writer =
        new SeriesWriter(
            consumer,
            store,
            partition.topic(),
            "minusone.quality",
            counts,
            new SimpleMeterRegistry());
    writer.begin();
    consumer.schedulePollTask(() -> consumer.rebalance(List.of(partition)));
    writer.step();
    List<Double> given = new ArrayList<>();
    for (int batch = 0; batch < 6; batch++) {
      List<Reading> readings = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        given.add((double) given.size());
        readings.add(celsius(key, NOW_MS - 10_000 + given.size(), given.size() - 1));
      }
      consumer.schedulePollTask(() -> poll(consumer, partition, readings));
      if (batch == 3) {
        server.stop();
        assertThat(store.answers()).isFalse();
        // Twice it finds nobody, then somebody starts the store.
        consumer.schedulePollTask(() -> assertThat(writer.storeProblem()).isNotEmpty());
        consumer.schedulePollTask(() -> run(counted -> assertThat(counted).isEqualTo(600), counts));
        consumer.schedulePollTask(() -> run(unused -> server.start(), counts));
      }
      writer.step();
    }
    assertThat(writer.storeProblem()).isEmpty();
    assertThat(counts.totalStored()).isEqualTo(1_200);
    assertThat(consumer.committed(Set.of(partition)).get(partition).offset()).isEqualTo(1_200);
    soon(
        () -> assertThat(day(key, Quantity.TEMPERATURE)).extracting(Point::value).isEqualTo(given));
  }

  /** A row is replaced as a whole: the later flag must be the last that is written of it. */
  @Test
  void aLaterFlagStaysAlsoWhenReadingsAreReadAgainAfterACrash() throws Exception {
    SensorKey key = key("fubao", "judged");
    TopicPartition partition = new TopicPartition("minusone.readings", 0);
    TopicPartition verdicts = new TopicPartition("minusone.quality", 0);
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      readings.add(celsius(key, NOW_MS - 10_000 + i, i == 1 ? 60 : 20));
    }
    Verdict spike =
        new Verdict(
            key.site(),
            Family.HAZMAT_STORAGE,
            key.sensor(),
            Quantity.TEMPERATURE,
            Instant.ofEpochMilli(NOW_MS - 10_000 + 1),
            QualityFlag.FAIL,
            "spike",
            "",
            60.0,
            null);
    SeriesCounts counts = new SeriesCounts();
    // The first dies before it commits anything; the second reads all of it again.
    for (int life = 0; life < 2; life++) {
      MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
      consumer.updatePartitions(
          partition.topic(), List.of(new PartitionInfo(partition.topic(), 0, null, null, null)));
      consumer.updateBeginningOffsets(Map.of(partition, 0L, verdicts, 0L));
      consumer.updateEndOffsets(Map.of(partition, 0L));
      SeriesWriter writer =
          new SeriesWriter(
              consumer,
              store,
              partition.topic(),
              verdicts.topic(),
              counts,
              new SimpleMeterRegistry());
      writer.begin();
      consumer.schedulePollTask(() -> consumer.rebalance(List.of(partition, verdicts)));
      writer.step();
      consumer.schedulePollTask(() -> poll(consumer, partition, readings));
      writer.step();
      consumer.schedulePollTask(
          () ->
              consumer.addRecord(
                  new ConsumerRecord<>(verdicts.topic(), 0, 0, new byte[0], Json.bytes(spike))));
      writer.step();
      soon(
          () -> {
            assertThat(day(key, Quantity.TEMPERATURE))
                .extracting(Point::value)
                .containsExactly(20.0, 60.0, 20.0);
            assertThat(day(key, Quantity.TEMPERATURE))
                .extracting(Point::flag)
                .containsExactly(QualityFlag.PASS, QualityFlag.FAIL, QualityFlag.PASS);
          });
      assertThat(counts.totalStored()).isEqualTo(3 * (life + 1));
    }
  }

  private static void run(ThrowingConsumer<Long> step, SeriesCounts counts) {
    step.accept(counts.totalStored());
  }

  private static void poll(
      MockConsumer<byte[], byte[]> consumer, TopicPartition partition, List<Reading> readings) {
    long offset = consumer.endOffsets(List.of(partition)).get(partition);
    for (Reading reading : readings) {
      consumer.addRecord(
          new ConsumerRecord<>(
              partition.topic(), 0, offset++, new byte[0], ReadingSerde.write(reading)));
    }
    consumer.updateEndOffsets(Map.of(partition, offset));
  }
}
