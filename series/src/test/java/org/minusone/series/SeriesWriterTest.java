package org.minusone.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.minusone.model.Family;
import org.minusone.model.QualityFlag;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.SensorKey;
import org.minusone.model.Stamp;
import org.minusone.model.Verdict;
import org.minusone.model.codec.Json;
import org.minusone.model.codec.ReadingSerde;
import org.minusone.series.store.SeriesStore;
import org.minusone.series.store.StoreAway;
import org.minusone.series.store.StoreConfig;
import org.minusone.series.store.StoreRefused;

class SeriesWriterTest {
  private static final String TOPIC = "minusone.readings";
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
  private static final String QUALITY = "minusone.quality";
  private static final TopicPartition VERDICTS = new TopicPartition(QUALITY, 0);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final FakeStore store = new FakeStore();
  private final SeriesCounts counts = new SeriesCounts();
  private SeriesWriter writer;
  private long offset;

  /** A store that keeps lines, refuses those with {@code bad}, and can be away. */
  private static final class FakeStore implements SeriesStore {
    private final Map<String, Boolean> prepared = new HashMap<>();
    private final List<String> lines = new ArrayList<>();
    private int awayFor;

    @Override
    public void prepare(String measurement, boolean expires) {
      prepared.put(measurement, expires);
    }

    @Override
    public void write(List<String> batch) throws StoreRefused, StoreAway {
      if (awayFor > 0) {
        awayFor--;
        throw new StoreAway("no route", null);
      }
      if (batch.stream().anyMatch(line -> line.contains("sensor=bad"))) {
        throw new StoreRefused("line 7 is bad");
      }
      lines.addAll(batch);
    }

    @Override
    public Optional<Duration> dropsAfter() {
      return Optional.of(Duration.ofDays(90));
    }

    @Override
    public boolean answers() {
      return awayFor == 0;
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void begin() {
    consumer.updatePartitions(TOPIC, List.of(new PartitionInfo(TOPIC, 0, null, null, null)));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L, VERDICTS, 0L));
    consumer.updateEndOffsets(Map.of(PARTITION, 2L));
    writer = new SeriesWriter(consumer, store, TOPIC, QUALITY, counts, new SimpleMeterRegistry());
    writer.begin();
    consumer.schedulePollTask(() -> consumer.rebalance(List.of(PARTITION, VERDICTS)));
    writer.step();
  }

