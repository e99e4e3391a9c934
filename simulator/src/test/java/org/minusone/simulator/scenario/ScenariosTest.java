package org.minusone.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.minusone.model.Quantity;
import org.minusone.model.SensorId;
import org.minusone.simulator.scenario.Scenarios.Options;

class ScenariosTest {
  private static final Setting SETTING = Setting.first(SmallSite.likeFubao(), 7);

  @Test
  void anUnknownNameIsAnsweredWithTheNearest() {
    assertThatThrownBy(() -> Scenarios.byName("crosings", SETTING))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("did you mean 'crossings'");
  }

  @Test
  void crossingsAreAsManyAsAskedEachWithItsClear() {
    Scenario crossings = Scenarios.byName("crossings", SETTING, new Options(120, 0));
    Map<SensorId, List<double[]>> series = new HashMap<>();
    for (Report report : DemoStoryTest.until(crossings, 20 * 60)) {
      for (Value value : report.samples().get(0).values()) {
        if (report.sensor().value().startsWith("E") && value.quantity() == Quantity.TEMPERATURE) {
          series
              .computeIfAbsent(report.sensor(), s -> new ArrayList<>())
              .add(new double[] {report.dueMs() / 1000.0, value.number()});
        }
      }
    }
    // The stories' own boxes creep over their limit and come back when they like.
    DemoStory demo = new DemoStory(SETTING);
    for (int cycle = 0; cycle < 2; cycle++) {
      demo.episodes(cycle, 0).forEach(episode -> series.remove(episode.sensor().id()));
    }
    int jumps = 0;
    for (List<double[]> readings : series.values()) {
      double lastHotS = Double.NEGATIVE_INFINITY;
      boolean hot = false;
      for (double[] reading : readings) {
        boolean now = reading[1] >= 70;
        if (now && !hot) {
          assertThat(reading[0] - lastHotS).as("cleared before").isGreaterThan(90);
          jumps++;
        }
        lastHotS = now ? reading[0] : lastHotS;
        hot = now;
      }
    }
    assertThat(jumps).isEqualTo(120 * 20);
  }

  @Test
  void moreCrossingsThanTheSiteCanClearAreRefusedInWords() {
    assertThatThrownBy(() -> Scenarios.byName("crossings", SETTING, new Options(1000, 0)))
        .hasMessageContaining("at most");
  }

  @Test
  void loadKeepsItsRateAndTurnsRound() {
    Scenario load = Scenarios.byName("load", SETTING, new Options(500, 100));
    List<Report> reports = DemoStoryTest.until(load, 10);
    assertThat(reports).hasSize(5000);
    assertThat(reports.stream().map(Report::sensor).distinct()).hasSize(100);
    assertThat(reports.get(0).sensor()).isEqualTo(reports.get(100).sensor());
    assertThat(load.before(Instant.EPOCH)).isEmpty();
  }
}
