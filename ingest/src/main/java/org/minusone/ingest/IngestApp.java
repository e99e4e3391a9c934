package org.minusone.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.minusone.ingest.decode.ReadingDecoder;
import org.minusone.ingest.kafka.ProducerSettings;
import org.minusone.ingest.kafka.ReadingCounts;
import org.minusone.ingest.kafka.ReadingSink;
import org.minusone.ingest.mqtt.MqttSettings;
import org.minusone.ingest.mqtt.MqttSource;
import org.minusone.ingest.retry.RetryListener;
import org.minusone.model.port.Part;
import org.minusone.model.port.PartHealth;
import org.minusone.model.port.RunLog;
import org.minusone.model.port.SensorSightings;
import org.minusone.model.port.SiteCatalog;

/**
 * Ingest as a whole: MQTT → decode → Kafka.
 *
 * <p>The catalog must have caught up before {@link #start}: what arrives for a site it does not
 * know goes to the quarantine, and after a restart the broker hands over at once what it kept.
 */
public final class IngestApp implements Part {
  /**
   * All readings, a gateway's too (its topics match the same filter; a second, overlapping one
   * would have some brokers deliver twice), and the control of runs.
   */
  static final List<String> FILTERS = List.of("sites/+/+/+/readings", "sites/+/run");

  /** On our own broker nothing is acknowledged to a publisher that nobody hears. */
  private static final List<String> ALL = List.of("#");

  /** Kafka that keeps a message waiting longer is not well. */
  private static final long KAFKA_SLOW_MS = 10_000;

  /** A message held longer is backlog rather than the ordinary way to Kafka and back. */
  private static final long BACKLOG_MS = 1_000;

  private static final long DRAIN_MS = 2_000;

  private final IngestConfig config;
  private final Supplier<Producer<byte[], byte[]>> producers;
  private final SiteCatalog catalog;
  private final RunLog runLog;
  private final SensorSightings sightings;

  /** Null where nobody asks for retries: in tests without Kafka. */
  private final Map<String, Object> kafka;

  private final InstantSource clock;
  private final MeterRegistry meters;
  private final ReadingCounts counts = new ReadingCounts();
  private volatile Producer<byte[], byte[]> producer;
  private volatile ReadingSink sink;
  private volatile Intake intake;
  private volatile MqttSource source;
  private volatile RetryListener retries;

  /**
   * @param kafka client properties: where Kafka is, and how to be let in
   * @param sightings told of sensors that nobody registered
   */
  public IngestApp(
      IngestConfig config,
      Map<String, Object> kafka,
      SiteCatalog catalog,
      RunLog runLog,
      SensorSightings sightings,
      InstantSource clock,
      MeterRegistry meters) {
    this(
        config,
        () -> new KafkaProducer<>(ProducerSettings.with(kafka, config.clientId())),
        Map.copyOf(kafka),
        catalog,
        runLog,
        sightings,
        clock,
        meters);
  }

  IngestApp(
      IngestConfig config,
      Supplier<Producer<byte[], byte[]>> producers,
      Map<String, Object> kafka,
      SiteCatalog catalog,
      RunLog runLog,
      SensorSightings sightings,
      InstantSource clock,
      MeterRegistry meters) {
    this.config = config;
    this.producers = producers;
    this.kafka = kafka;
    this.catalog = catalog;
    this.runLog = runLog;
    this.sightings = sightings;
    this.clock = clock;
    this.meters = meters;
  }

  @Override
  public String name() {
    return "ingest";
  }

  /**
   * Returns once Kafka answered and the session has begun to connect; {@link #health} tells when it
   * is subscribed.
   *
   * @throws KafkaException if Kafka cannot be reached or refuses us
   */
  @Override
  public void start() {
    producer = producers.get();
    // Learn of both topics now: the first rejection must not be what finds Kafka misconfigured.
    learnOf(config.topics().readings());
    learnOf(config.topics().rejected());
    sink = new ReadingSink(producer, config.topics(), counts, config.mostReadings(), meters);
    Runs runs =
        new Runs(catalog, runLog, config.runIdle(), clock.instant(), config.group() != null);
    ReadingDecoder decoder =
        new ReadingDecoder(catalog, runs, sightings, config.rememberedSensors());
    intake =
        new Intake(
            catalog,
            runs,
            decoder,
            sink,
            clock,
            filters -> source.filters(filters),
            (topic, payload) -> source.publish(topic, payload));
    source = new MqttSource(mqtt(), clock, intake);
    intake.start();
    source.start();
    if (kafka != null) {
      retries = new RetryListener(kafka, config.topics(), () -> producer, intake, clock);
      retries.start();
    }
  }

  private void learnOf(String topic) {
    try {
      producer.partitionsFor(topic);
    } catch (KafkaException e) {
      producer.close(Duration.ZERO);
      throw new KafkaException(
          "Kafka does not answer, or lets us not write to " + topic + ": " + e.getMessage(), e);
    }
  }

  private MqttSettings mqtt() {
    return new MqttSettings(
        config.brokerUri(),
        config.tls(),
        config.clientId(),
        config.username(),
        config.password(),
        config.sessions(),
        config.group(),
        config.ownBroker(),
        config.sessionExpiry(),
        config.keepAlive(),
        config.ownBroker() ? ALL : FILTERS,
        config.mostMessages(),
        config.mostBytes(),
        config.kept());
  }

  @Override
  public PartHealth health() {
    MqttSource session = source;
    ReadingSink kafka = sink;
    Intake between = intake;
    if (session == null || kafka == null || between == null) {
      PartHealth.Check notYet = new PartHealth.Check("mqtt", false, true, "not started");
      return new PartHealth(true, false, 0, List.of(notYet), Map.of(), Map.of());
    }
    boolean subscribed = session.isSubscribed();
    long longest = kafka.longestMs(clock.millis());
    boolean slow = longest > KAFKA_SLOW_MS;
    String trouble =
        kafka.fatal() != null
            ? "refused for good: " + kafka.fatal().getMessage()
            : slow ? "no acknowledgement for " + Duration.ofMillis(longest).toSeconds() + " s" : "";
    return new PartHealth(
        kafka.fatal() == null && between.isAlive() && session.isAlive(),
        subscribed,
        longest > BACKLOG_MS ? session.held() : 0,
        List.of(
            new PartHealth.Check("mqtt", subscribed, true, session.problem()),
            new PartHealth.Check(
                "mqtt-delivery", session.weakness().isEmpty(), false, session.weakness()),
            new PartHealth.Check("kafka", trouble.isEmpty(), true, trouble),
            new PartHealth.Check(
                "retries",
                retries == null || retries.isAlive(),
                false,
                retries == null || retries.isAlive() ? "" : "stopped by a defect: see the log")),
        counts.snapshot(),
        Map.of("in_flight_longest_ms", (double) longest, "produce_p99_ms", kafka.produceP99Ms()));
  }

  /**
   * Stops beginning, lets what was begun reach Kafka and be acknowledged (a reading without a stamp
   * would be a new one when delivered again), and leaves the session on the broker.
   */
  @Override
  public void close() {
    if (retries != null) {
      retries.close();
    }
    if (intake != null) {
      intake.close();
    }
    if (source != null) {
      long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DRAIN_MS);
      while (source.held() > 0 && sink.fatal() == null && System.nanoTime() < deadline) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
      source.close();
    }
    if (sink != null) {
      sink.close();
    }
    if (producer != null) {
      producer.close(Duration.ofMillis(DRAIN_MS));
    }
  }
}
