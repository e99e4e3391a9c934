package org.minusone.ingest.retry;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.minusone.model.Command;
import org.minusone.model.Retried;
import org.minusone.model.codec.Json;
import org.minusone.model.codec.RejectedRecord;
import org.minusone.model.codec.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topic {@code commands} for retries, on a thread of its own, one command after the
 * other; of several instances one does the work. At least once: a command that was begun when an
 * instance died is read again by the next, which passes over the entries whose outcome it finds.
 */
public final class RetryListener implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RetryListener.class);

  /** One name for all instances, so that they share. */
  static final String GROUP = "minusone-ingest-retries";

  /** A command older than that, when nobody ever listened, was given up by who gave it. */
  private static final String SINCE = "by_duration:PT24H";

  private static final Duration POLL = Duration.ofMillis(250);
  private static final int MOST_KNOWN = 200_000;
  private static final long END_MS = 2_000;

  private final Map<String, Object> kafka;
  private final Topics topics;
  private final Supplier<Producer<byte[], byte[]>> producer;
  private final Reingest reingest;
  private final InstantSource clock;
  private final Thread worker = new Thread(this::work, "ingest-retries");
  private volatile boolean closed;
  private volatile boolean dead;

  /** Outcomes that were there when we took over; null = to be looked for. */
  private Set<String> known;

  /**
   * @param kafka client properties: where Kafka is, and how to be let in
   * @param producer of outcomes, its owner's to close
   */
  public RetryListener(
      Map<String, Object> kafka,
      Topics topics,
      Supplier<Producer<byte[], byte[]>> producer,
      Reingest reingest,
      InstantSource clock) {
    this.kafka = Map.copyOf(kafka);
    this.topics = topics;
    this.producer = producer;
    this.reingest = reingest;
    this.clock = clock;
    worker.setDaemon(true);
  }

  public void start() {
    worker.start();
  }

  /** False once it stopped by a defect: nothing is tried again then, all else goes on. */
  public boolean isAlive() {
    return !dead;
  }

  @Override
  public void close() {
    closed = true;
    // No interrupt at first: a consumer that is interrupted while it closes says so at length.
    try {
      worker.join(END_MS);
      worker.interrupt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    TopicPartition rejected = new TopicPartition(topics.rejected(), 0);
    try (Consumer<byte[], byte[]> commands = consumer(true);
        Consumer<byte[], byte[]> entries = consumer(false)) {
      entries.assign(List.of(rejected));
      KafkaRejectedReader reader = new KafkaRejectedReader(entries, rejected, () -> closed);
      RetryWork work =
          new RetryWork(
              reader,
              reingest,
              new KafkaOutcomes(producer.get(), topics.rejected(), () -> closed),
              clock,
              () -> closed);
      commands.subscribe(List.of(topics.commands()), new TakingOver());
      while (!closed) {
        step(commands, reader, work);
      }
    } catch (InterruptedException | InterruptException | WakeupException e) {
      dead = !closed;
    } catch (RuntimeException e) {
      dead = !closed;
      if (dead) {
        log.error("Retries stopped; all else goes on", e);
      }
    }
  }

  private void step(Consumer<byte[], byte[]> commands, RejectedReader reader, RetryWork work)
      throws InterruptedException {
    ConsumerRecord<byte[], byte[]> current = null;
    try {
      for (ConsumerRecord<byte[], byte[]> one : commands.poll(POLL)) {
        current = one;
        if (!follow(one, reader, work)) {
          return;
        }
        commands.commitSync(Map.of(partition(one), new OffsetAndMetadata(one.offset() + 1)));
      }
    } catch (RetriableException | RebalanceInProgressException e) {
      log.warn("Retries wait for Kafka: {}", e.toString());
      readAgain(commands, current);
    } catch (CommitFailedException e) {
      // Another instance has the commands now; it passes over what is done.
      log.info("Retries were taken over by another instance");
    }
  }

  /** From the command that was not finished on; what of it is done is looked for again. */
  private void readAgain(
      Consumer<byte[], byte[]> commands, ConsumerRecord<byte[], byte[]> unfinished) {
    known = null;
    if (unfinished != null && commands.assignment().contains(partition(unfinished))) {
      commands.seek(partition(unfinished), unfinished.offset());
    }
  }

  private static TopicPartition partition(ConsumerRecord<byte[], byte[]> one) {
    return new TopicPartition(one.topic(), one.partition());
  }

  private boolean follow(ConsumerRecord<byte[], byte[]> one, RejectedReader reader, RetryWork work)
      throws InterruptedException {
    Command command;
    try {
      if (one.value() == null || !Retries.isOne(one.value())) {
        return true;
      }
      command = Json.read(one.value(), Command.class);
    } catch (UncheckedIOException e) {
      log.warn("passed over command at {}: {}", one.offset(), e.getMessage());
      return true;
    }
    if (command.entries() == null || command.entries().isEmpty()) {
      return true;
    }
    Set<String> done = known(command, reader);
    long since = System.nanoTime();
    boolean whole =
        work.carryOut(command, entry -> done.contains(Retries.name(command.id(), entry)));
    if (whole) {
      log.info(
          "Retry {} of {} entries, asked for by {}, done in {} ms",
          command.id(),
          command.entries().size(),
          command.by(),
          (System.nanoTime() - since) / 1_000_000);
    }
    return whole;
  }

  /** What an instance before us had done of the first command we read, and of those after it. */
  private Set<String> known(Command command, RejectedReader reader) throws InterruptedException {
    if (known == null) {
      Set<String> found = new HashSet<>();
      reader.read(
          reader.firstAt(command.at()),
          reader.end(),
          (offset, value) -> {
            if (Retries.isOutcome(value) && found.size() < MOST_KNOWN) {
              Retried outcome = RejectedRecord.read(value).outcome();
              found.add(Retries.name(outcome.command(), outcome.entry()));
            }
          });
      known = found;
    }
    return known;
  }

  private Consumer<byte[], byte[]> consumer(boolean inGroup) throws KafkaException {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(
        ConsumerConfig.CLIENT_ID_CONFIG, inGroup ? "ingest-retries" : "ingest-retries-entries");
    if (inGroup) {
      settings.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
      settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, SINCE);
      settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10);
      // A command of 1,000 entries takes seconds; one that meets Kafka's absence, longer.
      settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 600_000);
    } else {
      settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    }
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Whoever had the commands before may have died in the midst of one. */
  private final class TakingOver implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      known = null;
    }
  }
}
