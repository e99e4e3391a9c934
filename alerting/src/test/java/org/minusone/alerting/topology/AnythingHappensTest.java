package org.minusone.alerting.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.minusone.alerting.Store7;
import org.minusone.alerting.lifecycle.AlertLifecycle;
import org.minusone.alerting.lifecycle.Due;
import org.minusone.alerting.lifecycle.Episode;
import org.minusone.alerting.lifecycle.Incidents;
import org.minusone.alerting.lifecycle.Input;
import org.minusone.alerting.lifecycle.Surroundings;
import org.minusone.model.Alert;
import org.minusone.model.AlertEvent;
import org.minusone.model.AlertEventKind;
import org.minusone.model.Command;
import org.minusone.model.Job;
import org.minusone.model.Role;
import org.minusone.model.Signal;
import org.minusone.model.SiteVersion;

/**
 * Any sequence of signals, commands, duplicates, re-announcements in any order and crashes. A crash
 * loses the end of the state and the end of what was announced, each as far back as the last
 * commit, independently. Compared with the same inputs told once to the bare lifecycle.
 *
 * <p>What the clock brings about is on a topic as well, so it is lost and read again like the rest.
 *
 * <p>Invariants: <i>no deadline is skipped</i>, <i>no alert is lost</i> (the reader ends where the
 * bare lifecycle ends), <i>none is raised twice</i>, <i>one id says one thing</i>, <i>live state
 * equals replayed state after every step</i>.
 */
class AnythingHappensTest {
  private static final int STEPS = 160;

  /** Anew each time; {@code -Dseed=…} tells one again. */
  static LongStream seeds() {
    Long given = Long.getLong("seed");
    return given == null ? new Random().longs(6) : LongStream.of(given);
  }

  /** A record of one of the two inputs, in the order in which they are read. */
  private record Line(Signal signal, Command command, boolean first) {}

  private final List<Line> log = new ArrayList<>();

  /** The state after each line, and how many events had been announced. */
  private final List<Map<String, Kept>> states = new ArrayList<>();

  private final List<AlertEvent> topic = new ArrayList<>();
  private final List<Integer> announcedAt = new ArrayList<>();
  private Reader reader = new Reader();

  @ParameterizedTest
  @MethodSource("seeds")
  void live_equals_replayed_nothing_is_lost_and_nothing_told_twice(long seed) {
    System.out.println("AnythingHappensTest seed " + seed);
    Random random = new Random(seed);
    RandomRules rules = new RandomRules(random);
    List<Signal> told = new ArrayList<>();
    List<String> alerts = new ArrayList<>();
    int committed = 0;
    Instant committedAt = Store7.NOON;
    try (Bench bench = new Bench()) {
      remember(bench);
      for (int step = 0; step < STEPS; step++) {
        int dice = random.nextInt(100);
        if (dice < 50) {
          for (Signal signal : rules.next()) {
            told.add(signal);
            alerts.add(signal.alert());
            follow(bench, new Line(signal, null, true));
          }
        } else if (dice < 60 && !told.isEmpty()) {
          follow(bench, new Line(told.get(random.nextInt(told.size())), null, false));
        } else if (dice < 85 && !alerts.isEmpty()) {
          String alert = alerts.get(alerts.size() - 1 - random.nextInt(Math.min(4, alerts.size())));
          Command command = command(random, bench.now, step, alert);
          follow(bench, new Line(null, command, true));
          if (random.nextInt(4) == 0) {
            follow(bench, new Line(null, command, false));
          }
        } else if (dice < 91) {
          topic.addAll(bench.pass(Duration.ofSeconds(random.nextInt(400))));
          for (Command due : bench.reminded()) { // followed by the driver at once
            log.add(new Line(null, due, true));
            remember(bench);
          }
          assertReplayed(bench);
          if (bench.now.isAfter(committedAt.plusSeconds(60))) {
            committed = log.size(); // Streams commits each second: events are kept far longer
            committedAt = bench.now;
          }
        } else if (dice < 94) {
          committed = log.size();
          committedAt = bench.now;
        } else {
          crash(bench, random, committed);
        }
      }
      assertSame(bench);
      assertNothingSkipped(bench);
    }
  }

  private void follow(Bench bench, Line line) {
    log.add(line);
    read(bench, line);
    assertReplayed(bench);
  }

  private void read(Bench bench, Line line) {
    bench.now = bench.now.plusMillis(7);
    topic.addAll(line.signal() != null ? bench.tell(line.signal()) : bench.ask(line.command()));
    remember(bench);
  }

  private void remember(Bench bench) {
    states.add(bench.state());
    announcedAt.add(topic.size());
  }

