package org.minusone.console;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.minusone.console.access.Access;
import org.minusone.console.access.Person;
import org.minusone.model.AlertEvent;
import org.minusone.model.Command;
import org.minusone.model.Level;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.Role;
import org.minusone.model.Run;
import org.minusone.model.Sensor;
import org.minusone.model.SensorKey;
import org.minusone.model.SiteId;
import org.minusone.model.Stamp;

/**
 * The console alone, on data that is invented but moves, for whoever works on the pages: their
 * files come straight from the source folder. Open {@code http://127.0.0.1:8097/} and be sent to
 * the console with a fresh sign-in link.
 *
 * <p>Arguments: the folder of the pages (default {@code console/src/main/resources/web}, or {@code
 * src/main/resources/web}) and the port (default 8099; links two below it).
 */
final class DevConsole {
  private static final SiteId RUN = new SiteId("fubao@r17");
  private static final Instant BORN = Instant.now();

  private final FakeSite site = new FakeSite();
  private final FakeFeeds feeds = new FakeFeeds();
  private final FakeSender sender = new FakeSender();
  private final InstantSource clock = InstantSource.system();
  private final FakeHealth health = new FakeHealth(clock);
  private final Map<String, AlertStory> stories = new HashMap<>();
  private final DevRejections rejected = new DevRejections(feeds, site, clock);
  private long readings;
  private long second;