  private void given(byte[]... values) {
    consumer.schedulePollTask(
        () -> {
          for (byte[] value : values) {
            consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, offset++, new byte[0], value));
          }
          consumer.updateEndOffsets(Map.of(PARTITION, offset));
        });
  }

  private void given(Reading... readings) {
    byte[][] values = new byte[readings.length][];
    for (int i = 0; i < readings.length; i++) {
      values[i] = ReadingSerde.write(readings[i]);
    }
    given(values);
  }

  private void verdict(long atOffset, Reading on, QualityFlag flag) {
    Verdict verdict =
        new Verdict(
            on.site(),
            on.family(),
            on.sensor(),
            on.quantity(),
            Instant.ofEpochMilli(on.timeMs()),
            flag,
            "spike",
            "",
            on.value(),
            null);
    consumer.schedulePollTask(
        () ->
            consumer.addRecord(
                new ConsumerRecord<>(QUALITY, 0, atOffset, new byte[0], Json.bytes(verdict))));
  }

  /** What the store holds of a time in the end. */
  private String row(long timeMs) {
    return store.lines.stream()
        .filter(line -> line.endsWith(" " + timeMs))
        .reduce((first, second) -> second)
        .map(line -> line.substring(line.indexOf(' ') + 1))
        .orElse("");
  }

  private Long committed(TopicPartition partition) {
    OffsetAndMetadata offset = consumer.committed(Set.of(partition)).get(partition);
    return offset == null ? null : Long.valueOf(offset.offset());
  }

  @Test
  void aVerdictIsARowWrittenAgainAndNoReading() {
    Reading spike = Readings.celsius(Readings.STORE_7, 2, 60);
    given(Readings.celsius(Readings.STORE_7, 1, 20), spike);
    writer.step();
    assertThat(row(2)).isEqualTo("value=60.0,flag=1i 2");
    verdict(0, spike, QualityFlag.SUSPECT);
    writer.step();
    assertThat(row(2)).isEqualTo("value=60.0,flag=3i 2");
    verdict(1, spike, QualityFlag.FAIL);
    writer.step();
    assertThat(row(2)).isEqualTo("value=60.0,flag=4i 2");
    assertThat(count("fubao", "stored")).isEqualTo(2);
    assertThat(count("", "unwritten")).isZero();
    assertThat(committed(VERDICTS)).isEqualTo(2);
  }

  @Test
  void aVerdictThatComesBeforeItsReadingWaitsForIt() {
    Reading spike = Readings.celsius(Readings.STORE_7, 2, 60);
    verdict(0, spike, QualityFlag.FAIL);
    writer.step();
    assertThat(store.lines).isEmpty();
    assertThat(committed(VERDICTS)).as("while its reading is not written").isNotEqualTo(1L);
    given(Readings.celsius(Readings.STORE_7, 1, 20), spike);
    writer.step();
    assertThat(row(2)).isEqualTo("value=60.0,flag=4i 2");
    assertThat(store.lines).anyMatch(line -> line.endsWith("flag=1i 1"));
    assertThat(store.lines).noneMatch(line -> line.endsWith("flag=1i 2"));
    assertThat(committed(VERDICTS)).isEqualTo(1);
    assertThat(count("fubao", "stored")).isEqualTo(2);
  }

  @Test
  void aReadingDeliveredAgainKeepsItsVerdict() {
    Reading spike = Readings.celsius(Readings.STORE_7, 2, 60);
    given(Readings.celsius(Readings.STORE_7, 1, 20), spike);
    verdict(0, spike, QualityFlag.FAIL);
    writer.step();
    given(spike);
    writer.step();
    assertThat(row(2)).isEqualTo("value=60.0,flag=4i 2");
  }

  @Test
  void aStoreAwayKeepsTheVerdictForLater() {
    Reading spike = Readings.celsius(Readings.STORE_7, 2, 60);
    given(Readings.celsius(Readings.STORE_7, 1, 20), spike);
    writer.step();
    store.awayFor = 2;
    verdict(0, spike, QualityFlag.FAIL);
    writer.step();
    assertThat(row(2)).isEqualTo("value=60.0,flag=1i 2");
    assertThat(committed(VERDICTS)).isNull();
    assertThat(writer.storeProblem()).isEqualTo("no route");
    writer.step();
    writer.step();
    assertThat(row(2)).isEqualTo("value=60.0,flag=4i 2");
    assertThat(consumer.paused()).isEmpty();
    assertThat(committed(VERDICTS)).isEqualTo(1);
  }

  @Test
  void whatIsNoVerdictIsPassedOver() {
    consumer.updateEndOffsets(Map.of(PARTITION, 0L));
    consumer.schedulePollTask(
        () -> consumer.addRecord(new ConsumerRecord<>(QUALITY, 0, 0, new byte[0], new byte[] {1})));
    writer.step();
    assertThat(committed(VERDICTS)).isEqualTo(1);
    assertThat(store.lines).isEmpty();
  }

  private long count(String site, String term) {
    return counts.snapshot().get(site).get(term);
  }

  private long committed() {
    return consumer.committed(java.util.Set.of(PARTITION)).get(PARTITION).offset();
  }

  @Test
  void theBacklogFoundAtStartIsCarried() {
    assertThat(count("", "carried")).isEqualTo(2);
    assertThat(count("", "unwritten")).isEqualTo(2);
    assertThat(writer.isAssigned()).isTrue();
    given(Readings.celsius(Readings.STORE_7, 1, 20), Readings.celsius(Readings.STORE_7, 2, 21));
    writer.step();
    assertThat(count("", "carried")).isEqualTo(2);
    assertThat(count("", "unwritten")).isZero();
    assertThat(count("fubao", "stored")).isEqualTo(2);
  }

  @Test
  void whatIsWrittenIsCommittedAndARunHasATableThatStays() {
    SensorKey inRun = Readings.key("fubao@r17", "G-1");
    given(Readings.celsius(Readings.STORE_7, 5, 20.5), Readings.celsius(inRun, 6, 1));
    writer.step();
    assertThat(store.lines)
        .containsExactly(
            "readings,site=fubao,family=hazmat-storage,sensor=H-07,quantity=temperature value=20.5,flag=1i 5",
            "readings_r17,site=fubao@r17,family=hazmat-storage,sensor=G-1,quantity=temperature value=1.0,flag=1i 6");
    assertThat(store.prepared).isEqualTo(Map.of("readings", true, "readings_r17", false));
    assertThat(committed()).isEqualTo(2);
    assertThat(count("fubao@r17", "stored")).isEqualTo(1);
  }

  @Test
  void whileTheStoreIsAwayNothingIsCommittedAndNothingIsLost() {
    store.awayFor = 3;
    given(Readings.celsius(Readings.STORE_7, 1, 20), Readings.celsius(Readings.STORE_7, 2, 21));
    List<Boolean> paused = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      consumer.schedulePollTask(
          () -> {
            paused.add(consumer.paused().contains(PARTITION));
            assertThat(writer.storeProblem()).isEqualTo("no route");
            assertThat(consumer.committed(java.util.Set.of(PARTITION)).get(PARTITION)).isNull();
          });
    }
    writer.step();
    assertThat(paused).containsExactly(true, true, true);
    assertThat(consumer.paused()).isEmpty();
    assertThat(store.lines).hasSize(2);
    assertThat(committed()).isEqualTo(2);
    assertThat(writer.storeProblem()).isEmpty();
  }

  /** Kafka was away when its offsets were to be committed: it is written again, and counts once. */
  @Test
  void whatIsReadAgainIsWrittenAgainAndCountsOnce() {
    Reading first = Readings.celsius(Readings.STORE_7, 1, 20);
    Reading bad = Readings.celsius(Readings.key("fubao", "bad"), 2, 20);
    given(first, bad);
    writer.step();
    offset = 0;
    consumer.schedulePollTask(() -> consumer.seek(PARTITION, 0));
    given(first, bad, Readings.celsius(Readings.STORE_7, 3, 21));
    writer.step();
    writer.step();
    assertThat(store.lines).hasSize(3);
    assertThat(count("fubao", "stored")).isEqualTo(2);
    assertThat(count("fubao", "refused")).isEqualTo(1);
    assertThat(count("", "unwritten")).isZero();
  }

  @Test
  void badPointsAndBadBytesAreRefusedAndTheRestGoesOn() {
    SensorKey bad = Readings.key("fubao", "bad");
    given(
        ReadingSerde.write(Readings.celsius(Readings.STORE_7, 1, 20)),
        new byte[] {1, 2, 3},
        ReadingSerde.write(Readings.celsius(bad, 1, 20)),
        ReadingSerde.write(Readings.state(Readings.STORE_7, 3, "fault")));
    writer.step();
    assertThat(store.lines).hasSize(2);
    assertThat(store.lines.get(1)).contains("state=\"fault\",flag=1i");
    assertThat(count("fubao", "stored")).isEqualTo(2);
    assertThat(count("fubao", "refused")).isEqualTo(1);
    assertThat(count("", "refused")).isEqualTo(1);
    assertThat(committed()).isEqualTo(4);
    assertThat(count("", "unwritten")).isZero();
  }

  @Test
  void whatTheStoreWouldDropWithoutAWordIsRefusedAndARunMayBeOld() {
    long days = 86_400_000;
    given(
        late(Readings.STORE_7, 91 * days), // its clock is three months behind
        late(Readings.STORE_7, 89 * days),
        late(Readings.key("fubao@r17", "G-1"), 1_000 * days));
    writer.step();
    assertThat(store.lines).hasSize(2);
    assertThat(count("fubao", "refused")).isEqualTo(1);
    assertThat(count("fubao", "stored")).isEqualTo(1);
    assertThat(count("fubao@r17", "stored")).isEqualTo(1);
    assertThat(writer.lastRefusal()).contains("older than the store keeps", "temperature of 20");
    assertThat(committed()).isEqualTo(3);
  }

  private static Reading late(SensorKey key, long behindMs) {
    long arrivalMs = 1_780_000_000_000L;
    return Reading.number(
        key,
        Family.HAZMAT_STORAGE,
        Quantity.TEMPERATURE,
        arrivalMs - behindMs,
        arrivalMs,
        Stamp.OWN,
        20);
  }

  @Test
  void aKafkaThatDoesNotAnswerForAWhileIsNoEnd() throws Exception {
    given(Readings.celsius(Readings.STORE_7, 1, 20));
    consumer.setPollException(new org.apache.kafka.common.errors.TimeoutException("no answer"));
    Thread working = new Thread(writer::run);
    working.start();
    org.awaitility.Awaitility.await().until(() -> store.lines.size() == 1);
    assertThat(working.isAlive()).isTrue();
    writer.close();
    working.join();
  }

  @Test
  void whatAnotherMemberTakesOverLeavesOurHands() {
    store.awayFor = 1;
    given(Readings.celsius(Readings.STORE_7, 1, 20));
    consumer.schedulePollTask(() -> consumer.rebalance(List.of()));
    writer.step();
    assertThat(store.lines).isEmpty();
    assertThat(counts.snapshot()).doesNotContainKey("fubao");
  }

  @Test
  void kafkaTakesTheSettings() {
    SeriesConfig config =
        SeriesConfig.of(StoreConfig.questDb(URI.create("http://127.0.0.1:1"), null, null));
    Map<String, Object> settings =
        ConsumerSettings.with(Map.of("bootstrap.servers", "127.0.0.1:1"), config);
    assertThat(settings)
        .containsEntry("max.poll.records", 5_000)
        .containsEntry("fetch.max.wait.ms", 250)
        .containsEntry("enable.auto.commit", false)
        .containsEntry("group.id", "minusone-series")
        .containsEntry("group.instance.id", "minusone-series-1");
    new KafkaConsumer<byte[], byte[]>(settings).close(CloseOptions.timeout(Duration.ZERO));
  }
}
