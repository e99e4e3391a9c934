package org.minusone.app.stack;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.minusone.alerting.AlertingConfig;
import org.minusone.alerting.notify.NotifyConfig;
import org.minusone.app.embedded.DataDirectory;
import org.minusone.app.embedded.FreePorts;
import org.minusone.app.embedded.RunFile;
import org.minusone.app.embedded.StartProblem;
import org.minusone.app.site.SiteTable;
import org.minusone.console.ConsoleConfig;
import org.minusone.console.access.Person;
import org.minusone.console.accounts.AccountFile;
import org.minusone.ingest.IngestConfig;
import org.minusone.model.Role;
import org.minusone.model.SiteVersion;
import org.minusone.model.codec.Topics;
import org.minusone.model.port.HealthReport;
import org.minusone.model.port.Part;
import org.minusone.model.port.SeriesReader;
import org.minusone.model.port.Sums;
import org.minusone.rules.RulesConfig;
import org.minusone.series.SeriesConfig;
import org.minusone.series.store.StoreConfig;

/** Everything in one process: servers, site, parts. */
public final class EmbeddedStack implements AutoCloseable {
  private static final Topics TOPICS = Topics.DEFAULT;
  private static final String INSTANCE = "embedded";
  private static final int READING_PARTITIONS = 6;
  private static final Duration READY_PATIENCE = Duration.ofSeconds(60);
  private static final Duration TOKEN_LIFE = Duration.ofDays(3650);

  private final InstantSource clock = InstantSource.system();
  private final Progress progress;
  private DataDirectory data;
  private EmbeddedServers servers;
  private volatile Assembly assembly;
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
    int consolePort = FreePorts.require(options.console().port(), "--port");
    BrokerPlace place = options.broker();
    if (place.port() != 0) {
      FreePorts.require(place.port(), "--mqtt-port");
    }
    servers = new EmbeddedServers(data, place, this::liveSites);
    servers.start(progress);
    assembly =
        new Assembly(
            plan(begin, options.console().withPort(consolePort), options.telling()), clock);
    assembly.open();
    servers.broker().meter(assembly.meters());
    alerts = assembly.keep(new AlertWatch(servers.kafkaProperties(), TOPICS.alerts(), begin));
    alerts.start();
    int version = sites().publish(site, System.getProperty("user.name"), clock.instant());
    progress.say(
        "site %s version %d, %d sensors, %d rules"
            .formatted(site.site(), version, site.sensors().size(), site.rules().size()));
    assembly.start();
    progress.say("ingest, series, rules, alerting and console started");
    assembly.awaitReady(READY_PATIENCE);
    Map<String, String> addresses = new HashMap<>(assembly.consoleAddresses());
    addresses.put("mqtt", servers.broker().houseUrl().substring("tcp://".length()));
    addresses.put("broker", servers.broker().url());
    addresses.put("kafka", servers.kafka().bootstrap());
    addresses.put("store", servers.store().url());
    data.announce(
        RunFile.ofThisProcess(
            addresses,
            Map.of(
                "console",
                assembly.access().tokens().issue(new Person("local", Role.ADMIN), TOKEN_LIFE),
                "kafka",
                data.password("kafka"),
                "mqtt",
                servers.engineerPassword(),
                "store",
                data.password("store"))));
  }

  /** None before the topic is read: gateways with a name of their own wait so long. */
  private Collection<SiteVersion> liveSites() {
    Assembly there = assembly;
    SiteTable read = there == null ? null : there.sites();
    return read == null ? List.of() : read.sites();
  }

  private Plan plan(Instant begin, ConsoleConfig console, NotifyConfig telling)
      throws StartProblem {
    StoreConfig store =
        StoreConfig.questDb(
            URI.create(servers.store().url()), servers.store().user(), servers.store().password());
    return new Plan(
        servers.kafkaProperties(),
        TOPICS,
        READING_PARTITIONS,
        (short) 1,
        INSTANCE,
        begin,
        IngestConfig.of(servers.broker().houseUrl())
            .withCredentials(EmbeddedServers.INGEST, servers.ingestPassword())
            .ofOwnBroker()
            .keepingSessionsIn(data.mqttSessions()),
        SeriesConfig.of(store),
        RulesConfig.embedded(data.path().resolve("rules")),
        AlertingConfig.defaults(data.path().resolve("alerting")),
        telling,
        (console.accounts() == null
                ? console.withAccounts(data.path().resolve(AccountFile.NAME))
                : console)
            .withInstance(INSTANCE)
            .withVersions(
                Map.of("kafka", "4.3.1", "mqtt", "HiveMQ CE 2025.5", "series", "QuestDB 9.3.4")),
        store,
        data.password("console").getBytes(StandardCharsets.US_ASCII));
  }

  /** Adds a part that lives in this process beside the house's own: the simulator. */
  public <T extends Part> T add(T part) {
    return assembly.part(part);
  }

  /** A link by which a person signs in once, within ten minutes. */
  public String signInLink(String name, Role role) {
    return assembly.console().newSignInLink(new Person(name, role));
  }

  /** Where the console is, {@code http://127.0.0.1:8080}. */
  public String consoleAddress() {
    return assembly.console().address();
  }

  public int mqttPort() {
    return servers.broker().port();
  }

  /** Where gateways find the broker, {@code tcp://127.0.0.1:1883}. */
  public String mqttUrl() {
    return servers.broker().url();
  }

  public Map<String, Object> kafkaProperties() {
    return servers.kafkaProperties();
  }

  public SeriesReader series() {
    return assembly.series();
  }

  public SiteTable sites() {
    return assembly.sites();
  }

  public AlertWatch alerts() {
    return alerts;
  }

  /** What every part says now. */
  public List<HealthReport> reports() {
    return assembly.reports();
  }

  public Sums sums() {
    return Sums.of(assembly.reports(), null);
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
    if (assembly != null) {
      assembly.close();
    }
    if (servers != null) {
      servers.close();
    }
    if (data != null) {
      data.close();
    }
  }
}
