package org.minusone.alerting.notify;

import static java.util.stream.Collectors.toSet;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.minusone.alerting.notify.DeliveryDesk.Change;
import org.minusone.model.AlertEvent;
import org.minusone.model.codec.Json;
import org.minusone.model.codec.Topics;
import org.minusone.model.port.SiteCatalog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows {@code alerts} in a group of its own and carries deliveries out. The order that keeps the
 * promise: plans are on the topic {@code deliveries} before the offset of their event is committed;
 * that an attempt begins is there before it is sent. Who takes a partition over reads its
 * deliveries first. One thread per receiver sends, so that one who hangs holds up nobody else.
 */
final class DeliveryWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryWorker.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration SWEEP = Duration.ofMinutes(10);
  private static final int MOST_IN_FLIGHT_A_RECEIVER = 32;

  /** How long a partition that goes to another instance waits for the attempts that are running. */
  private static final Duration HAND_OVER = Duration.ofSeconds(2);

  /** Reading what is known of the deliveries, where it was not read before. */
  private static final Duration READ = Duration.ofMinutes(2);

  private final Topics topics;
  private final NotifyConfig config;
  private final InstantSource clock;
  private final NotificationPipeline pipeline;
  private final DeliveryDesk desk;
  private final Map<String, Object> kafka;
  private final DeliveryLog log;
  private final KafkaConsumer<String, byte[]> consumer;
  private final KafkaProducer<String, byte[]> producer;
  private final Map<String, ExecutorService> senders = new HashMap<>();
  private final Map<String, Integer> inFlight = new HashMap<>();
  private final BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
  private final Queue<Change> unrecorded = new ConcurrentLinkedQueue<>();

  /** Attempts recorded as begun, with their partition. */
  private final Map<String, Integer> open = new HashMap<>();

  /** Which assignment of a partition is this instance's; one that ended says nothing any more. */
  private final Map<Integer, Long> epochs = new HashMap<>();

  /** The same for the threads that send; ends as soon as the partition is to go. */
  private final Map<Integer, Long> sending = new ConcurrentHashMap<>();

  private long lastEpoch;
  private boolean uncommitted;
  private final MeterRegistry meters;
  private final Timer firstAttempt;
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean halted;
  private volatile boolean caughtUp;
  private volatile String failure;
  private volatile Map<DeliveryState, Long> states = Map.of();
  private Instant swept = Instant.MIN;

  /**
   * @param outcome null = not begun: the partition is no longer this instance's to send for
   */
  private record Sent(Change attempted, long epoch, Outcome outcome) {}

  DeliveryWorker(
      Topics topics,
      NotifyConfig config,
      Map<String, Object> kafka,
      SiteCatalog sites,
      InstantSource clock,
      MeterRegistry meters,
      Random random) {
    this.topics = topics;
    this.config = config;
    this.clock = clock;
    this.meters = meters;
    this.kafka = kafka;
    this.log = new DeliveryLog(kafka, topics.deliveries());
    this.pipeline =
        new NotificationPipeline(
            config.routes(),
            name -> config.receivers().get(name).summarises(),
            config.giveUpAfter());
    this.desk = new DeliveryDesk(config, sites, clock, random);
    this.consumer =
        new KafkaConsumer<>(
            consumerSettings(), new StringDeserializer(), new ByteArrayDeserializer());
    this.producer =
        new KafkaProducer<>(producerSettings(), new StringSerializer(), new ByteArraySerializer());
    this.firstAttempt =
        Timer.builder("minusone.notify.first.attempt")
            .description("From an alert's event to the first attempt to tell somebody")
            .publishPercentileHistogram()
            .register(meters);
    for (String receiver : config.names()) {
      senders.put(
          receiver, Executors.newSingleThreadExecutor(task -> daemon("notify-" + receiver, task)));
    }
    this.thread = daemon("notify", this::run);
  }

  private static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private Map<String, Object> consumerSettings() {
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

  private Map<String, Object> producerSettings() {
    Map<String, Object> p = new HashMap<>(kafka);
    p.put(ProducerConfig.ACKS_CONFIG, "all");
    p.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    return p;
  }

  void start() {
    log.start();
    thread.start();
  }

  /** Why it ended; null while it works. */
  String failure() {
    return failure;
  }

  boolean isCaughtUp() {
    return caughtUp;
  }

  Map<DeliveryState, Long> states() {
    return states;
  }

  private void run() {
    try {
      consumer.subscribe(List.of(topics.alerts()), new Partitions());
      while (!closed) {
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
    ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
    for (ConsumerRecord<String, byte[]> record : records) {
      plan(record);
    }
    for (Sent done = sent.poll(); done != null; done = sent.poll()) {
      finish(done);
    }
    desk.summaries().forEach(this::record);
    uncommitted |= !records.isEmpty();
    if (uncommitted) {
      commit();
    }
    attempt();
    sweep();
    states = desk.counts();
    caughtUp = caughtUp || consumer.groupMetadata().generationId() >= 0;
  }

  /** Only once Kafka has every plan: one that it has not is recorded again first. */
  private void commit() {
    for (Change again = unrecorded.poll(); again != null; again = unrecorded.poll()) {
      if (desk.isCurrent(again)) {
        record(again);
      }
    }
    producer.flush();
    if (!unrecorded.isEmpty()) {
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

  private void plan(ConsumerRecord<String, byte[]> record) {
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
    for (Delivery d : plan.deliveries()) {
      if (!desk.knows(record.partition(), d.id())) {
        record(new Change(record.partition(), d));
      }
    }
  }

  private void count(String dropped) {
    meters.counter("minusone.notify.dropped", "reason", dropped).increment();
  }

  /** In memory and on the topic; not awaited, see {@link #commit}. */
  private void record(Change change) {
    desk.put(change);
    producer.send(
        recordOf(change),
        (metadata, failed) -> {
          if (failed != null) {
            unrecorded.add(change);
          }
        });
  }

  private ProducerRecord<String, byte[]> recordOf(Change change) {
    return new ProducerRecord<>(
        topics.deliveries(),
        change.partition(),
        change.delivery().id(),
        Json.bytes(change.delivery()));
  }

  /** Records that attempts begin; those that Kafka has are sent. */
  private void attempt() {
    for (Change due : desk.due()) {
      String receiver = due.delivery().receiver();
      if (inFlight.getOrDefault(receiver, 0) >= MOST_IN_FLIGHT_A_RECEIVER) {
        continue;
      }
      long epoch = epochs.getOrDefault(due.partition(), 0L);
      Notifier notifier = config.receivers().get(receiver);
      if (notifier == null) {
        finish(new Sent(desk.attempting(due), epoch, Outcome.never("no such receiver any more")));
        continue;
      }
      inFlight.merge(receiver, 1, Integer::sum);
      Message message = desk.message(due);
      Change attempting = desk.attempting(due);
      desk.put(attempting);
      open.put(attempting.delivery().id(), attempting.partition());
      producer.send(
          recordOf(attempting),
          (metadata, failed) -> {
            if (failed == null) {
              senders.get(receiver).execute(() -> send(attempting, epoch, notifier, message));
            } else {
              sent.add(new Sent(attempting, epoch, Outcome.later("not recorded: " + failed)));
            }
          });
    }
  }

  private void send(Change attempted, long epoch, Notifier notifier, Message message) {
    if (halted) {
      return; // its record says that it began; who comes next makes it
    }
    if (closed || !Objects.equals(sending.get(attempted.partition()), epoch)) {
      sent.add(new Sent(attempted, epoch, null));
      return;
    }
    if (attempted.delivery().attempts() == 1 && attempted.delivery().event() != null) {
      firstAttempt.record(Duration.between(attempted.delivery().eventAt(), clock.instant()));
    }
    Outcome outcome;
    try {
      outcome = notifier.send(message);
    } catch (RuntimeException defect) {
      LOG.error("the channel of {} failed", attempted.delivery().receiver(), defect);
      outcome = Outcome.later(String.valueOf(defect));
    }
    sent.add(new Sent(attempted, epoch, outcome));
  }

  private void finish(Sent done) {
    String receiver = done.attempted().delivery().receiver();
    inFlight.merge(receiver, -1, (a, b) -> Math.max(0, a + b));
    if (!Objects.equals(epochs.get(done.attempted().partition()), done.epoch())) {
      return; // the partition went meanwhile: who has it makes the attempt again
    }
    open.remove(done.attempted().delivery().id());
    if (done.outcome() == null) {
      record(desk.notBegun(done.attempted()));
      return;
    }
    Change after = desk.after(done.attempted(), done.outcome());
    if (after == null) {
      return;
    }
    record(after);
    Delivery d = after.delivery();
    if (d.state().isOver()) {
      meters
          .counter("minusone.notify.deliveries", "receiver", receiver, "state", d.state().id())
          .increment();
    }
    if (d.state() == DeliveryState.REFUSED || d.state() == DeliveryState.GIVEN_UP) {
      LOG.error("{} {}: {}", d.id(), d.state().id(), d.error());
    }
  }

  private void sweep() {
    Instant now = clock.instant();
    if (swept.plus(SWEEP).isBefore(now)) {
      swept = now;
      for (Change gone : desk.forgotten()) {
        producer.send(
            new ProducerRecord<>(
                topics.deliveries(), gone.partition(), gone.delivery().id(), null));
      }
    }
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
        List<Change> changes = desk.take(p.partition(), recorded);
        lastEpoch++;
        epochs.put(p.partition(), lastEpoch);
        sending.put(p.partition(), lastEpoch);
        changes.forEach(DeliveryWorker.this::record);
        LOG.info(
            "partition {}: {} deliveries known, {} attempts to be made again",
            p.partition(),
            recorded.size(),
            changes.size());
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
      Set<Integer> going = revoked.stream().map(TopicPartition::partition).collect(toSet());
      sending.keySet().removeAll(going);
      try {
        if (!halted) {
          awaitRunning(going);
          producer.flush();
        }
      } catch (KafkaException e) {
        LOG.warn("what was under way is made again by who comes next", e);
      }
      going.forEach(this::forget);
    }

    /** Their outcomes are recorded, so that who comes next does not make them again. */
    private void awaitRunning(Set<Integer> going) {
      long until = System.nanoTime() + HAND_OVER.toNanos();
      try {
        while (open.values().stream().anyMatch(going::contains)) {
          Sent done = sent.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
          if (done == null) {
            return;
          }
          finish(done);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void forget(int partition) {
      sending.remove(partition);
      epochs.remove(partition);
      open.values().removeIf(p -> p == partition);
      desk.release(partition);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
      lost.forEach(p -> forget(p.partition()));
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    consumer.wakeup();
    try {
      thread.join(3_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (ExecutorService sender : senders.values()) {
      sender.shutdownNow();
    }
    producer.close(Duration.ofSeconds(1));
    log.close();
  }

  /** Ends as a killed process does, as far as a test can: nothing is recorded or handed over. */
  void halt() {
    halted = true;
    closed = true;
    log.close();
    for (ExecutorService sender : senders.values()) {
      sender.shutdownNow();
    }
    producer.close(Duration.ZERO);
  }
}
