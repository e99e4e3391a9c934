package org.minusone.rules;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.minusone.model.port.Counters;
import org.minusone.model.port.InputFlow;
import org.minusone.model.port.Part;
import org.minusone.model.port.PartHealth;
import org.minusone.model.port.SiteCatalog;
import org.minusone.rules.evaluate.Outcome;
import org.minusone.rules.topology.InputLag;
import org.minusone.rules.topology.InputPositions;
import org.minusone.rules.topology.RulesTopology;
import org.minusone.rules.topology.Wiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The role {@code rules}. It counts {@code evaluated}, {@code duplicate} and {@code late} by site
 * as they happen; {@code waiting} and {@code carried} stand under the site {@code ""}:
 *
 * <pre>in_kafka + carried = evaluated + duplicate + late + waiting</pre>
 */
public final class RulesApp implements Part {
  private static final Logger LOG = LoggerFactory.getLogger(RulesApp.class);
  private static final Duration CLOSE = Duration.ofSeconds(5);
  private static final long LAG_EVERY_MS = 200;

  private final RulesConfig config;
  private final Map<String, Object> kafka;
  private final SiteCatalog catalog;
  private final InputFlow flow;
  private final InstantSource clock;
  private final Counters counters = new Counters();
  private final InputPositions positions = new InputPositions();
  private final LongAdder signals = new LongAdder();
  private final LongAdder skipped = new LongAdder();
  private final ThreadDeaths deaths;

  private volatile Admin admin;
  private volatile InputLag lag;
  private volatile KafkaStreams streams;
  private volatile ScheduledExecutorService lagThread;

  /**
   * @param kafka client properties: {@code bootstrap.servers} and what security asks for
   */
  public RulesApp(
      RulesConfig config,
      Map<String, Object> kafka,
      SiteCatalog catalog,
      InputFlow flow,
      InstantSource clock,
      MeterRegistry meters) {
    this.config = config;
    this.kafka = Map.copyOf(kafka);
    this.catalog = catalog;
    this.flow = flow;
    this.clock = clock;
    this.deaths = new ThreadDeaths(clock);
    for (Outcome outcome : Outcome.values()) {
      FunctionCounter.builder("minusone.rules.readings", counters, c -> c.total(outcome.term()))
          .tag("outcome", outcome.term())
          .description("Readings by what they were to the rules")
          .register(meters);
    }
    FunctionCounter.builder("minusone.rules.signals", signals, LongAdder::sum)
        .description("Signals announced, those announced again included")
        .register(meters);
    FunctionCounter.builder("minusone.rules.skipped.records", skipped, LongAdder::sum)
        .description("Records of the input that were no readings")
        .register(meters);
    Gauge.builder("minusone.rules.waiting.readings", this, RulesApp::waiting)
        .description("Readings in Kafka that the rules have not worked off")
        .register(meters);
  }

  @Override
  public String name() {
    return "rules";
  }

  @Override
  public void start() throws Exception {
    awaitSite();
    Admin opened = Admin.create(new HashMap<>(kafka));
    admin = opened;
    InputLag measured =
        new InputLag(opened, config.topics().readings(), config.applicationId(), positions, clock);
    measured.open(config.patience());
    counters.add("", "carried", measured.carried());
    lag = measured;
    Wiring wiring =
        new Wiring(
            config.topics(),
            catalog,
            flow,
            clock,
            config.tick(),
            counters,
            positions,
            measured::committedNow,
            measured::committedSoFar,
            measured::end,
            signals,
            skipped);
    KafkaStreams built = new KafkaStreams(RulesTopology.build(wiring), properties());
    built.setUncaughtExceptionHandler(deaths);
    streams = built;
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            r -> {
              Thread t = new Thread(r, "rules-lag");
              t.setDaemon(true);
              return t;
            });
    lagThread = thread;
    Future<?> unused =
        thread.scheduleWithFixedDelay(
            this::refreshLag, LAG_EVERY_MS, LAG_EVERY_MS, TimeUnit.MILLISECONDS);
    built.start();
  }

  /** Readings of a site whose rules are not known yet would be evaluated without any. */
  private void awaitSite() throws InterruptedException {
    long until = System.nanoTime() + config.patience().toNanos();
    while (catalog.sites().isEmpty() && System.nanoTime() < until) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    if (catalog.sites().isEmpty()) {
      LOG.warn("No site is live after {}; starting without", config.patience());
    }
  }

  private void refreshLag() {
    try {
      lag.refresh();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("Cannot learn how much waits", e);
    }
  }

  /** At least once: exactly-once would make latency the commit interval (FOUND.md). */
  Properties properties() {
    Properties p = new Properties();
    p.putAll(kafka);
    p.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
    p.put(StreamsConfig.CLIENT_ID_CONFIG, config.applicationId() + "-" + config.instance());
    p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
    p.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
    p.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDirectory().toString());
    p.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, config.internalReplication());
    p.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.standbys());
    p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads());
    p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, config.commit().toMillis());
    p.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    p.put(StreamsConfig.POLL_MS_CONFIG, 50);
    p.put(CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG, config.instance());
    p.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
        (int) config.sessionTimeout().toMillis());
    p.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
        (int) config.heartbeat().toMillis());
    p.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    p.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
    return p;
  }

  private long waiting() {
    InputLag measured = lag;
    return measured == null ? 0 : measured.waiting();
  }

  @Override
  public PartHealth health() {
    KafkaStreams running = streams;
    KafkaStreams.State state = running == null ? KafkaStreams.State.CREATED : running.state();
    boolean alive = !deaths.gaveUp() && state != KafkaStreams.State.ERROR;
    long waiting = waiting();
    InputLag measured = lag;
    Map<String, Map<String, Long>> terms = counters.snapshot();
    terms.computeIfAbsent("", s -> new TreeMap<>()).put("waiting", waiting);
    return new PartHealth(
        alive,
        state.isRunningOrRebalancing(),
        waiting,
        List.of(
            new PartHealth.Check(
                "streams", state == KafkaStreams.State.RUNNING, true, state.toString())),
        terms,
        Map.of(
            "signals",
            (double) signals.sum(),
            "skipped_records",
            (double) skipped.sum(),
            "behind_ms",
            measured == null ? 0 : (double) measured.behindMs()));
  }

  @Override
  public void close() {
    if (lagThread != null) {
      lagThread.shutdownNow();
    }
    if (streams != null) {
      streams.close(CLOSE);
    }
    if (admin != null) {
      admin.close(CLOSE);
    }
  }
}
