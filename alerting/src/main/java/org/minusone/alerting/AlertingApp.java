package org.minusone.alerting;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.minusone.alerting.topology.AlertLatency;
import org.minusone.alerting.topology.AlertMeters;
import org.minusone.alerting.topology.AlertTopology;
import org.minusone.alerting.topology.LatencyProbe;
import org.minusone.model.port.HealthBoard;
import org.minusone.model.port.InputFlow;
import org.minusone.model.port.Part;
import org.minusone.model.port.PartHealth;
import org.minusone.model.port.SiteCatalog;

/**
 * Alerting, wired. Its input topics must exist. Counters: events by site and kind; gauges: {@code
 * latency_count}, {@code latency_p50_ms}, {@code latency_p90_ms}, {@code latency_p99_ms} (absent
 * while the count is 0) and {@code latency_le_<ms>}, cumulative.
 */
public final class AlertingApp implements Part {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final AlertingConfig config;
  private final Map<String, Object> kafka;
  private final SiteCatalog sites;
  private final InputFlow input;
  private final HealthBoard board;
  private final InstantSource clock;
  private final AlertMeters meters;
  private final AlertLatency latency;
  private final StreamsFailures failures;
  private volatile KafkaStreams streams;

  /** Open from the start: who takes over has no time to look for the cluster first. */
  private volatile Admin admin;

  /**
   * @param kafka client properties: where the cluster is, and how to sign in
   * @param board the roles' own reports, in which their trouble is seen
   * @param clock wall time
   */
  public AlertingApp(
      AlertingConfig config,
      Map<String, Object> kafka,
      SiteCatalog sites,
      InputFlow input,
      HealthBoard board,
      InstantSource clock,
      MeterRegistry registry) {
    this.config = config;
    this.kafka = Map.copyOf(kafka);
    this.sites = sites;
    this.input = input;
    this.board = board;
    this.clock = clock;
    this.meters = new AlertMeters(registry);
    this.latency = new AlertLatency(registry, clock);
    this.failures = new StreamsFailures(config.restarts(), clock);
  }

  @Override
  public String name() {
    return "alerting";
  }

  @Override
  public void start() {
    admin = Admin.create(new HashMap<>(kafka));
    KafkaStreams started =
        new KafkaStreams(
            AlertTopology.build(
                config.topics(), sites, input, board, clock, this::committedOffset, meters),
            properties());
    started.setUncaughtExceptionHandler(failures);
    streams = started;
    started.start();
  }

  Properties properties() {
    Properties p = new Properties();
    p.putAll(kafka);
    p.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
    p.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDir().toString());
    p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
    p.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
    p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, config.commit().toMillis());
    p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
    p.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.standbys());
    p.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
    consumer(p, ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, config.instance());
    consumer(p, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) config.session().toMillis());
    consumer(p, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) config.heartbeat().toMillis());
    consumer(p, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    producer(p, ProducerConfig.LINGER_MS_CONFIG, 0);
    producer(p, ProducerConfig.ACKS_CONFIG, "all");
    producer(p, ProducerConfig.INTERCEPTOR_CLASSES_CONFIG, List.of(LatencyProbe.class));
    producer(p, LatencyProbe.CONFIG, latency);
    return p;
  }

  private static void consumer(Properties p, String key, Object value) {
    p.put(StreamsConfig.mainConsumerPrefix(key), value);
  }

  private static void producer(Properties p, String key, Object value) {
    p.put(StreamsConfig.producerPrefix(key), value);
  }

  /** Asked by a task that starts, on its worker. */
  private OptionalLong committedOffset(TopicPartition partition) {
    try {
      OffsetAndMetadata offset =
          admin
              .listConsumerGroupOffsets(config.applicationId())
              .partitionsToOffsetAndMetadata()
              .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
              .get(partition);
      return offset == null ? OptionalLong.empty() : OptionalLong.of(offset.offset());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("committed offsets of " + config.applicationId(), e);
    }
  }

  /** From a reading's arrival to its alert acknowledged by Kafka, since the start. */
  public AlertLatency.Snapshot latency() {
    return latency.snapshot();
  }

  @Override
  public PartHealth health() {
    KafkaStreams running = streams;
    String state = running == null ? "not started" : running.state().toString();
    boolean ok = running != null && running.state() == KafkaStreams.State.RUNNING;
    boolean alive =
        failures.gaveUp() == null
            && (running == null || running.state() != KafkaStreams.State.ERROR);
    String detail = Optional.ofNullable(failures.gaveUp()).orElse(state);
    return new PartHealth(
        alive,
        running != null && running.state().isRunningOrRebalancing(),
        running == null ? 0 : lag(running),
        List.of(new PartHealth.Check("streams", ok, true, detail)),
        meters.counters().snapshot(),
        gauges());
  }

  /** As of the last fetch. */
  private long lag(KafkaStreams running) {
    double lag =
        running.metrics().entrySet().stream()
            .filter(m -> m.getKey().name().equals("records-lag"))
            .filter(m -> isInput(m.getKey().tags().get("topic")))
            .mapToDouble(m -> m.getValue().metricValue() instanceof Double d ? d : 0)
            .filter(d -> d > 0)
            .sum();
    return Math.round(lag);
  }

  /** Metrics write dots of a topic as underscores. */
  private boolean isInput(String topic) {
    return topic != null
        && (topic.replace('.', '_').equals(config.topics().signals().replace('.', '_'))
            || topic.replace('.', '_').equals(config.topics().commands().replace('.', '_')));
  }

  private Map<String, Double> gauges() {
    AlertLatency.Snapshot now = latency.snapshot();
    Map<String, Double> gauges = new HashMap<>();
    gauges.put("latency_count", (double) now.count());
    if (now.count() > 0) {
      gauges.put("latency_p50_ms", now.p50Ms());
      gauges.put("latency_p90_ms", now.p90Ms());
      gauges.put("latency_p99_ms", now.p99Ms());
    }
    now.upToMs().forEach((edge, count) -> gauges.put("latency_le_" + edge, (double) count));
    return gauges;
  }

  @Override
  public void close() {
    KafkaStreams running = streams;
    if (running != null) {
      running.close(PATIENCE);
    }
    Admin asked = admin;
    if (asked != null) {
      asked.close(PATIENCE);
    }
  }
}