  /** Kills it, and reads on from the commit over whatever was left. */
  private void crash(Bench bench, Random random, int committed) {
    int stateAt = committed + random.nextInt(log.size() - committed + 1);
    int topicAt = committed + random.nextInt(log.size() - committed + 1);
    // What had been announced by then; the commit itself had flushed everything before it.
    topic.subList(announcedAt.get(topicAt), topic.size()).clear();
    reader = new Reader();
    Map<String, Kept> left = states.get(stateAt);
    states.subList(committed + 1, states.size()).clear();
    announcedAt.subList(committed + 1, announcedAt.size()).clear();
    long signals = log.subList(0, committed).stream().filter(l -> l.signal() != null).count();
    long commands = committed - signals;
    bench.committed = Map.of("minusone.signals", signals, "minusone.commands", commands);
    bench.start(left, signals, commands);
    topic.addAll(bench.announced());
    for (Line line : log.subList(committed, log.size())) {
      read(bench, line);
    }
    assertReplayed(bench);
  }

  /** A reader who drops the revisions it has. */
  private static final class Reader {
    int read;
    final Map<String, AlertEvent> byId = new LinkedHashMap<>();
    final Map<String, Episode> replayed = new TreeMap<>();
    final Set<String> raised = new HashSet<>();

    void readOn(List<AlertEvent> topic) {
      for (; read < topic.size(); read++) {
        AlertEvent event = topic.get(read);
        AlertEvent known = byId.putIfAbsent(event.id(), event);
        if (known != null) {
          assertThat(Store7.withoutAt(event))
              .as("one id says one thing")
              .isEqualTo(Store7.withoutAt(known));
          continue;
        }
        String id = event.alert().id();
        Episode before = replayed.get(id);
        long revision = before == null ? 0 : before.alert().revision();
        assertThat(event.alert().revision()).as("no gap, in order").isEqualTo(revision + 1);
        if (event.kind() == AlertEventKind.RAISED) {
          assertThat(raised.add(id)).as("raised once: %s", id).isTrue();
        }
        replayed.put(id, AlertLifecycle.evolve(before, event));
      }
    }
  }

  private void assertReplayed(Bench bench) {
    reader.readOn(topic);
    Map<String, Kept> live = bench.state();
    live.values()
        .forEach(
            kept ->
                assertThat(reader.replayed.get(kept.episode().alert().id()))
                    .as("live equals replayed")
                    .isEqualTo(kept.episode()));
    reader.replayed.forEach(
        (id, episode) ->
            assertThat(!episode.alert().state().isOpen() || live.containsKey(key(id)))
                .as("what is open is kept: %s", id)
                .isTrue());
  }

  private static String key(String alert) {
    return AlertKey.parse(alert).text();
  }

  /** The reader ends where the bare lifecycle ends that was told everything once. */
  private void assertSame(Bench bench) {
    Map<String, Episode> bare = new TreeMap<>();
    OpenAlerts open = new OpenAlerts();
    for (Line line : log) {
      if (!line.first()) {
        continue;
      }
      String id = line.signal() != null ? line.signal().alert() : line.command().alert();
      Input input =
          line.signal() != null ? new Input.Told(line.signal()) : new Input.Asked(line.command());
      List<AlertEvent> events =
          AlertLifecycle.decide(
              bare.get(id), input, around(bare, id, bench.sites.site, open), Instant.EPOCH);
      for (AlertEvent event : events) {
        bare.put(id, AlertLifecycle.evolve(bare.get(id), event));
        open.put(key(id), event.alert(), bench.sites.site);
        Input.Superseded.by(event).ifPresent(news -> supersede(bare, id, news, open));
      }
    }
    Map<String, Alert> expected = new TreeMap<>();
    bare.forEach((id, episode) -> expected.put(id, episode.alert()));
    Map<String, Alert> read = new TreeMap<>();
    reader.replayed.forEach((id, episode) -> read.put(id, episode.alert()));
    assertThat(read).isEqualTo(expected);
    assertThat(read).as("the story tells something").hasSizeGreaterThan(3);
  }

  private static void supersede(Map<String, Episode> bare, String id, Input news, OpenAlerts open) {
    AlertKey key = AlertKey.parse(id);
    for (String other : List.copyOf(bare.keySet())) {
      AlertKey its = AlertKey.parse(other);
      if (its.sensorRule().equals(key.sensorRule()) && its.start() < key.start()) {
        Surroundings none = new Surroundings(null, Map.of(), null, null, false);
        for (AlertEvent event : AlertLifecycle.decide(bare.get(other), news, none, Instant.EPOCH)) {
          bare.put(other, AlertLifecycle.evolve(bare.get(other), event));
          open.put(key(other), event.alert(), null);
        }
      }
    }
  }

