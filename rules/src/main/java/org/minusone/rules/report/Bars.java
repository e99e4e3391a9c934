package org.minusone.rules.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Histograms and days, in grey: colour is for danger. */
final class Bars {
  private static final int WIDTH = 360;
  private static final int HEIGHT = 120;
  private static final int BASE = 94;
  private static final int TOP = 16;
  private static final int SIDE = 8;

  private Bars() {}

  /** Lead times in eighths of the horizon, what is longer in the last bar. */
  static String leads(List<Double> leadsS, double horizonS, double medianS, String label) {
    int[] bins = new int[9];
    for (double lead : leadsS) {
      bins[(int) Math.min(8, Math.floor(lead / horizonS * 8))]++;
    }
    int most = Math.max(1, java.util.Arrays.stream(bins).max().orElse(1));
    Svg svg = new Svg(WIDTH, HEIGHT, label);
    double width = (WIDTH - 2.0 * SIDE) / 9;
    for (int i = 0; i < 9; i++) {
      double x = SIDE + i * width;
      double h = (BASE - TOP) * (double) bins[i] / most;
      svg.box(i == 8 ? "bar beyond" : "bar", x + 1, BASE - h, width - 2, h);
      if (bins[i] > 0) {
        svg.text("axis", x + width / 2, BASE - h - 4, "middle", String.valueOf(bins[i]));
      }
    }
    svg.line("base", SIDE, BASE, WIDTH - SIDE, BASE);
    for (int i = 0; i <= 8; i += 2) {
      svg.text(
          "axis",
          SIDE + i * width,
          BASE + 15,
          i == 0 ? "start" : "middle",
          Decimals.span(horizonS * i / 8));
    }
    svg.text("axis", WIDTH - SIDE, BASE + 15, "end", ">");
    if (Double.isFinite(medianS)) {
      double at = SIDE + Math.min(8.5, medianS / horizonS * 8) * width;
      svg.line("median", at, TOP - 4, at, BASE);
    }
    return svg.end();
  }

  /** Announcements a day, the budget as a line; of many days the worst in each bar. */
  static String days(Map<LocalDate, Integer> perDay, int budget, String label) {
    int width = 1080;
    int bars = Math.min(perDay.size(), 180);
    Svg svg = new Svg(width, 170, label);
    if (bars == 0) {
      return svg.end();
    }
    List<Map.Entry<LocalDate, Integer>> days = new ArrayList<>(perDay.entrySet());
    int[] worst = new int[bars];
    for (int i = 0; i < days.size(); i++) {
      int bar = (int) ((long) i * bars / days.size());
      worst[bar] = Math.max(worst[bar], days.get(i).getValue());
    }
    int most = java.util.Arrays.stream(worst).max().orElse(0);
    // Far below the budget, its line would press the bars flat: it is named instead.
    boolean line = most * 4 >= budget;
    double[] range = {0, Math.max(1, line ? Math.max(most, budget) : most) * 1.1};
    Scale y = new Scale(range[0], range[1], 136, 12);
    for (double tick : y.ticks(3)) {
      if (tick == Math.rint(tick)) {
        svg.line("grid", 44, y.at(tick), width - 8, y.at(tick));
        svg.text("axis", 38, y.at(tick) + 4, "end", Decimals.text(tick, 0));
      }
    }
    double step = (width - 52.0) / bars;
    for (int i = 0; i < bars; i++) {
      double gap = step > 4 ? 1 : 0;
      svg.box(
          "bar",
          44 + i * step + gap,
          y.at(worst[i]),
          Math.min(step - gap, 40),
          136 - y.at(worst[i]));
    }
    svg.line("base", 44, 136, width - 8, 136);
    if (line) {
      svg.line("limit own", 44, y.at(budget), width - 8, y.at(budget));
      svg.text("axis strong", width - 10, y.at(budget) - 5, "end", String.valueOf(budget));
    }
    svg.text("axis", 44, 154, "start", days.get(0).getKey().toString());
    if (days.size() > 1) {
      svg.text("axis", width - 8, 154, "end", days.get(days.size() - 1).getKey().toString());
    }
    return svg.end();
  }
}
