package org.minusone.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.IntSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minusone.model.Family;
import org.minusone.model.Quantity;
import org.minusone.model.SiteVersion;

/**
 * Every story is foreseen before it crosses, at every hour of the day and for any seed, by the
 * forecast of DOMAIN §7 run over the very readings that are published.
 */
class ForeseenTest {
  private static final SiteVersion FUBAO = SmallSite.likeFubao();
  private static final int SEEDS = 200;

  @ParameterizedTest(name = "cycle {0}, smoke horizon {1} s, trend from first difference: {2}")
  @CsvSource({"0, 900, false", "0, 60, true", "1, 60, false", "3, 900, true"})
  void forewarnedThenCrossed(int cycle, double smokeHorizonS, boolean firstDifference) {
    Map<String, IntSummaryStatistics> forewarned = new TreeMap<>();
    Map<String, IntSummaryStatistics> crossed = new TreeMap<>();
    Map<String, IntSummaryStatistics> lead = new TreeMap<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      // 24 h in 200 steps.
      Instant ready = Instant.parse("2026-05-14T00:00:00Z").plusSeconds(seed * 432L);
      DemoStory demo = new DemoStory(Setting.first(FUBAO, seed));
      for (Episode story : demo.episodes(cycle, ready.toEpochMilli())) {
        boolean smoke = story.sensor().family() == Family.SMOKE;
        Recipe recipe =
            new Recipe(story.plan().limit(), smoke ? smokeHorizonS : 900, firstDifference);
        int[] seen = run(demo, story, ready.toEpochMilli(), cycle, recipe);
        String what = story.plan().what();
        count(forewarned, what, seen[0]);
        count(crossed, what, seen[1]);
        count(lead, what, seen[1] - seen[0]);
      }
    }
    // Issue 3: within 60 s of ready; at least 45 s before; crossed before 90 s.
    assertThat(forewarned.get("cooling fails").getMax()).isLessThanOrEqualTo(45);
    assertThat(lead.get("cooling fails").getMin()).isGreaterThanOrEqualTo(48);
    assertThat(crossed.get("cooling fails").getMax()).isLessThanOrEqualTo(88);
    assertThat(lead.get("cloudburst").getMin()).isGreaterThanOrEqualTo(30);
    assertThat(lead.get("loose terminal").getMin()).isGreaterThanOrEqualTo(30);
    assertThat(lead.get("smouldering").getMin()).isGreaterThanOrEqualTo(20);
    assertThat(crossed.values()).allMatch(s -> s.getMax() < 295);
  }

  /** Seconds after ready: forewarned, crossed. */
  private static int[] run(DemoStory demo, Episode story, long readyMs, int cycle, Recipe recipe) {
    Quantity quantity = story.sensor().quantities().get(0);
    if (story.sensor().family() == Family.ELECTRICAL) {
      quantity = Quantity.TEMPERATURE;
    }
    double limit = story.plan().limit();
    // Its past half hour before the first cycle; its usual readings before a later one.
    long usualStep = story.sensor().family().slowestPeriod().toMillis();
    long step = cycle == 0 ? DemoStory.PAST_STEP_MS : usualStep;
    long t = readyMs - 1500 - Math.max(DemoStory.PAST_MS, step);
    int forewarned = -1;
    while (t < story.untilMs()) {
      double v = story.over(demo.background().value(story.sensor(), quantity, t), t).number();
      recipe.feed(t, v);
      int after = (int) ((t - readyMs) / 1000);
      if (v >= limit) {
        assertThat(forewarned).as(story.plan() + " foreseen").isGreaterThan(0);
        return new int[] {forewarned, after};
      }
      if (forewarned < 0 && recipe.forewarns()) {
        forewarned = after;
      }
      long usual = t + (t < readyMs ? step : usualStep);
      t = usual < story.fromMs() ? usual : Math.max(t + 1000, story.fromMs());
    }
    throw new AssertionError("never crossed: " + story.plan());
  }

  private static void count(Map<String, IntSummaryStatistics> table, String what, int value) {
    table.computeIfAbsent(what, w -> new IntSummaryStatistics()).accept(value);
  }
}
