package org.minusone.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.minusone.ingest.TestSite.RUN;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.minusone.ingest.decode.ReadingDecoder;
import org.minusone.ingest.kafka.ReadingCounts;
import org.minusone.ingest.kafka.ReadingSink;
import org.minusone.ingest.mqtt.Delivery;
import org.minusone.model.Quarantined;
import org.minusone.model.Run;
import org.minusone.model.codec.Json;
import org.minusone.model.codec.Topics;

/** Messages through the intake, Kafka's acknowledgements by hand. */
class IntakeTest {
  private final TestSite site = new TestSite();
  private final MockProducer<byte[], byte[]> kafka =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final ReadingCounts counts = new ReadingCounts();
  private final ReadingSink sink =
      new ReadingSink(kafka, Topics.DEFAULT, counts, 100, new SimpleMeterRegistry());
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private final Runs runs = new Runs(site, site, Duration.ofHours(1), now, false);
  private final Intake intake =
      new Intake(
          site,
          runs,
          new ReadingDecoder(site, runs, 100),
          sink,
          () -> now,
          filters -> {},
          (topic, payload) -> {});

  private final class Told implements Delivery {
    private final String topic;
    private final String payload;
    private boolean current = true;
    private volatile boolean done;
    private boolean dropped;

    private Told(String topic, String payload) {
      this.topic = topic;
      this.payload = payload;
    }

    @Override
    public String topic() {
      return topic;
    }

    @Override
    public byte[] payload() {
      return payload.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public long arrivalMs() {
      return now.toEpochMilli();
    }

    @Override
    public boolean isCurrent() {
      return current;
    }

    @Override
    public void done() {
      done = true;
    }

    @Override
    public void drop() {
      dropped = true;
    }
  }

  private Told given(String topic, String payload) throws InterruptedException {
    Told told = new Told(topic, payload);
    intake.handle(told);
    return told;
  }

  private Told depth() throws InterruptedException {
    return given("sites/fubao@r17/flood-point/G-9/readings", "{\"depth\":3}");
  }

  private Quarantined lastRejection() {
    var record = kafka.history().get(kafka.history().size() - 1);
    assertThat(record.topic()).isEqualTo("minusone.rejected");
    return Json.read(record.value(), Quarantined.class);
  }

  @Test
  void aMessageThatMeetsADefectOfOursIsPutAsideAndTheNextGoesOn() throws Exception {
    Intake faulty =
        new Intake(
            site,
            runs,
            new ReadingDecoder(
                site,
                runs,
                sensor -> {
                  throw new IllegalStateException("no room");
                },
                100),
            sink,
            () -> now,
            filters -> {},
            (topic, payload) -> {});
    Told unlucky = new Told("sites/fubao/smoke/S-404/readings", "{\"battery\":9}");
    faulty.handle(unlucky);
    assertThat(lastRejection().detail())
        .isEqualTo("a defect of ours: java.lang.IllegalStateException: no room");
    assertThat(unlucky.done).as("not before the quarantine has it").isFalse();
    kafka.completeNext();
    assertThat(unlucky.done).isTrue();

    faulty.handle(new Told("sites/fubao/smoke/S-1/readings", "{\"battery\":9}"));
    assertThat(kafka.history()).last().extracting("topic").isEqualTo("minusone.readings");
  }

  @Test
  void aRunIsOpenAtOnceAlthoughTheCatalogLags() throws Exception {
    assertThat(given("sites/fubao@r17/run", "{\"speed\":600}").done).isTrue();
    assertThat(site.written).containsExactly(new Run(RUN, 600, now, null));
    depth();
    assertThat(counts.snapshot().get("fubao@r17")).containsEntry("received", 1L);
    assertThat(kafka.history().get(0).topic()).isEqualTo("minusone.readings");
  }

