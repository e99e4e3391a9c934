package org.minusone.ingest.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.minusone.model.Command;
import org.minusone.model.Quarantined;
import org.minusone.model.Rejected;
import org.minusone.model.RejectionReason;
import org.minusone.model.Retried;
import org.minusone.model.Role;
import org.minusone.model.SiteId;
import org.minusone.model.codec.Json;

/** A topic of what was rejected, a decoder that takes all, and what is asked of them. */
class RetryWorkTest {
  private static final Instant ARRIVED = Instant.parse("2026-06-01T08:00:00Z");
  private static final Instant NOW = Instant.parse("2026-06-20T08:00:00Z");
  private static final String TOPIC = "sites/fubao/gateways/gw-7/readings";

  private final List<byte[]> topic = new ArrayList<>();
  private final List<Reingest.Message> again = new ArrayList<>();
  private final List<Retried> outcomes = new ArrayList<>();
  private final Queue<CompletableFuture<Reingest.Became>> promised = new ConcurrentLinkedQueue<>();
  private int retention;
  private int most;
  private boolean isKafkaSlow;
  private boolean closed;

  private final RejectedReader reader =
      new RejectedReader() {
        @Override
        public void read(long from, long to, Visitor visitor) throws InterruptedException {
          for (long at = Math.max(from, retention); at < Math.min(to, topic.size()); at++) {
            visitor.entry(at, topic.get((int) at));
          }
        }

        @Override
        public long firstAt(Instant time) {
          return 0;
        }

        @Override
        public long end() {
          return topic.size();
        }
      };

  private final Outcomes kept =
      new Outcomes() {
        @Override
        public void write(Retried outcome) {
          outcomes.add(outcome);
        }

        @Override
        public void flush() {}
      };

  private CompletableFuture<Reingest.Became> decode(Reingest.Message message) {
    again.add(message);
    CompletableFuture<Reingest.Became> became = new CompletableFuture<>();
    if (isKafkaSlow) {
      promised.add(became);
      most = Math.max(most, promised.size());
    } else {
      became.complete(new Reingest.Became(2, 0));
    }
    return became;
  }

  private void keepTheOldest() {
    for (CompletableFuture<Reingest.Became> one = promised.poll();
        one != null;
        one = promised.size() > 30 ? promised.poll() : null) {
      one.complete(new Reingest.Became(2, 0));
    }
  }

  private long entry(RejectionReason reason, String detail, String payload, int size, String hash) {
    byte[] bytes = payload == null ? null : payload.getBytes(StandardCharsets.UTF_8);
    topic.add(
        Json.bytes(
            new Quarantined(
                ARRIVED,
                "fubao",
                TOPIC,
                "gw-7",
                reason,
                detail,
                1,
                size,
                hash,
                bytes == null ? null : Base64.getEncoder().encodeToString(bytes),
                null)));
    return topic.size() - 1L;
  }

  private long entry(String payload) {
    return entry(
        RejectionReason.BAD_PAYLOAD, "no JSON", payload, payload.length(), "hash of " + payload);
  }

  private static Command retry(String id, long... entries) {
    return Command.retry(
        id,
        new SiteId("fubao"),
        "Li Na",
        Role.ENGINEER,
        NOW,
        LongStream.of(entries).boxed().toList());
  }

  private boolean ask(long... entries) throws InterruptedException {
    return new RetryWork(reader, this::decode, kept, () -> NOW, () -> closed)
        .carryOut(retry("r", entries), entry -> false);
  }

  private List<Long> decoded() {
    return again.stream().map(Reingest.Message::entry).toList();
  }

  @Test
  void theNamedEntriesAreDecodedInOrderWithTheirOwnArrivalAndNoOthers() throws Exception {
    for (int i = 0; i < 2_000; i++) {
      entry("message " + i);
    }
    assertThat(ask(1_999, 3, 700, 4)).isTrue();
    assertThat(decoded()).containsExactly(3L, 4L, 700L, 1_999L);
    assertThat(again.get(2).arrivalMs()).isEqualTo(ARRIVED.toEpochMilli());
    assertThat(again.get(2).topic()).isEqualTo(TOPIC);
    assertThat(again.get(2).payload()).asString().isEqualTo("message 700");
    assertThat(outcomes).extracting(Retried::entry).containsExactly(3L, 4L, 700L, 1_999L);
    assertThat(outcomes.get(0)).isEqualTo(Retried.done(3, NOW, "Li Na", "r", 2, 0));
  }

