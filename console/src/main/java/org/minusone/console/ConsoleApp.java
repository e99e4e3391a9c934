package org.minusone.console;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.minusone.console.access.Access;
import org.minusone.console.access.Gate;
import org.minusone.console.access.Person;
import org.minusone.console.audit.AuditLog;
import org.minusone.console.audit.KafkaAuditLog;
import org.minusone.console.feed.AlertBook;
import org.minusone.console.feed.CommandDesk;
import org.minusone.console.feed.CommandSender;
import org.minusone.console.feed.DeliveryBook;
import org.minusone.console.feed.Feeds;
import org.minusone.console.feed.KafkaCommandSender;
import org.minusone.console.feed.KafkaFeeds;
import org.minusone.console.feed.LatestFill;
import org.minusone.console.feed.LatestValues;
import org.minusone.console.feed.PipelineMeter;
import org.minusone.console.feed.Probes;
import org.minusone.console.feed.SensorBoard;
import org.minusone.console.feed.SensorState;
import org.minusone.console.feed.SensorView;
import org.minusone.console.http.AlertRoutes;
import org.minusone.console.http.Audit;
import org.minusone.console.http.Commands;
import org.minusone.console.http.ConsoleServer;
import org.minusone.console.http.Cookies;
import org.minusone.console.http.DeliveryRoutes;
import org.minusone.console.http.JobRoutes;
import org.minusone.console.http.Memory;
import org.minusone.console.http.PageRoutes;
import org.minusone.console.http.PipelineRoutes;
import org.minusone.console.http.ProbeRoutes;
import org.minusone.console.http.QuarantineRoutes;
import org.minusone.console.http.Route;
import org.minusone.console.http.SensorRoutes;
import org.minusone.console.http.SessionRoutes;
import org.minusone.console.http.SiteChoice;
import org.minusone.console.http.SiteRoutes;
import org.minusone.console.http.StreamRoutes;
import org.minusone.console.http.WebFiles;
import org.minusone.console.quarantine.KafkaRejectedLog;
import org.minusone.console.quarantine.QuarantineSearch;
import org.minusone.console.quarantine.RejectedLog;
import org.minusone.console.quarantine.Rejections;
import org.minusone.console.quarantine.RetryDesk;
import org.minusone.console.stream.Heartbeat;
import org.minusone.console.stream.StreamDoor;
import org.minusone.console.stream.StreamHub;
import org.minusone.model.AlertEvent;
import org.minusone.model.Reading;
import org.minusone.model.SiteId;
import org.minusone.model.port.HealthBoard;
import org.minusone.model.port.Part;
import org.minusone.model.port.PartHealth;
import org.minusone.model.port.SeriesReader;
import org.minusone.model.port.SiteCatalog;
import org.minusone.model.port.Sums;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The console: what the operator sees. */
public final class ConsoleApp implements Part {
  private static final Logger LOG = LoggerFactory.getLogger(ConsoleApp.class);

  private final ConsoleConfig config;
  private final Feeds feeds;
  private final RejectedLog rejectedLog;
  private final CommandSender sender;
  private final AuditLog auditLog;
  private final SiteCatalog catalog;
  private final HealthBoard health;
  private final InstantSource clock;
  private final Access access;
  private final PrometheusMeterRegistry metrics;
  private final AlertBook alerts = new AlertBook();
  private final LatestValues values = new LatestValues();
  private final Rejections rejections = new Rejections();
  private final DeliveryBook deliveries = new DeliveryBook();
  private final PipelineMeter meter = new PipelineMeter();
  private final SensorBoard board;
  private final SiteChoice sites;
  private final LatestFill fill;
  private final CommandDesk desk;
  private final RetryDesk retries;
  private final StreamHub hub;
  private final ConsoleServer server;
  private final ExecutorService answers = Executors.newFixedThreadPool(2, daemon("answers"));
  private final ScheduledExecutorService sampler =
      Executors.newSingleThreadScheduledExecutor(daemon("sampler"));
  private final ScheduledExecutorService filler =
      Executors.newSingleThreadScheduledExecutor(daemon("filler"));
  private volatile ScheduledFuture<?> sampling;
  private volatile ScheduledFuture<?> filling;
  private boolean closed;

