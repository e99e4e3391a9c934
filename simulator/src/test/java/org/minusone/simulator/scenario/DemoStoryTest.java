package org.minusone.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.minusone.model.Family;
import org.minusone.model.Quantity;
import org.minusone.model.SensorId;
import org.minusone.model.SiteVersion;

class DemoStoryTest {
  private static final SiteVersion FUBAO = SmallSite.likeFubao();
  private static final Instant NOW = Instant.parse("2026-05-14T02:00:00Z");
  private static final Instant READY = NOW.plusMillis(1700);

  @Test
  void everySensorReportsOnceBeforeReadyAndTheStarsTellTheirLastHalfHour() {
    Scenario demo = Scenarios.byName("demo", Setting.first(FUBAO, 7));
    List<Report> before = demo.before(NOW);
    Map<SensorId, List<Sample>> samples = new HashMap<>();
    for (Report report : before) {
      samples.computeIfAbsent(report.sensor(), s -> new ArrayList<>()).addAll(report.samples());
    }
    assertThat(samples).hasSize(1295);
    Set<SensorId> stars = new HashSet<>();
    demo.plan(READY).forEach(planned -> stars.add(planned.sensor()));
    assertThat(stars).hasSize(4);
    samples.forEach(
        (sensor, own) -> {
          assertThat(own).hasSize(stars.contains(sensor) ? 91 : 1);
          assertThat(own).isSortedAccordingTo((a, b) -> Long.compare(a.timeMs(), b.timeMs()));
          assertThat(own.get(0).timeMs())
              .isEqualTo(
                  NOW.minus(Duration.ofMinutes(stars.contains(sensor) ? 30 : 0)).toEpochMilli());
          assertThat(own.get(own.size() - 1).timeMs()).isEqualTo(NOW.toEpochMilli());
          assertThat(own.get(0).values()).hasSize(FUBAO.sensors().get(sensor).quantities().size());
        });
  }

  @Test
  void aLaterStartTakesCalmSensorsAndTellsOnlyWhatIsNew() {
    Setting first = Setting.first(FUBAO, 7);
    Set<SensorId> burnt = new HashSet<>();
    Scenarios.byName("demo", first).plan(READY).forEach(p -> burnt.add(p.sensor()));
    Map<SensorId, Instant> newest = new HashMap<>();
    FUBAO.sensors().keySet().forEach(s -> newest.put(s, NOW.minusSeconds(300)));
    Scenario again = Scenarios.byName("demo", new Setting(FUBAO, 7, newest, burnt));
    assertThat(again.plan(READY)).hasSize(4).noneMatch(p -> burnt.contains(p.sensor()));
    assertThat(again.before(NOW))
        .allMatch(r -> r.samples().get(0).timeMs() > NOW.minusSeconds(300).toEpochMilli());
    assertThat(again.before(NOW).stream().map(Report::sensor).distinct()).hasSize(1295);
  }

  @Test
  void whereAllOfAFamilyAreInAlertItsStoryIsLeftOut() {
    Set<SensorId> stores = new HashSet<>();
    FUBAO.sensors().values().stream()
        .filter(s -> s.family() == Family.HAZMAT_STORAGE)
        .forEach(s -> stores.add(s.id()));
    Scenario demo = Scenarios.byName("demo", new Setting(FUBAO, 7, Map.of(), stores));
    assertThat(demo.plan(READY)).hasSize(3).noneMatch(p -> stores.contains(p.sensor()));
  }

  @Test
  void theSameSeedTellsTheSameToTheByteAndAnotherAnother() {
    assertThat(firstMinutes(7)).isEqualTo(firstMinutes(7)).isNotEqualTo(firstMinutes(8));
  }

  private static List<Report> firstMinutes(long seed) {
    return until(Scenarios.byName("demo", Setting.first(FUBAO, seed)), 180);
  }

  @Test
  void theBackgroundIsElevenMessagesASecondSpreadEvenly() {
    Scenario demo = Scenarios.byName("demo", Setting.first(FUBAO, 7));
    Set<SensorId> stars = new HashSet<>();
    demo.plan(READY).forEach(p -> stars.add(p.sensor()));
    int[] perSecond = new int[600];
    for (Report report : until(demo, 600)) {
      if (!stars.contains(report.sensor())) {
        perSecond[(int) ((report.dueMs() - READY.toEpochMilli()) / 1000)]++;
      }
    }
    assertThat(java.util.Arrays.stream(perSecond).boxed()).allMatch(n -> n >= 9 && n <= 13);
  }

  @Test
  void reportsComeInOrderAndNeverTwiceForOneInstant() {
    Scenario demo = Scenarios.byName("demo", Setting.first(FUBAO, 7));
    Map<SensorId, Long> last = new HashMap<>();
    long due = 0;
    for (Report report : until(demo, 1500)) {
      assertThat(report.dueMs()).isGreaterThanOrEqualTo(due);
      due = report.dueMs();
      Long before = last.put(report.sensor(), due);
      assertThat(before == null || before < due).isTrue();
    }
  }

  @Test
  void everyTenMinutesOtherSensorsAreStruck() {
    DemoStory demo = new DemoStory(Setting.first(FUBAO, 7));
    Set<SensorId> struck = new HashSet<>();
    for (int cycle = 0; cycle < 12; cycle++) {
      long zero = READY.toEpochMilli() + cycle * DemoStory.CYCLE_MS;
      for (Episode episode : demo.episodes(cycle, zero)) {
        struck.add(episode.sensor().id());
        assertThat(episode.untilMs()).isLessThan(zero + DemoStory.CYCLE_MS);
      }
    }
    assertThat(struck).hasSize(48);
  }

  @Test
  void afterAStoryItsSensorIsCalmAgain() {
    DemoStory demo = new DemoStory(Setting.first(FUBAO, 7));
    for (Episode episode : demo.episodes(0, READY.toEpochMilli())) {
      for (Quantity quantity : episode.sensor().quantities()) {
        Value calm = demo.background().value(episode.sensor(), quantity, episode.untilMs());
        Value left = episode.over(calm, episode.untilMs());
        if (quantity.isWord()) {
          assertThat(left).isEqualTo(calm);
        } else {
          assertThat(left.number())
              .as(quantity.id())
              .isCloseTo(calm.number(), org.assertj.core.data.Offset.offset(1.5));
        }
      }
    }
  }

  static List<Report> until(Scenario scenario, int seconds) {
    List<Report> reports = new ArrayList<>();
    Iterator<Report> all = scenario.from(READY);
    long end = READY.toEpochMilli() + seconds * 1000L;
    for (Report r = all.next(); r.dueMs() < end; r = all.next()) {
      reports.add(r);
    }
    return reports;
  }
}