  private DevConsole() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments.length > 0 ? arguments[0] : "console/src/main/resources/web");
    if (!folder.toFile().isDirectory()) {
      folder = Path.of("src/main/resources/web");
    }
    int port = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 8099;
    new DevConsole().run(folder.toAbsolutePath(), port);
  }

  private void run(Path folder, int port) throws Exception {
    site.runs.add(new Run(RUN, 600, clock.instant(), null));
    Access access = new Access("only for work on the pages, 32 bytes".getBytes(UTF), clock);
    ConsoleConfig config =
        ConsoleConfig.DEFAULT
            .withPort(port)
            .withWebFolder(folder)
            .withVersions(
                Map.of("kafka", "4.3.1", "mqtt", "HiveMQ CE 2025.5", "series", "QuestDB 9.3.4"));
    sender.then = this::obey;
    @SuppressWarnings("resource")
    ConsoleApp console =
        new ConsoleApp(
            config,
            feeds,
            feeds.log,
            sender,
            new FakeAuditLog(),
            site,
            new FakeSeries((series, t) -> value(series.key(), series.quantity(), t)),
            health,
            clock,
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            access);
    console.start();
    openSignIn(console, port - 2);
    System.out.println("pages from " + folder);
    System.out.println("signed in by  http://127.0.0.1:" + (port - 2) + "/");
    System.out.println(
        "token         "
            + access.tokens().issue(new Person("dev", Role.ADMIN), Duration.ofDays(365)));
    everythingReports();
    firstAlerts();
    rejected.first(clock.instant());
    var unused =
        Executors.newSingleThreadScheduledExecutor()
            .scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  private static final java.nio.charset.Charset UTF = StandardCharsets.UTF_8;

  /** Each visit is sent on with a new link, so that a restart costs one click. */
  private static void openSignIn(ConsoleApp console, int port) throws Exception {
    HttpServer door = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    door.createContext(
        "/",
        exchange -> {
          String query = exchange.getRequestURI().getQuery();
          Role role = query == null ? Role.ADMIN : Role.of(query);
          exchange
              .getResponseHeaders()
              .set("Location", console.newSignInLink(new Person("王值班", role)));
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    door.start();
  }

  private void everythingReports() {
    Instant now = clock.instant();
    for (Sensor sensor : site.live(FakeSite.FUBAO).orElseThrow().sensors().values()) {
      int number = sensor.id().value().hashCode();
      if (sensor.id().value().equals("S-650")) {
        continue; // never seen
      }
      boolean isStale = sensor.id().value().equals("E-077");
      Instant at = isStale ? now.minus(Duration.ofMinutes(9)) : now.minusSeconds(number & 31);
      for (Quantity quantity : sensor.quantities()) {
        read(FakeSite.FUBAO, sensor, quantity, at);
      }
    }
  }

  private void read(SiteId siteId, Sensor sensor, Quantity quantity, Instant at) {
    SensorKey key = new SensorKey(siteId, sensor.id());
    long ms = at.toEpochMilli();
    long arrival = siteId.isRun() ? clock.millis() : ms;
    readings++;
    if (quantity.isWord()) {
      String word = quantity.words().get(0);
      feeds.reading(Reading.word(key, sensor.family(), quantity, ms, arrival, Stamp.OWN, word));
    } else {
      double value = value(key, quantity, at);
      feeds.reading(Reading.number(key, sensor.family(), quantity, ms, arrival, Stamp.OWN, value));
    }
  }

  /** A slow wave about a calm value, and the few whose story goes elsewhere. */
  private static double value(SensorKey key, Quantity quantity, Instant t) {
    int seed = key.sensor().value().hashCode();
    double age = Duration.between(BORN, t).toMillis() / 1000.0;
    double wave = Math.sin(age / (40 + (seed & 31)) + seed % 7);
    double calm =
        switch (quantity) {
          case DEPTH -> Math.max(0, wave * 0.8 + 0.6);
          case RESIDUAL_CURRENT -> 60 + (seed & 63) + wave * 6;
          case TEMPERATURE -> 22 + (seed & 3) + wave * 0.7;
          case VOLTAGE -> 221 + wave * 3;
          case CURRENT -> 18 + wave * 4;
          case LOAD -> 42 + wave * 8;
          case ARC -> 0;
          case PRESSURE -> 0.36 + wave * 0.02;
          case LEVEL -> 96 + wave;
          case HUMIDITY -> 58 + wave * 4;
          case GAS -> 1 + wave * 0.3;
          case OBSCURATION -> 0.012 + wave * 0.004;
          case BATTERY -> 88 + (seed & 7);
          case PUMP_MODE, STATE -> Double.NaN;
        };
    String id = key.sensor().value();
    double past = Math.max(-1_200, Math.min(age, 600));
    if (id.equals("H-07") && quantity == Quantity.TEMPERATURE) {
      return 28.6 + past * 1.4 / 150 + wave * 0.02;
    }
    if (id.equals("H-03") && quantity == Quantity.TEMPERATURE) {
      return 31.2 + past * 0.004;
    }
    if (id.equals("F-04") && quantity == Quantity.DEPTH) {
      return Math.max(0, 22 + past * 0.012);
    }
    if (id.equals("F-09") && quantity == Quantity.DEPTH) {
      return Math.max(0, 9 + past * 0.012);
    }
    if (id.equals("E-118") && quantity == Quantity.RESIDUAL_CURRENT) {
      return 236 + past * 0.12 + wave;
    }
    if (id.equals("S-201") && quantity == Quantity.OBSCURATION) {
      return Math.max(0, 0.21 + past * 0.00005);
    }
    if (id.equals("W-031") && quantity == Quantity.PRESSURE) {
      return 0.13 + wave * 0.003;
    }
    if (id.equals("E-240") && quantity == Quantity.TEMPERATURE) {
      return 1_250; // no instrument reports that: suspect
    }
    return calm;
  }

  private AlertStory story(SiteId siteId, String sensor, String rule, Instant start) {
    AlertStory story = new AlertStory(site, siteId, sensor, rule, start);
    stories.put(story.id(), story);
    return story;
  }

  private void say(AlertEvent event) {
    feeds.alert(event);
  }

  private void firstAlerts() {
    Instant now = clock.instant();
    SiteId fubao = FakeSite.FUBAO;
    for (int i = 0; i < 30; i++) {
      Instant start = now.minus(Duration.ofHours(20)).plus(Duration.ofMinutes(37L * i));
      AlertStory old = story(fubao, "E-" + (300 + i), "residual-current", start);
      say(old.forewarned(start, Level.ALARM, 300, 214, Duration.ofSeconds(290)));
      if (i % 3 == 0) {
        say(old.withdrawn(start.plusSeconds(300)));
      } else {
        say(old.raised(start.plusSeconds(310), Level.ALARM, 300, 304));
        say(old.acknowledged(command(old, "李值班", start.plusSeconds(335))));
        say(old.cleared(start.plusSeconds(900), 180));
      }
    }
    AlertStory hot = story(fubao, "H-03", "hazmat-temperature", now.minusSeconds(400));
    say(hot.forewarned(now.minusSeconds(400), Level.ALARM, 30, 28.4, Duration.ofSeconds(280)));
    say(hot.forewarned(now.minusSeconds(300), Level.ALARM, 30, 29.0, Duration.ofSeconds(170)));
    say(hot.raised(now.minusSeconds(118), Level.ALARM, 30, 30.1));
    AlertStory warm = story(fubao, "H-07", "hazmat-temperature", now.minusSeconds(30));
    say(warm.forewarned(now.minusSeconds(30), Level.ALARM, 30, 28.3, Duration.ofSeconds(180)));
    AlertStory flood = story(fubao, "F-04", "flood-depth", now.minusSeconds(900));
    say(flood.raised(now.minusSeconds(900), Level.NOTICE, 10, 10.4));
    say(flood.raised(now.minusSeconds(600), Level.WARN, 15, 15.2));
    say(flood.acknowledged(command(flood, "李值班", now.minusSeconds(560))));
    AlertStory wet = story(fubao, "F-09", "flood-depth", now.minusSeconds(12));
    say(wet.forewarned(now.minusSeconds(12), Level.WARN, 15, 9.2, Duration.ofSeconds(420)));
    AlertStory leak = story(fubao, "E-118", "residual-current", now.minusSeconds(240));
    say(leak.raised(now.minusSeconds(200), Level.WARN, 200, 206));
    say(leak.commented(comment(leak, "王值班", now.minusSeconds(100), "已电话联系物业，正在排查")));
    AlertStory smoke = story(fubao, "S-201", "smoke-obscuration", now.minusSeconds(75));
    say(smoke.raised(now.minusSeconds(75), Level.CRITICAL, 0.15, 0.21));
    AlertStory dry = story(fubao, "W-031", "hydrant-pressure", now.minusSeconds(1800));
    say(dry.raised(now.minusSeconds(1800), Level.ALARM, 0.14, 0.13));
    say(dry.acknowledged(command(dry, "李值班", now.minusSeconds(1750))));
    AlertStory over = story(fubao, "E-120", "residual-current", now.minusSeconds(700));
    say(over.raised(now.minusSeconds(700), Level.WARN, 200, 203));
    say(over.cleared(now.minusSeconds(300), 160));
    AlertStory silent = story(fubao, "E-077", "electrical-silent", now.minusSeconds(360));
    say(silent.raised(now.minusSeconds(360), Level.NOTICE, 180, 180));
  }

  private static Command command(AlertStory story, String by, Instant at) {
    return new Command(
        "dev-" + story.id() + at,
        Command.Kind.ACKNOWLEDGE,
        story.alert().site(),
        story.id(),
        by,
        Role.OPERATOR,
        at,
        null);
  }

  private static Command comment(AlertStory story, String by, Instant at, String note) {
    return new Command(
        "dev-" + story.id() + at,
        Command.Kind.COMMENT,
        story.alert().site(),
        story.id(),
        by,
        Role.OPERATOR,
        at,
        note);
  }

  /** Plays alerting. */
  private synchronized void obey(Command command) {
    if (command.kind() == Command.Kind.RETRY) {
      rejected.again(command);
      return;
    }
    AlertStory story = stories.get(command.alert());
    if (story != null) {
      feeds.alert(
          switch (command.kind()) {
            case ACKNOWLEDGE -> story.acknowledged(command);
            case COMMENT -> story.commented(command);
            case SHELVE,
                UNSHELVE,
                RESET,
                DISPATCH,
                ACCEPT,
                DECLINE,
                EN_ROUTE,
                ARRIVE,
                RESOLVE,
                MESSAGE,
                SEEN,
                RESEND,
                DUE,
                RETRY ->
                throw new IllegalArgumentException("not told of here: " + command.kind());
          });
    }
  }

  private synchronized void tick() {
    try {
      second++;
      Instant now = clock.instant();
      for (Sensor sensor : site.live(FakeSite.FUBAO).orElseThrow().sensors().values()) {
        boolean isDue = (sensor.id().value().hashCode() & 15) == (second & 15);
        boolean isStory = "H-07 H-03 F-04 F-09 E-118 S-201 W-031".contains(sensor.id().value());
        boolean isQuiet = "S-650 E-077".contains(sensor.id().value());
        if ((isDue || isStory) && !isQuiet) {
          for (Quantity quantity : sensor.quantities()) {
            read(FakeSite.FUBAO, sensor, quantity, now);
          }
        }
        if (sensor.id().value().startsWith("F-") && isDue) {
          read(
              RUN,
              sensor,
              Quantity.DEPTH,
              BORN.minusSeconds(86_400L * 800).plusSeconds(600 * second));
        }
      }
      stories();
      report();
    } catch (RuntimeException e) {
      System.err.println("a tick failed: " + e);
    }
  }

  private void stories() {
    Instant now = clock.instant();
    if (second % 20 == 0) {
      for (AlertStory story : Map.copyOf(stories).values()) {
        move(story, now);
      }
    }
    if (second % 60 == 15) {
      String sensor = String.format("E-%03d", 400 + (second / 60) % 80);
      AlertStory next = story(FakeSite.FUBAO, sensor, "residual-current", now);
      say(next.forewarned(now, Level.ALARM, 300, 216, Duration.ofSeconds(100)));
    }
    if (second % 13 == 0) {
      rejected.next(now);
    }
  }

  /** Open forewarnings come nearer, are crossed when due, and clear a while later. */
  private void move(AlertStory story, Instant now) {
    switch (story.alert().state()) {
      case FOREWARNED -> {
        var coming = story.alert().coming().get(0);
        Instant due = coming.at().plusMillis((long) (coming.etaS() * 1000));
        double value =
            value(
                new SensorKey(story.alert().site(), story.alert().sensor()), story.quantity(), now);
        if (now.isBefore(due)) {
          say(
              story.forewarned(
                  now, coming.level(), coming.limit(), value, Duration.between(now, due)));
        } else {
          say(story.raised(now, coming.level(), coming.limit(), coming.limit() * 1.01));
        }
      }
      case ACTIVE -> {
        boolean isOld = story.alert().crossedAt().plusSeconds(240).isBefore(now);
        if (isOld && story.alert().startedAt().isAfter(BORN)) {
          say(story.cleared(now, story.alert().limit() * 0.8));
        }
      }
      case CLEARED, CLOSED -> {}
    }
  }

  private void report() {
    long rejected = second / 13;
    health.report(
        "ingest",
        true,
        true,
        Map.of("received", readings + rejected, "in_kafka", readings, "rejected", rejected),
        Map.of("in_flight_longest_ms", 4.0));
    health.report(
        "rules",
        true,
        true,
        Map.of("evaluated", readings - 12, "duplicate", 9L, "late", 3L),
        Map.of());
    health.report("series", true, true, Map.of("stored", readings), Map.of("write_p99_ms", 21.0));
    Map<String, Double> gauges = new HashMap<>();
    gauges.put("latency_p50_ms", 5.0);
    gauges.put("latency_p90_ms", 12.0);
    gauges.put("latency_p99_ms", 38.0);
    gauges.put("latency_count", 140.0 + second);
    for (int le : new int[] {2, 5, 10, 20, 50, 100, 200, 500, 1000}) {
      gauges.put("latency_le_" + le, Math.min(140.0 + second, le * 3.2));
    }
    health.report("alerting", true, true, Map.of(), gauges);
    health.report("console", true, true, Map.of(), Map.of());
    health.report(
        "simulator", true, true, Map.of("published", readings, "acked", readings), Map.of());
  }
}