  /**
   * @param kafka client properties: {@code bootstrap.servers} and what it takes to be let in
   * @param access lets people in; whoever starts the console makes the first link with it
   */
  public ConsoleApp(
      ConsoleConfig config,
      Map<String, Object> kafka,
      SiteCatalog catalog,
      SeriesReader series,
      HealthBoard health,
      InstantSource clock,
      PrometheusMeterRegistry metrics,
      Access access) {
    this(
        config,
        new KafkaFeeds(kafka, config.topics(), clock),
        new KafkaRejectedLog(kafka, config.topics()),
        new KafkaCommandSender(kafka, config.topics()),
        new KafkaAuditLog(kafka, config.topics()),
        catalog,
        series,
        health,
        clock,
        metrics,
        access);
  }

  ConsoleApp(
      ConsoleConfig config,
      Feeds feeds,
      RejectedLog rejectedLog,
      CommandSender sender,
      AuditLog auditLog,
      SiteCatalog catalog,
      SeriesReader series,
      HealthBoard health,
      InstantSource clock,
      PrometheusMeterRegistry metrics,
      Access access) {
    this.config = config;
    this.feeds = feeds;
    this.rejectedLog = rejectedLog;
    this.sender = sender;
    this.auditLog = auditLog;
    this.catalog = catalog;
    this.health = health;
    this.clock = clock;
    this.access = access;
    this.metrics = metrics;
    this.board = new SensorBoard(catalog, values, alerts, clock);
    this.sites = new SiteChoice(catalog, values, clock);
    this.fill = new LatestFill(catalog, series, values, clock.instant());
    this.desk = new CommandDesk(alerts, sender);
    this.retries = new RetryDesk(sender, rejections);
    this.hub = new StreamHub(alerts, values, board, this::heartbeat, config.heartbeat());
    this.server = server(series);
  }

  private ConsoleServer server(SeriesReader series) {
    Cookies cookies = new Cookies(this::port, config.isSecure());
    Audit audit = new Audit(auditLog, clock);
    Commands commands = new Commands(desk, clock, audit, answers);
    List<Route> routes = new ArrayList<>();
    routes.addAll(
        new SessionRoutes(access, catalog, clock, this::address, cookies, audit).routes());
    routes.addAll(new SiteRoutes(catalog, values).routes());
    routes.addAll(new AlertRoutes(alerts, deliveries, board, catalog, commands, sites).routes());
    routes.addAll(new JobRoutes(alerts, board, catalog, commands, sites).routes());
    routes.addAll(new DeliveryRoutes(deliveries, alerts, commands, sites).routes());
    routes.addAll(new SensorRoutes(board, catalog, series, sites, rejections).routes());
    routes.addAll(
        new PipelineRoutes(
                health,
                meter,
                rejections,
                board,
                sites,
                config.versions(),
                new Memory(config.memoryLimitMb()))
            .routes());
    routes.addAll(
        new QuarantineRoutes(
                rejections,
                new QuarantineSearch(rejections, rejectedLog),
                retries,
                sites,
                clock,
                audit,
                answers)
            .routes());
    routes.addAll(new StreamRoutes(new StreamDoor(alerts, hub), sites, access, cookies).routes());
    routes.addAll(new ProbeRoutes(metrics, this::healthy, this::ready).routes());
    routes.addAll(new PageRoutes(new WebFiles(config.webFolder())).routes());
    Gate gate = new Gate(access, config.names(), localHost(), this::port, config.tls() != null);
    return new ConsoleServer(
        config.host(),
        config.port(),
        config.idle(),
        gate,
        cookies,
        routes,
        config.tls(),
        config.isSecure());
  }

  @Override
  public String name() {
    return "console";
  }

  @Override
  public void start() throws Exception {
    server.start();
    hub.start();
    feeds.start(new Taker());
    sampling = sampler.scheduleAtFixedRate(this::sample, 0, 1, TimeUnit.SECONDS);
    filling = filler.scheduleWithFixedDelay(this::fill, 0, 2, TimeUnit.SECONDS);
    metrics.gauge("minusone_console_stream_readers", hub, StreamHub::readers);
    FunctionCounter.builder("minusone_console_audit_unwritten", auditLog, AuditLog::failed)
        .description("Entries of the audit that are in the log alone, as the topic refused them")
        .register(metrics);
  }

