package org.minusone.app.stack;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.minusone.alerting.AlertingApp;
import org.minusone.alerting.notify.NotifyApp;
import org.minusone.app.embedded.StartProblem;
import org.minusone.app.health.HealthPublisher;
import org.minusone.app.health.HealthTable;
import org.minusone.app.site.SiteTable;
import org.minusone.app.topic.TopicCreator;
import org.minusone.console.ConsoleApp;
import org.minusone.console.access.Access;
import org.minusone.console.access.Accounts;
import org.minusone.console.accounts.FileAccounts;
import org.minusone.ingest.IngestApp;
import org.minusone.model.SiteVersion;
import org.minusone.model.port.HealthReport;
import org.minusone.model.port.Part;
import org.minusone.model.port.PartHealth;
import org.minusone.model.port.SeriesReader;
import org.minusone.rules.RulesApp;
import org.minusone.series.SeriesApp;

/**
 * The parts of one process, put together over a Kafka that answers: topics, the tables that are
 * followed, the roles, and what they say of themselves. The same for one role of a cluster and for
 * everything embedded. What counts a backlog starts before ingest, so that nothing is counted
 * twice; what closes first is what feeds the others.
 */
final class Assembly implements AutoCloseable {
  private static final long CLOSE_PATIENCE_S = 4;

  private final Plan plan;
  private final InstantSource clock;
  private final List<AutoCloseable> opened = Collections.synchronizedList(new ArrayList<>());
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private volatile SiteTable sites;
  private HealthTable health;
  private HealthPublisher publisher;
  private SeriesReader series;
  private Access access;
  private ConsoleApp console;
  private boolean closed;

  Assembly(Plan plan, InstantSource clock) {
    this.plan = plan;
    this.clock = clock;
  }

  /** Makes the topics that are missing and reads the tables to their end. */
  void open() throws Exception {
    TopicCreator.createMissing(
        plan.kafka(), plan.topics().all(plan.partitions()), plan.replication());
    sites = keep(new SiteTable(plan.kafka(), plan.topics().site()));
    health = keep(new HealthTable(plan.kafka(), plan.topics().health(), clock, plan.notBefore()));
    publisher =
        keep(
            new HealthPublisher(
                plan.kafka(), plan.topics().health(), plan.instance(), clock, this::version));
    Together.start(sites::start, health::start);
  }

  /** Several sites may be live: the highest version tells whether this process keeps up. */
  private int version() {
    return sites.sites().stream().mapToInt(SiteVersion::version).max().orElse(0);
  }

  /** Starts the roles of the plan; they may not be ready yet. */
  void start() throws Exception {
    List<Together.Step> first = new ArrayList<>();
    if (plan.series() != null) {
      first.add(part(new SeriesApp(plan.series(), plan.kafka(), meters))::start);
    }
    if (plan.rules() != null) {
      first.add(
          part(new RulesApp(plan.rules(), plan.kafka(), sites, health, clock, meters))::start);
    }
    if (plan.alerting() != null) {
      first.add(
          part(new AlertingApp(plan.alerting(), plan.kafka(), sites, health, health, clock, meters))
              ::start);
    }
    if (plan.telling() != null && !plan.telling().isNobody()) {
      first.add(
          part(
                  new NotifyApp(
                      plan.telling(),
                      plan.topics(),
                      plan.kafka(),
                      sites,
                      clock,
                      meters,
                      () -> missing().isEmpty()))
              ::start);
    }
    if (plan.console() != null) {
      series = SeriesReaders.of(plan.store(), clock);
      Path accounts = plan.console().accounts();
      access =
          new Access(
              plan.consoleKey(),
              clock,
              accounts == null ? Accounts.NONE : new FileAccounts(accounts));
      console =
          part(
              new ConsoleApp(
                  plan.console(), plan.kafka(), sites, series, health, clock, meters, access));
      first.add(console::start);
    }
    if (!first.isEmpty()) {
      Together.start(first.toArray(Together.Step[]::new));
    }
    if (plan.ingest() != null) {
      part(new IngestApp(plan.ingest(), plan.kafka(), sites, sites, sites, clock, meters)).start();
    }
    publisher.start();
  }

  /** Closes it with the rest. */
  <T extends AutoCloseable> T keep(T closeable) {
    opened.add(closeable);
    return closeable;
  }

  /** Has the part tell how it is, and closes it with the rest. */
  <T extends Part> T part(T part) {
    publisher.add(part);
    return keep(part);
  }

  SiteTable sites() {
    return sites;
  }

  /** Null without a console. */
  SeriesReader series() {
    return series;
  }

  /** Null without a console. */
  ConsoleApp console() {
    return console;
  }

  /**
   * What {@code run.json} says of the console, so that commands find and trust it; only with one.
   */
  Map<String, String> consoleAddresses() {
    Map<String, String> addresses = new HashMap<>();
    // Past a proxy: a certificate that this machine does not know may stand there.
    addresses.put("console", console.localAddress());
    if (plan.console().accounts() != null) {
      addresses.put("accounts", plan.console().accounts().toAbsolutePath().toString());
    }
    if (plan.console().tls() != null) {
      addresses.put("certificate", plan.console().tls().certificate().toAbsolutePath().toString());
    }
    return addresses;
  }

  /** Null without a console. */
  Access access() {
    return access;
  }

  PrometheusMeterRegistry meters() {
    return meters;
  }

  /** What every part says now. */
  List<HealthReport> reports() {
    return publisher.reports();
  }

  /** Required checks that are not good, with what they say; empty when ready. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    for (HealthReport report : reports()) {
      for (PartHealth.Check check : report.health().checks()) {
        if (check.required() && !check.ok()) {
          missing.add(report.role() + " " + check.name() + " (" + check.detail() + ")");
        }
      }
    }
    return missing;
  }

  void awaitReady(Duration patience) throws StartProblem {
    Instant until = clock.instant().plus(patience);
    List<String> missing = missing();
    while (!missing.isEmpty()) {
      if (clock.instant().isAfter(until)) {
        throw new StartProblem(
            "not ready after %d s, missing %s: look at the log, or start again"
                .formatted(patience.toSeconds(), String.join("; ", missing)));
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      missing = missing();
    }
  }

  /** Ends everything within eight seconds; may be called twice. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    List<AutoCloseable> first = new ArrayList<>();
    List<AutoCloseable> then = new ArrayList<>();
    for (AutoCloseable one : List.copyOf(opened)) {
      boolean feeds =
          one instanceof Part part && !part.name().matches("series|rules|alerting|notify");
      (feeds ? first : then).add(one);
    }
    Together.close(CLOSE_PATIENCE_S, first);
    Together.close(CLOSE_PATIENCE_S, then);
  }
}