  @Test
  void aRunEndsOnlyWhenKafkaHasAllThatArrivedBefore() throws Exception {
    given("sites/fubao@r17/run", "{\"speed\":1}");
    Told reading = depth();
    Told end = new Told("sites/fubao@r17/run", "{\"ended\":true}");
    CompletableFuture<Void> ending =
        CompletableFuture.runAsync(
            () -> {
              try {
                intake.handle(end);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    Awaitility.await()
        .during(Duration.ofMillis(150))
        .until(() -> site.written.size() == 1 && !end.done);
    kafka.completeNext();
    ending.join();
    assertThat(reading.done).isTrue();
    assertThat(end.done).isTrue();
    assertThat(site.written.get(1))
        .isEqualTo(new Run(RUN, 1, site.written.get(0).startedAt(), now));
    depth();
    assertThat(lastRejection().reason().id()).isEqualTo("run-closed");
  }

  @Test
  void aUsedNameIsRefusedWithTheReasonWhy() throws Exception {
    given("sites/fubao@r17/run", "{\"speed\":600}");
    site.follow();
    Told again = given("sites/fubao@r17/run", "{\"speed\":600}");
    assertThat(lastRejection().detail()).contains("r17 was used before").contains("choose another");
    assertThat(again.done).as("not before the quarantine has it").isFalse();
    kafka.completeNext();
    assertThat(again.done).isTrue();
    assertThat(site.written).hasSize(1);
  }

  @Test
  void aRunNeedsABaseSiteAndAForm() throws Exception {
    given("sites/nowhere@r1/run", "{\"speed\":1}");
    assertThat(lastRejection().reason().id()).isEqualTo("unknown-site");
    given("sites/fubao@r1/run", "{\"speed\":\"fast\"}");
    assertThat(lastRejection().reason().id()).isEqualTo("bad-payload");
    given("sites/fubao@r1/run", "{\"ended\":true}");
    assertThat(lastRejection().reason().id()).isEqualTo("run-closed");
    given("sites/fubao/run", "{\"speed\":1}");
    assertThat(lastRejection().reason().id()).isEqualTo("bad-topic");
    assertThat(site.written).isEmpty();
  }

  @Test
  void endingTwiceIsEndingOnce() throws Exception {
    given("sites/fubao@r17/run", "{\"speed\":1}");
    given("sites/fubao@r17/run", "{\"ended\":true}");
    assertThat(given("sites/fubao@r17/run", "{\"ended\":true}").done).isTrue();
    assertThat(site.written).hasSize(2);
    assertThat(kafka.history()).isEmpty();
  }

  @Test
  void aRunIdleForAnHourIsFound() throws Exception {
    given("sites/fubao@r17/run", "{\"speed\":1}");
    site.follow();
    now = now.plus(Duration.ofMinutes(59));
    depth();
    now = now.plus(Duration.ofMinutes(59));
    assertThat(runs.idleAt(now)).isEmpty();
    now = now.plus(Duration.ofMinutes(2));
    assertThat(runs.idleAt(now)).containsExactly(RUN);
    runs.end(RUN, now);
    site.follow();
    assertThat(runs.idleAt(now)).isEmpty();
    assertThat(runs.isOpen(RUN)).isFalse();
  }

  @Test
  void afterARestartARunHasAnHourAgain() {
    site.put(new Run(RUN, 1, now.minus(Duration.ofHours(5)), null));
    site.follow();
    assertThat(runs.isOpen(RUN)).isTrue();
    assertThat(runs.idleAt(now.plus(Duration.ofMinutes(59)))).isEmpty();
    assertThat(runs.idleAt(now.plus(Duration.ofMinutes(61)))).containsExactly(RUN);
  }

  @Test
  void aMessageOfALostConnectionIsLeftToTheBroker() throws Exception {
    Told late = new Told("sites/fubao/hazmat-storage/H-07/readings", "{\"gas\":1}");
    late.current = false;
    intake.handle(late);
    assertThat(late.dropped).isTrue();
    assertThat(counts.total("received")).isZero();
  }

  @Test
  void aStatusIsNoError() throws Exception {
    assertThat(given("sites/fubao/smoke/S-1/status", "online").done).isTrue();
    assertThat(counts.snapshot()).isEmpty();
    List<String> nothing = new ArrayList<>();
    kafka.history().forEach(r -> nothing.add(r.topic()));
    assertThat(nothing).isEmpty();
  }
}