  /** All that is served. */
  List<Route> routes() {
    return server.routes();
  }

  /** The port it listens on; the configured one before the start. */
  public int port() {
    return server == null ? config.port() : server.port();
  }

  /** How a browser reaches it: {@code http://127.0.0.1:8080}. */
  public String address() {
    return config.address() != null ? config.address() : localAddress();
  }

  /** How this machine reaches it, past any proxy. */
  public String localAddress() {
    return (config.tls() == null ? "http" : "https") + "://" + localHost() + ":" + port();
  }

  private String localHost() {
    return switch (config.host()) {
      case "0.0.0.0", "::", "localhost" -> "127.0.0.1";
      default -> config.host().contains(":") ? "[" + config.host() + "]" : config.host();
    };
  }

  /** A link by which {@code person} signs in, once, within ten minutes. */
  public String newSignInLink(Person person) {
    return address() + Access.page(person) + "#token=" + access.newLinkToken(person);
  }

  @Override
  public PartHealth health() {
    Feeds.Health feed = feeds.health();
    List<PartHealth.Check> checks =
        List.of(
            new PartHealth.Check("http", server.isOpen(), true, address()),
            new PartHealth.Check(
                "alerts-read",
                feed.caughtUp(),
                true,
                feed.caughtUp() ? null : feed.alertLag() + " alert events to read"),
            new PartHealth.Check("kafka", feed.connected(), true, null),
            new PartHealth.Check(
                "series",
                !fill.isFailing(),
                false,
                fill.isFailing() ? "the series cannot be read" : null),
            new PartHealth.Check(
                "audit",
                !auditLog.isFailing(),
                false,
                auditLog.isFailing()
                    ? auditLog.failed() + " entries of the audit are in the log alone"
                    : null));
    return new PartHealth(
        feed.alive() && hub.isAlive() && isWorking(sampling) && isWorking(filling),
        feed.connected(),
        feed.alertLag(),
        checks,
        Map.of(),
        Map.of("stream_readers", (double) hub.readers()));
  }

  private static boolean isWorking(ScheduledFuture<?> task) {
    return task == null || !task.isDone();
  }

  private List<Probes.Line> healthy() {
    return Probes.healthy(health.latest(), config.instance(), health(), clock.instant());
  }

  private List<Probes.Line> ready() {
    return Probes.ready(
        health.latest(),
        config.roles(),
        sites.first().isPresent(),
        config.instance(),
        health(),
        clock.instant());
  }

  private Heartbeat heartbeat(SiteId site, boolean allSums) {
    List<SensorView> views = board.views(site);
    Map<SensorState, Integer> states = SensorBoard.count(views);
    Sums sums = Sums.of(health.latest(), allSums ? null : site.value());
    return new Heartbeat(
        clock.instant(),
        sites.now(site),
        SensorBoard.reporting(states),
        views.size(),
        sums,
        PipelineRoutes.differences(sums),
        states);
  }

  private void sample() {
    try {
      meter.sample(health.latest());
    } catch (RuntimeException e) {
      LOG.error("the pipeline's counters could not be sampled", e);
    }
  }

  private void fill() {
    try {
      fill.work();
    } catch (RuntimeException e) {
      LOG.error("the latest values could not be filled in", e);
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    hub.close();
    server.stop();
    filler.shutdownNow();
    sampler.shutdownNow();
    feeds.close();
    rejectedLog.close();
    sender.close();
    auditLog.close();
    answers.shutdownNow();
  }

  private static ThreadFactory daemon(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "console-" + name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Hands on what the feeds bring. */
  private final class Taker implements Feeds.Sink {
    @Override
    public void alert(int partition, long offset, byte[] json) {
      Optional<AlertEvent> news = alerts.apply(partition, offset, json);
      if (news.isPresent()) {
        hub.alertsChanged();
        desk.heard(news.get());
      }
    }

    @Override
    public void alertsCaughtUp() {
      hub.alertsCaughtUp();
    }

    @Override
    public void reading(Reading reading) {
      values.accept(reading);
    }

    @Override
    public void rejected(long offset, Instant at, String key, byte[] json) {
      rejections.accept(offset, at, key, json);
    }

    @Override
    public void delivery(String id, byte[] json) {
      deliveries.take(id, json);
    }
  }
}
