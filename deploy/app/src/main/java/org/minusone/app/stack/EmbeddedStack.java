package org.minusone.app.stack;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.minusone.alerting.AlertingApp;
import org.minusone.alerting.AlertingConfig;
import org.minusone.app.embedded.DataDirectory;
import org.minusone.app.embedded.FreePorts;
import org.minusone.app.embedded.RunFile;
import org.minusone.app.embedded.StartProblem;
import org.minusone.app.health.HealthPublisher;
import org.minusone.app.health.HealthTable;
import org.minusone.app.site.SiteTable;
import org.minusone.app.topic.TopicCreator;
import org.minusone.console.ConsoleApp;
import org.minusone.console.ConsoleConfig;
import org.minusone.console.access.Access;
import org.minusone.console.access.Person;
import org.minusone.ingest.IngestApp;
import org.minusone.ingest.IngestConfig;
import org.minusone.model.Role;
import org.minusone.model.SiteVersion;
import org.minusone.model.codec.Topics;
import org.minusone.model.port.HealthReport;
import org.minusone.model.port.Part;
import org.minusone.model.port.PartHealth;
import org.minusone.model.port.SeriesReader;
import org.minusone.model.port.Sums;
import org.minusone.rules.RulesApp;
import org.minusone.rules.RulesConfig;
import org.minusone.series.SeriesApp;
import org.minusone.series.SeriesConfig;
import org.minusone.series.read.QuestDbReader;
import org.minusone.series.store.StoreConfig;

/**
 * Everything in one process: servers, site, parts. What counts a backlog starts before ingest, so
 * that nothing is counted twice; what closes first is what feeds the others.
 */
public final class EmbeddedStack implements AutoCloseable {
  private static final Topics TOPICS = Topics.DEFAULT;
  private static final String INSTANCE = "embedded";
  private static final int READING_PARTITIONS = 6;
  private static final Duration READY_PATIENCE = Duration.ofSeconds(60);
  private static final Duration TOKEN_LIFE = Duration.ofDays(3650);
  private static final long CLOSE_PATIENCE_S = 4;

  private final InstantSource clock = InstantSource.system();
  private final Progress progress;
  private final List<AutoCloseable> opened = Collections.synchronizedList(new ArrayList<>());
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private DataDirectory data;
  private EmbeddedServers servers;
  private SiteTable sites;
  private HealthPublisher publisher;
  private SeriesReader series;
  private ConsoleApp console;
  private AlertWatch alerts;
  private boolean closed;

  private EmbeddedStack(Progress progress) {
    this.progress = progress;
  }

  /**
   * Starts everything and returns once it is ready.
   *
   * @param site as its files say; applied as a version unless it is the live one
   * @throws StartProblem if something stands in the way that a person can put right
   */
  public static EmbeddedStack start(StackOptions options, SiteVersion site, Progress progress)
      throws Exception {
    EmbeddedStack stack = new EmbeddedStack(progress);
    try {
      stack.open(options, site);
      return stack;
    } catch (Exception | Error e) {
      stack.close();
      throw e;
    }
  }

