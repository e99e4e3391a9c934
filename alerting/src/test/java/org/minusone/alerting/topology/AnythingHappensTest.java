package org.minusone.alerting.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
import org.minusone.alerting.lifecycle.Episode;
import org.minusone.alerting.lifecycle.Input;
import org.minusone.model.Alert;
import org.minusone.model.AlertEvent;
import org.minusone.model.AlertEventKind;
import org.minusone.model.Command;
import org.minusone.model.Role;
import org.minusone.model.Signal;

/**
 * Any sequence of signals, commands, duplicates, re-announcements in any order and crashes. A crash
 * loses the end of the state and the end of what was announced, each as far back as the last
 * commit, independently. Compared with the same inputs told once to the bare lifecycle.
 *
 * <p>Invariants: <i>no alert is lost</i> (the reader ends where the bare lifecycle ends), <i>none
 * is raised twice</i>, <i>one id says one thing</i>, <i>live state equals replayed state after
 * every step</i>.
 */
class AnythingHappensTest {
  private static final int STEPS = 120;

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
          Command command = command(random, step, alert);
          follow(bench, new Line(null, command, true));
          if (random.nextInt(4) == 0) {
            follow(bench, new Line(null, command, false));
          }
        } else if (dice < 89) {
          topic.addAll(bench.pass(Duration.ofSeconds(random.nextInt(90))));
          if (bench.now.isAfter(committedAt.plusSeconds(60))) {
            committed = log.size(); // Streams commits each second: events are kept far longer
            committedAt = bench.now;
          }
        } else if (dice < 92) {
          committed = log.size();
          committedAt = bench.now;
        } else {
          crash(bench, random, committed);
        }
      }
      assertSame(bench);
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
          assertThat(withoutAt(event)).as("one id says one thing").isEqualTo(withoutAt(known));
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

  private static AlertEvent withoutAt(AlertEvent e) {
    return new AlertEvent(
        e.id(),
        e.kind(),
        null,
        e.time(),
        e.signal(),
        e.command(),
        e.by(),
        e.note(),
        e.arrivalMs(),
        e.alert());
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
    for (Line line : log) {
      if (!line.first()) {
        continue;
      }
      String id = line.signal() != null ? line.signal().alert() : line.command().alert();
      Input input =
          line.signal() != null ? new Input.Told(line.signal()) : new Input.Asked(line.command());
      List<AlertEvent> events =
          AlertLifecycle.decide(bare.get(id), input, bench.sites.site, Instant.EPOCH);
      for (AlertEvent event : events) {
        bare.put(id, AlertLifecycle.evolve(bare.get(id), event));
      }
    }
    Map<String, Alert> expected = new TreeMap<>();
    bare.forEach((id, episode) -> expected.put(id, episode.alert()));
    Map<String, Alert> read = new TreeMap<>();
    reader.replayed.forEach((id, episode) -> read.put(id, episode.alert()));
    assertThat(read).isEqualTo(expected);
    assertThat(read).as("the story tells something").hasSizeGreaterThan(3);
  }

  private static Command command(Random random, int step, String alert) {
    boolean comment = random.nextInt(4) == 0;
    return new Command(
        "c" + step,
        comment ? Command.Kind.COMMENT : Command.Kind.ACKNOWLEDGE,
        Store7.FUBAO,
        alert,
        "Li Na",
        Role.OPERATOR,
        Store7.NOON.plusSeconds(step),
        comment ? "seen" : null);
  }
}
