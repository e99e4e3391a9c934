package org.minusone.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.minusone.ingest.TestSite;
import org.minusone.ingest.decode.Decoded;
import org.minusone.ingest.decode.ReadingDecoder;
import org.minusone.model.Quarantined;
import org.minusone.model.Reading;
import org.minusone.model.RejectionReason;
import org.minusone.model.codec.Json;
import org.minusone.model.codec.ReadingSerde;
import org.minusone.model.codec.Topics;

class ReadingSinkTest {
  private static final String TOPIC = "sites/fubao/hazmat-storage/H-07/readings";
  private static final long ARRIVAL = 1_700_000_000_000L;

  private final MockProducer<byte[], byte[]> kafka =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final ReadingCounts counts = new ReadingCounts();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ReadingSink sink = new ReadingSink(kafka, Topics.DEFAULT, counts, 3, meters);
  private final ReadingDecoder decoder =
      new ReadingDecoder(new TestSite(), TestSite.RUN::equals, 10);
  private final List<String> kept = new ArrayList<>();

  private boolean send(String payload) throws InterruptedException {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    Decoded decoded = decoder.decode(TOPIC, bytes, ARRIVAL);
    return sink.send(
        new Origin(TOPIC, bytes, ARRIVAL, null, null), decoded, () -> kept.add(payload));
  }

  private long count(String term) {
    assertThat(counts.total("received"))
        .as("the sum, at every moment")
        .isEqualTo(counts.total("in_kafka") + counts.total("rejected") + counts.total("in_flight"));
    return counts.total(term);
  }

  @Test
  void aMessageIsKeptWhenTheLastOfItsRecordsIs() throws Exception {
    send("{\"temperature\":21,\"gas\":1,\"humidity\":null}");
    assertThat(count("in_flight")).isEqualTo(3);
    kafka.completeNext();
    kafka.completeNext();
    assertThat(kept).isEmpty();
    kafka.completeNext();
    assertThat(kept).hasSize(1);
    assertThat(count("in_kafka")).isEqualTo(2);
    assertThat(count("rejected")).isEqualTo(1);
    assertThat(count("in_flight")).isZero();
    assertThat(
            meters.get("minusone.ingest.rejected").tag("reason", "not-a-number").counter().count())
        .isEqualTo(1);
  }

  @Test
  void aReadingIsKeyedByItsSensorAndTimedByItsArrival() throws Exception {
    send("{\"ts\":1699999999000,\"values\":{\"temperature\":21.5}}");
    ProducerRecord<byte[], byte[]> record = kafka.history().get(0);
    assertThat(record.topic()).isEqualTo("minusone.readings");
    assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("fubao/H-07");
    assertThat(record.timestamp()).isEqualTo(ARRIVAL);
    Reading reading = ReadingSerde.read(record.value());
    assertThat(reading.timeMs()).isEqualTo(ARRIVAL - 1000);
    assertThat(reading.value()).isEqualTo(21.5);
  }

  @Test
  void theQuarantineHasTheBytesAndWhy() throws Exception {
    send("{\"temperature\":\"hot\"}");
    ProducerRecord<byte[], byte[]> record = kafka.history().get(0);
    assertThat(record.topic()).isEqualTo("minusone.rejected");
    assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("fubao");
    Quarantined entry = Json.read(record.value(), Quarantined.class);
    assertThat(entry.reason()).isEqualTo(RejectionReason.NOT_A_NUMBER);
    assertThat(entry.detail()).isEqualTo("H-07: temperature=\"hot\"");
    assertThat(entry.topic()).isEqualTo(TOPIC);
    assertThat(entry.at().toEpochMilli()).isEqualTo(ARRIVAL);
    assertThat(entry.payload()).asString().isEqualTo("{\"temperature\":\"hot\"}");
    assertThat(entry.sha256()).hasSize(64);
  }

  @Test
  void aLargePayloadIsKeptOnceAndOneThatIsTooLargeIsCutOff() {
    byte[] large = new byte[100_000];
    Decoded two = decoder.decode(TOPIC, "[1,2]".getBytes(StandardCharsets.UTF_8), ARRIVAL);
    List<Quarantined> entries =
        Quarantine.entries(new Origin(TOPIC, large, ARRIVAL, null, null), two.rejections());
    assertThat(entries.get(0).payload()).as("it can be tried again").hasSize(100_000);
    assertThat(entries.get(0).size()).isEqualTo(100_000);
    assertThat(entries.get(1).bytes()).isNull();
    assertThat(entries.get(1).sha256()).isEqualTo(entries.get(0).sha256());

    byte[] tooLarge = new byte[300_000];
    Quarantined beginning =
        Quarantine.entries(
                new Origin(TOPIC, tooLarge, ARRIVAL, null, null), two.rejections().subList(0, 1))
            .get(0);
    assertThat(beginning.payload()).hasSize(64 * 1024);
    assertThat(beginning.size()).isEqualTo(300_000);
  }

  @Test
  void withKafkaAwayItTakesItsBoundAndThenWaits() throws Exception {
    send("{\"temperature\":1,\"gas\":1}");
    CompletableFuture<Boolean> second =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return send("{\"temperature\":2,\"gas\":2}");
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    Awaitility.await()
        .during(java.time.Duration.ofMillis(150))
        .until(() -> kafka.history().size() == 2 && !second.isDone());
    assertThat(sink.longestMs(ARRIVAL + 5_000)).isEqualTo(5_000);
    kafka.completeNext();
    Awaitility.await().until(second::isDone);
    assertThat(second.join()).isTrue();
    assertThat(kafka.history()).hasSize(4);
  }

  @Test
  void oneLargerThanTheBoundGoesAlone() throws Exception {
    assertThat(send("[{\"gas\":1},{\"gas\":2},{\"gas\":3},{\"gas\":4},{\"gas\":5}]")).isTrue();
    assertThat(kafka.history()).hasSize(5);
  }

  @Test
  void whatNoRepetitionMendsIsToldAndNothingIsAcknowledged() throws Exception {
    send("{\"temperature\":1}");
    kafka.errorNext(new TopicAuthorizationException("readings"));
    assertThat(sink.fatal()).isInstanceOf(TopicAuthorizationException.class);
    assertThat(kept).isEmpty();
    assertThat(send("{\"temperature\":2}")).isFalse();
    assertThat(count("in_flight")).isEqualTo(1);
  }
}
