package org.minusone.alerting.notify;

import static java.util.stream.Collectors.toSet;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.minusone.alerting.notify.DeliveryDesk.Change;
import org.minusone.model.AlertEvent;
import org.minusone.model.codec.Json;
import org.minusone.model.codec.Topics;
import org.minusone.model.port.SiteCatalog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows {@code alerts} in a group of its own and has deliveries carried out. The order that keeps
 * the promise: plans are on the topic {@code deliveries} before the offset of their event is
 * committed; {@link Attempts} sees to it that an attempt begins there before it is sent. Who takes
 * a partition over reads its deliveries first.
 */
final class DeliveryWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryWorker.class);
  private static final Duration POLL = Duration.ofMillis(100);

  /** How long a partition that goes to another instance waits for the attempts that are running. */
  private static final Duration HAND_OVER = Duration.ofSeconds(2);

  /** Reading what is known of the deliveries, where it was not read before. */
  private static final Duration READ = Duration.ofMinutes(2);

  private final Topics topics;
  private final InstantSource clock;
  private final NotificationPipeline pipeline;
  private final DeliveryLog log;
  private final DeliveryRecords records;
  private final Attempts attempts;
  private final KafkaConsumer<String, byte[]> consumer;
  private final MeterRegistry meters;
  private final Thread thread;
  private boolean uncommitted;
  private volatile boolean closed;
  private volatile boolean halted;
  private volatile boolean caughtUp;
  private volatile String failure;

  DeliveryWorker(
      Topics topics,
      NotifyConfig config,
      Map<String, Object> kafka,
      SiteCatalog sites,
      InstantSource clock,
      MeterRegistry meters,
      Random random) {
    this.topics = topics;
    this.clock = clock;
    this.meters = meters;
    this.log = new DeliveryLog(kafka, topics.deliveries());
    this.pipeline =
        new NotificationPipeline(
            config.routes(),
            name -> config.receivers().get(name).summarises(),
            config.giveUpAfter());
    this.consumer =
        new KafkaConsumer<>(
            consumerSettings(kafka), new StringDeserializer(), new ByteArrayDeserializer());
    this.records = new DeliveryRecords(kafka, topics.deliveries());
    this.attempts =
        new Attempts(
            config, new DeliveryDesk(config, sites, clock, random), records, clock, meters);
    this.thread = Attempts.daemon("notify", this::run);
  }

  private static Map<String, Object> consumerSettings(Map<String, Object> kafka) {
    Map<String, Object> c = new HashMap<>(kafka);
    c.put(ConsumerConfig.GROUP_ID_CONFIG, "minusone-notify");
    c.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    c.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    c.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
    c.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_000);
    // Who joins or leaves must not take from the others what they have under way.
    c.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        List.of(CooperativeStickyAssignor.class));
    c.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
    return c;
  }

  void start() {
    log.start();
    attempts.start();
    thread.start();
  }

  /** Why it ended; null while it works. */
  String failure() {
    return failure == null ? attempts.failure() : failure;
  }

  boolean isCaughtUp() {
    return caughtUp;
  }

  Map<DeliveryState, Long> states() {
    return attempts.states();
  }

  private void run() {
    try {
      consumer.subscribe(List.of(topics.alerts()), new Partitions());
      while (!closed && attempts.failure() == null) {
        step();
      }
    } catch (WakeupException e) {
      if (!closed) {
        failure = String.valueOf(e);
      }
    } catch (RuntimeException e) {
      failure = String.valueOf(e);
      LOG.error("deliveries have stopped", e);
    } finally {
      consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }
  }

  private void step() {
    ConsumerRecords<String, byte[]> polled = consumer.poll(POLL);
    if (!polled.isEmpty()) {
      List<Attempts.Planned> plans = new ArrayList<>();
      for (ConsumerRecord<String, byte[]> record : polled) {
        plan(record, plans);
      }
      attempts.plan(plans);
      uncommitted = true;
    }
    if (uncommitted) {
      commit();
    }
    caughtUp = caughtUp || consumer.groupMetadata().generationId() >= 0;
  }

  /** Only once Kafka has every plan: one that it has not is recorded again first. */
  private void commit() {
    List<Change> refused = records.takeRefused();
    if (!refused.isEmpty()) {
      attempts.recordAgain(refused);
    }
    if (!records.awaitAll()) {
      return;
    }
    try {
      consumer.commitSync();
      uncommitted = false;
    } catch (CommitFailedException | RetriableException | RebalanceInProgressException e) {
      // Read again, by whoever has the partition then; what is planned is known by its id.
      LOG.info("offsets are not committed yet: {}", String.valueOf(e));
    }
  }

  private void plan(ConsumerRecord<String, byte[]> record, List<Attempts.Planned> plans) {
    AlertEvent event;
    try {
      event = Json.read(record.value(), AlertEvent.class);
    } catch (UncheckedIOException e) {
      count("unreadable");
      LOG.warn("skipped {}-{}: not an event", record.topic(), record.offset(), e);
      return;
    }
    NotificationPipeline.Plan plan = pipeline.plan(event, clock.instant());
    if (plan.dropped() != null) {
      count(plan.dropped().id());
    }
    plans.add(new Attempts.Planned(record.partition(), plan));
  }

  private void count(String dropped) {
    meters.counter("minusone.notify.dropped", "reason", dropped).increment();
  }

  /** The last record of each delivery of a partition. */
  private Collection<Delivery> read(int partition) {
    TopicPartition wanted = new TopicPartition(topics.deliveries(), partition);
    long end = consumer.endOffsets(List.of(wanted)).get(wanted);
    return log.upTo(partition, end, READ);
  }

  /** Who has a partition of alerts has that of deliveries. */
  private final class Partitions implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
      for (TopicPartition p : assigned) {
        Collection<Delivery> recorded = read(p.partition());
        LOG.info(
            "partition {}: {} deliveries known, {} attempts to be made again",
            p.partition(),
            recorded.size(),
            attempts.take(p.partition(), recorded));
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
      if (halted) {
        return;
      }
      Set<Integer> going = numbers(revoked);
      attempts.stopSending(going);
      try {
        awaitRunning(going);
        records.awaitAll();
      } catch (KafkaException e) {
        LOG.warn("what was under way is made again by who comes next", e);
      }
      attempts.release(going);
    }

    /** Their outcomes are recorded, so that who comes next does not make them again. */
    private void awaitRunning(Set<Integer> going) {
      long until = System.nanoTime() + HAND_OVER.toNanos();
      try {
        while (attempts.areUnderWay(going) && System.nanoTime() < until) {
          Thread.sleep(5);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
      if (!halted) {
        attempts.release(numbers(lost));
      }
    }

    private static Set<Integer> numbers(Collection<TopicPartition> partitions) {
      return partitions.stream().map(TopicPartition::partition).collect(toSet());
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    attempts.end();
    consumer.wakeup();
    try {
      thread.join(3_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    attempts.close();
    records.close();
    log.close();
  }

  /** Ends as a killed process does, as far as a test can: nothing is recorded or handed over. */
  void halt() {
    halted = true;
    closed = true;
    attempts.halt();
    log.close();
    records.halt();
  }
}