  @Test
  void aMessageOfManyErrorsIsDecodedOnceAndWhatWasNotNamedStaysWhereItIs() throws Exception {
    entry("another");
    long first = entry(RejectionReason.UNKNOWN_SENSOR, "S-9", "both", 4, "h");
    long second = entry(RejectionReason.UNKNOWN_SENSOR, "S-8", null, 4, "h");
    entry("between, of another instance");
    entry(RejectionReason.BAD_TIME, "ts is text", null, 4, "h");
    ask(second, first);
    assertThat(decoded()).containsExactly(first);
    assertThat(again.get(0).notAgain())
        .containsExactly(new Rejected(RejectionReason.BAD_TIME, "ts is text"));
    assertThat(outcomes)
        .extracting(Retried::entry, Retried::readings)
        .containsExactlyInAnyOrder(tuple(first, 2), tuple(second, 0));

    again.clear();
    ask(second);
    assertThat(again.get(0).payload())
        .as("its first entry has the bytes")
        .asString()
        .isEqualTo("both");
    assertThat(again.get(0).notAgain()).hasSize(2);
  }

  @Test
  void whatCannotBeTriedAgainIsRefusedWithTheReason() throws Exception {
    long cut = entry(RejectionReason.TOO_LARGE, "90000 bytes", "the beginning", 90_000, "a");
    long lost = entry(RejectionReason.UNKNOWN_SENSOR, "S-9", null, 20, "b");
    topic.add(new byte[] {1, 2, 3});
    long outcome = topic.size();
    topic.add(Json.bytes(Retried.done(0, NOW, "x", "y", 1, 0)));
    long good = entry("good");
    assertThat(ask(cut, lost, outcome - 1, outcome, good, 77)).isTrue();
    assertThat(decoded()).containsExactly(good);
    assertThat(outcomes.stream().filter(one -> one.refused() != null))
        .extracting(Retried::entry, Retried::refused)
        .containsExactlyInAnyOrder(
            tuple(cut, "only the first 13 of its 90000 bytes are kept"),
            tuple(lost, "no entry near it keeps the bytes of its message"),
            tuple(outcome - 1, "the entry itself cannot be read"),
            tuple(outcome, "the entry itself cannot be read"),
            tuple(77L, "it is no longer kept: entries are kept 30 days"));
  }

  @Test
  void whatRetentionTookIsRefusedAndTheRestGoesOn() throws Exception {
    for (int i = 0; i < 300; i++) {
      entry("message " + i);
    }
    retention = 200;
    ask(10, 199, 200, 299);
    assertThat(decoded()).containsExactly(200L, 299L);
    assertThat(outcomes).hasSize(4);
  }

  @Test
  void aCommandReadAgainDoesOnlyWhatIsLeft() throws Exception {
    for (int i = 0; i < 10; i++) {
      entry("message " + i);
    }
    Set<Long> done = Set.of(0L, 1L, 2L);
    new RetryWork(reader, this::decode, kept, () -> NOW, () -> closed)
        .carryOut(retry("r", 0, 1, 2, 3), done::contains);
    assertThat(decoded()).containsExactly(3L);
  }

  @Test
  void whatIsOnItsWayToKafkaIsBoundedInBytes() throws Exception {
    isKafkaSlow = true;
    long[] all = new long[400];
    for (int i = 0; i < all.length; i++) {
      all[i] = entry("x".repeat(60_000) + i);
    }
    ScheduledExecutorService kafka = Executors.newSingleThreadScheduledExecutor();
    try {
      kafka.scheduleWithFixedDelay(this::keepTheOldest, 1, 1, TimeUnit.MILLISECONDS);
      assertThat(ask(all)).isTrue();
    } finally {
      kafka.shutdownNow();
    }
    assertThat(outcomes).hasSize(400);
    assertThat(most).isBetween(2, (int) (RetryWork.MOST_BYTES / 60_000) + 2);
  }

  @Test
  void nothingIsSaidOfWhatKafkaDoesNotHaveYet() throws Exception {
    entry("message");
    List<CompletableFuture<Reingest.Became>> never = new ArrayList<>();
    RetryWork work =
        new RetryWork(
            reader,
            message -> {
              closed = true;
              CompletableFuture<Reingest.Became> one = new CompletableFuture<>();
              never.add(one);
              return one;
            },
            kept,
            () -> NOW,
            () -> closed);
    assertThat(work.carryOut(retry("r", 0), entry -> false)).as("to be read again").isFalse();
    assertThat(never).hasSize(1);
    assertThat(outcomes).isEmpty();
  }

  @Test
  void anOutcomeIsKnownByItsFirstBytes() {
    assertThat(Retries.isOutcome(Json.bytes(Retried.done(4, NOW, "x", "y", 1, 0)))).isTrue();
    entry("{\"kind\":\"retried\"}");
    assertThat(Retries.isOutcome(topic.get(0))).isFalse();
    assertThat(Retries.isOne(Json.bytes(retry("r", 1)))).isTrue();
  }
}