  private void open(StackOptions options, SiteVersion site) throws Exception {
    Instant begin = clock.instant();
    data = DataDirectory.open(options.data());
    int consolePort = FreePorts.require(options.consolePort(), "--port");
    int mqttPort =
        options.mqttPort() == 0 ? 0 : FreePorts.require(options.mqttPort(), "--mqtt-port");
    servers = new EmbeddedServers(data, mqttPort);
    servers.start(progress);
    Map<String, Object> kafka = servers.kafkaProperties();
    TopicCreator.createMissing(kafka, TOPICS.all(READING_PARTITIONS), (short) 1);

    sites = keep(new SiteTable(kafka, TOPICS.site()));
    HealthTable health = keep(new HealthTable(kafka, TOPICS.health(), clock, begin));
    alerts = keep(new AlertWatch(kafka, TOPICS.alerts(), begin));
    Together.start(sites::start, health::start, alerts::start);
    int version = sites.publish(site, System.getProperty("user.name"), clock.instant());
    progress.say(
        "site %s version %d, %d sensors, %d rules"
            .formatted(site.site(), version, site.sensors().size(), site.rules().size()));

    publisher =
        keep(
            new HealthPublisher(
                kafka,
                TOPICS.health(),
                INSTANCE,
                clock,
                () -> sites.live(site.site()).map(SiteVersion::version).orElse(0)));
    StoreConfig store =
        StoreConfig.questDb(
            URI.create(servers.store().url()), servers.store().user(), servers.store().password());
    series = new QuestDbReader(store, clock);
    Access access = new Access(data.password("console").getBytes(StandardCharsets.US_ASCII), clock);

    SeriesApp writer = part(new SeriesApp(SeriesConfig.of(store), kafka, meters));
    RulesApp rules =
        part(
            new RulesApp(
                RulesConfig.embedded(data.path().resolve("rules")),
                kafka,
                sites,
                health,
                clock,
                meters));
    AlertingApp alerting =
        part(
            new AlertingApp(
                AlertingConfig.defaults(data.path().resolve("alerting")),
                kafka,
                sites,
                health,
                clock,
                meters));
    console =
        part(
            new ConsoleApp(
                ConsoleConfig.DEFAULT
                    .withPort(consolePort)
                    .withInstance(INSTANCE)
                    .withVersions(
                        Map.of(
                            "kafka",
                            "4.3.1",
                            "mqtt",
                            "HiveMQ CE 2025.5",
                            "series",
                            "QuestDB 9.3.4")),
                kafka,
                sites,
                series,
                health,
                clock,
                meters,
                access));
    Together.start(writer::start, rules::start, alerting::start, console::start);
    IngestApp ingest =
        part(
            new IngestApp(
                IngestConfig.of(servers.broker().url()), kafka, sites, sites, clock, meters));
    ingest.start();
    publisher.start();
    progress.say("ingest, series, rules, alerting and console started");
    awaitReady();
    data.announce(
        RunFile.ofThisProcess(
            Map.of(
                "console", console.address(),
                "mqtt", FreePorts.LOOPBACK + ":" + servers.broker().port(),
                "kafka", servers.kafka().bootstrap(),
                "store", servers.store().url()),
            Map.of(
                "console", access.tokens().issue(new Person("local", Role.ADMIN), TOKEN_LIFE),
                "kafka", data.password("kafka"),
                "store", data.password("store"))));
  }

  private <T extends AutoCloseable> T keep(T closeable) {
    opened.add(closeable);
    return closeable;
  }

  private <T extends Part> T part(T part) {
    publisher.add(part);
    return keep(part);
  }

  /** Adds a part that lives in this process beside the house's own: the simulator. */
  public <T extends Part> T add(T part) {
    return part(part);
  }

  private void awaitReady() throws StartProblem {
    Instant until = clock.instant().plus(READY_PATIENCE);
    List<String> missing = missing();
    while (!missing.isEmpty()) {
      if (clock.instant().isAfter(until)) {
        throw new StartProblem(
            "not ready after %d s, missing %s: look at the log, or start again"
                .formatted(READY_PATIENCE.toSeconds(), String.join("; ", missing)));
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      missing = missing();
    }
  }

  private List<String> missing() {
    List<String> missing = new ArrayList<>();
    for (HealthReport report : publisher.reports()) {
      for (PartHealth.Check check : report.health().checks()) {
        if (check.required() && !check.ok()) {
          missing.add(report.role() + " " + check.name() + " (" + check.detail() + ")");
        }
      }
    }
    return missing;
  }

  /** A link by which a person signs in once, within ten minutes. */
  public String signInLink(String name, Role role) {
    return console.newSignInLink(new Person(name, role));
  }

  /** Where the console is, {@code http://127.0.0.1:8080}. */
  public String consoleAddress() {
    return console.address();
  }

  public int mqttPort() {
    return servers.broker().port();
  }

  public Map<String, Object> kafkaProperties() {
    return servers.kafkaProperties();
  }

  public SeriesReader series() {
    return series;
  }

  public SiteTable sites() {
    return sites;
  }

  public AlertWatch alerts() {
    return alerts;
  }

  /** What every part says now. */
  public List<HealthReport> reports() {
    return publisher.reports();
  }

  public Sums sums() {
    return Sums.of(publisher.reports(), null);
  }

  /**
   * Waits until nothing is in flight, waiting or unwritten.
   *
   * @return whether that came within {@code patience}
   */
  public boolean awaitDrained(Duration patience) {
    Instant until = clock.instant().plus(patience);
    while (clock.instant().isBefore(until)) {
      Sums sums = sums();
      if (sums.inFlight() == 0 && sums.waiting() == 0 && sums.unwritten() == 0 && sums.areEqual()) {
        return true;
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
    return false;
  }

  /** Ends everything within ten seconds; may be called twice. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    List<AutoCloseable> first = new ArrayList<>();
    List<AutoCloseable> then = new ArrayList<>();
    for (AutoCloseable one : opened) {
      boolean feeds = one instanceof Part part && !part.name().matches("series|rules|alerting");
      (feeds ? first : then).add(one);
    }
    Together.close(CLOSE_PATIENCE_S, first);
    Together.close(CLOSE_PATIENCE_S, then);
    if (servers != null) {
      servers.close();
    }
    if (data != null) {
      data.close();
    }
  }
}