  private static Surroundings around(
      Map<String, Episode> bare, String id, SiteVersion site, OpenAlerts open) {
    Map<String, Integer> busy = new TreeMap<>();
    for (Episode episode : bare.values()) {
      for (Job job : episode.alert().jobs()) {
        if (job.state().isOpen() && job.crew() != null) {
          busy.merge(job.crew(), 1, Integer::sum);
        }
      }
    }
    AlertKey key = AlertKey.parse(id);
    Alert newest =
        bare.values().stream()
            .map(Episode::alert)
            .filter(a -> AlertKey.parse(a.id()).sensorRule().equals(key.sensorRule()))
            .max(Comparator.comparing(a -> AlertKey.parse(a.id()).start()))
            .orElse(null);
    boolean follows = newest != null && AlertKey.parse(newest.id()).start() < key.start();
    Alert known = bare.containsKey(id) ? bare.get(id).alert() : null;
    String cause =
        known != null
            ? OpenAlerts.cause(known)
            : site.sensor(key.sensor())
                .map(s -> Incidents.key(s.family(), s.place(), s.id()))
                .orElse(null);
    return new Surroundings(
        site,
        busy,
        known != null ? known.incident() : open.incident(key.site(), cause),
        follows ? newest : null,
        known != null && open.isAttended(known, key(id)));
  }

  /** All that is due by now has come, each at its own time. */
  private void assertNothingSkipped(Bench bench) {
    topic.addAll(bench.pass(Duration.ofSeconds(2)));
    bench.reminded();
    reader.readOn(topic);
    for (Episode episode : reader.replayed.values()) {
      Alert alert = episode.alert();
      Instant next = Due.next(alert, bench.sites.site);
      assertThat(next == null || next.isAfter(bench.now.minusSeconds(2)))
          .as("nothing is overdue that nobody told: %s", alert)
          .isTrue();
    }
    Map<String, Instant> due = new TreeMap<>();
    for (AlertEvent event : reader.byId.values()) {
      if (event.by() == null && event.job() != null) {
        boolean deadline = event.time().equals(due.get(event.job()));
        boolean consequence =
            event.kind() == AlertEventKind.CANCELLED || event.kind() == AlertEventKind.DISPATCHED;
        assertThat(deadline || consequence).as("a deadline at its own time: %s", event).isTrue();
      }
      for (Job job : event.alert().jobs()) {
        due.put(job.id(), job.dueAt() == null ? Instant.EPOCH : job.dueAt());
      }
    }
  }

  private static Command command(Random random, Instant now, int step, String alert) {
    List<Command.Kind> kinds =
        List.of(
            Command.Kind.ACKNOWLEDGE,
            Command.Kind.ACKNOWLEDGE,
            Command.Kind.COMMENT,
            Command.Kind.SHELVE,
            Command.Kind.UNSHELVE,
            Command.Kind.RESET,
            Command.Kind.DISPATCH,
            Command.Kind.DISPATCH,
            Command.Kind.ACCEPT,
            Command.Kind.DECLINE,
            Command.Kind.EN_ROUTE,
            Command.Kind.ARRIVE,
            Command.Kind.RESOLVE,
            Command.Kind.MESSAGE,
            Command.Kind.SEEN,
            Command.Kind.RESEND);
    Command.Kind kind = kinds.get(random.nextInt(kinds.size()));
    String job = Job.id(alert, 1 + random.nextInt(2));
    String crew = List.of("fubao-1", "fire-2", "nobody").get(random.nextInt(3));
    Command.Details details =
        switch (kind) {
          case SHELVE -> Command.Details.until(now.plusSeconds(10 + random.nextInt(600)));
          case DISPATCH ->
              new Command.Details(
                  random.nextInt(4) == 0 ? job : null,
                  random.nextBoolean() ? crew : null,
                  null,
                  null,
                  null,
                  null);
          case MESSAGE -> Store7.shown(job, random.nextBoolean() ? crew : null, null);
          case ACCEPT, DECLINE, EN_ROUTE, ARRIVE, RESOLVE -> Command.Details.ofJob(job);
          case SEEN ->
              Store7.shown(
                  job, random.nextBoolean() ? crew : null, now.minusSeconds(random.nextInt(120)));
          case RESEND -> Command.Details.ofDelivery(alert + "#1>sms");
          case ACKNOWLEDGE, COMMENT, UNSHELVE, RESET, DUE, RETRY -> null;
        };
    String note = kind == Command.Kind.ACKNOWLEDGE ? null : "seen";
    return new Command(
        "c" + step,
        kind,
        Store7.FUBAO,
        alert,
        "Li Na",
        Role.OPERATOR,
        now.truncatedTo(ChronoUnit.MILLIS),
        note,
        null,
        details);
  }
}
