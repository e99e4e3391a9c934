package org.minusone.rules.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.minusone.model.Reading;
import org.minusone.model.Rule;
import org.minusone.model.Signal;
import org.minusone.rules.Rules;
import org.minusone.rules.SeededReadings;

/** DESIGN §5.2: no crossing is lost, whichever instant a process dies, none is new twice. */
final class RestartTest {
  private static final int SENSORS = 3;

  /** More by {@code -Drestart.rounds=1000}. */
  private static final int ROUNDS = Integer.getInteger("restart.rounds", 12);

  private static final List<Rule> RULES =
      Rules.everything().stream().filter(r -> r.condition().kind() != Rule.Kind.SILENT).toList();

  private static House house() {
    House house = new House(SeededReadings.START);
    house.sites.apply(SeededReadings.SITE, 1, SeededReadings.START, RULES, "H-0", "H-1", "H-2");
    return house;
  }

  /** What alerting makes of it: a known (id, transition, level, limit, time) is nothing. */
  private static Map<String, Set<String>> byAlert(List<Signal> signals) {
    Map<String, Set<String>> alerts = new LinkedHashMap<>();
    for (Signal s : signals) {
      alerts.computeIfAbsent(s.alert(), id -> new LinkedHashSet<>()).add(s.identity());
    }
    return alerts;
  }

  private static void assertSame(CrashingTask interrupted, CrashingTask whole, long seed) {
    Map<String, Set<String>> expected = byAlert(whole.signals);
    Map<String, Set<String>> actual = byAlert(interrupted.signals);
    assertThat(actual.keySet())
        .as("seed %d", seed)
        .containsExactlyInAnyOrderElementsOf(expected.keySet());
    expected.forEach(
        (alert, told) ->
            assertThat(new ArrayList<>(actual.get(alert)))
                .as("seed %d, %s", seed, alert)
                .containsExactlyElementsOf(told));
    assertThat(new LinkedHashSet<>(interrupted.verdicts))
        .as("seed %d", seed)
        .isEqualTo(new LinkedHashSet<>(whole.verdicts));
  }

  private static CrashingTask whole(List<Reading> log, boolean ticks) {
    CrashingTask task = new CrashingTask(house(), log);
    while (!task.isAtEnd()) {
      task.step();
      if (ticks) {
        task.tick();
      }
    }
    return task;
  }

  @Test
  void aNewerStateWithAnOlderOffset() {
    long seed = 7;
    List<Reading> log = SeededReadings.of(seed, SENSORS, 120, true);
    House house = house();
    CrashingTask task = new CrashingTask(house, log);
    while (task.next < 200) {
      task.step();
    }
    task.commit();
    while (!task.isAtEnd()) {
      task.step();
    }
    assertThat(task.signalsInDoubt()).isGreaterThan(20);
    long evaluated = house.counters.total("evaluated");
    long duplicate = house.counters.total("duplicate");
    task.crash(task.writesInDoubt(), 0);
    while (!task.isAtEnd()) {
      task.step();
    }
    assertSame(task, whole(log, false), seed);
    assertThat(house.counters.total("evaluated")).isEqualTo(evaluated);
    assertThat(house.counters.total("duplicate") - duplicate).isEqualTo(log.size() - 200);
    assertThat(house.counters.total("carried")).isEqualTo(log.size() - 200);
  }

  @Test
  void anOlderStateWithNewerSignals() {
    long seed = 8;
    List<Reading> log = SeededReadings.of(seed, SENSORS, 120, true);
    CrashingTask task = new CrashingTask(house(), log);
    while (task.next < 200) {
      task.step();
    }
    task.commit();
    while (!task.isAtEnd()) {
      task.step();
    }
    task.crash(0, task.signalsInDoubt());
    while (!task.isAtEnd()) {
      task.step();
    }
    assertSame(task, whole(log, false), seed);
  }

  @Test
  void nothingWasCommittedAtAll() {
    List<Reading> log = SeededReadings.of(9, SENSORS, 60, true);
    CrashingTask task = new CrashingTask(house(), log);
    while (!task.isAtEnd()) {
      task.step();
    }
    task.crash(task.writesInDoubt(), 0);
    while (!task.isAtEnd()) {
      task.step();
    }
    assertSame(task, whole(log, false), 9);
  }

  @Test
  void aTicksSignalIsAnnouncedAgainWhenItWasLost() {
    House house = house();
    List<Reading> log = SeededReadings.of(3, SENSORS, 60, false);
    CrashingTask task = new CrashingTask(house, log);
    task.tick();
    int before = 0;
    int told = 0;
    while (!task.isAtEnd() && told == 0) {
      task.step();
      task.commit();
      task.tick();
      house.nowMs += 40_000;
      before = task.signals.size();
      task.tick();
      told = task.signals.size() - before;
      house.nowMs -= 40_000;
    }
    assertThat(told).isPositive();
    List<Signal> lost = List.copyOf(task.signals.subList(before, before + told));
    task.crash(task.writesInDoubt(), 0);
    task.tick();
    assertThat(task.signals).containsAll(lost);
  }

  /** Crashes all the time, each log cut anywhere after the last commit. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRestartAfterAnyStepTellsTheSame(boolean ticks) {
    long seed = System.nanoTime();
    for (int round = 0; round < ROUNDS; round++, seed++) {
      Random random = new Random(seed);
      // A tick and a late reading may change places over a crash, so they are tried apart.
      List<Reading> log = SeededReadings.of(seed, SENSORS, 60, !ticks);
      CrashingTask whole = whole(log, ticks);
      assertThat(whole.signals).isNotEmpty();
      assertThat(whole.verdicts).isNotEmpty();
      CrashingTask task = new CrashingTask(house(), log);
      task.commit();
      while (!task.isAtEnd()) {
        task.step();
        if (ticks) {
          task.tick();
        }
        if (random.nextInt(8) == 0) {
          task.commit();
        }
        if (random.nextInt(12) == 0) {
          task.crash(random);
        }
      }
      assertSame(task, whole, seed);
    }
  }

  @Test
  void aRestartAfterEveryStepIsNoRestart() {
    long seed = System.nanoTime();
    List<Reading> log = SeededReadings.of(seed, SENSORS, 60, true);
    CrashingTask task = new CrashingTask(house(), log);
    while (!task.isAtEnd()) {
      task.step();
      task.commit();
      task.crash(0, 0);
    }
    assertThat(task.signals).as("seed %d", seed).isEqualTo(whole(log, false).signals);
  }
}
