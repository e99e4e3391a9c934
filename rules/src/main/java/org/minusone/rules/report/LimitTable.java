package org.minusone.rules.report;

import org.minusone.rules.score.Score;

/** The row of one limit. */
final class LimitTable {
  static final String[][] HEADS = {
    {"限值", "limit"},
    {"越限", "events"},
    {"预警在先", "forewarned"},
    {"漏报", "missed"},
    {"误报", "false"},
    {"召回", "recall"},
    {"精确", "precision"},
    {"提前量中位", "median lead"},
    {"九成超过", "9 in 10 exceed"},
    {"误报/传感器·日", "false/sensor-day"},
    {"预警时间占比", "time warned"},
    {"80 % 区间命中", "80 % interval held"},
  };

  private LimitTable() {}

  static String row(LimitFigures limit, String unit) {
    Score s = limit.score();
    boolean f = limit.foreseen();
    String[] cells = {
      Glyph.inline(limit.level(), false) + Decimals.text(limit.limit(), 3) + " " + unit,
      Decimals.count(s.events()),
      f ? Decimals.count(s.foreseen()) : Both.of("不预测", "not forecast"),
      f ? Decimals.count(s.missed().size()) : "–",
      f ? Decimals.count(s.falseWarnings().size()) : "–",
      f ? Decimals.text(s.recall(), 2) : "–",
      f ? Decimals.text(s.precision(), 2) : "–",
      f ? Decimals.span(s.leadMedianS()) : "–",
      f ? Decimals.span(s.leadP10S()) : "–",
      f ? Decimals.text(s.falsePerSensorDay(), 3) : "–",
      f ? Decimals.percent(s.warnedShare(), 1) : "–",
      f && s.intervals() > 0
          ? Decimals.percent(s.intervalCoverage()) + " (" + s.intervals() + ")"
          : "–",
    };
    StringBuilder out = new StringBuilder("<tr" + (f ? "" : " class=\"plain\"") + ">");
    for (int i = 0; i < cells.length; i++) {
      // The heading rides along: on a phone each cell stands by itself.
      String cell = cells[i].equals("–") ? "<td class=\"none\"><i>" : "<td><i>";
      out.append(i == 0 ? "<th>" : cell + Both.of(HEADS[i][0], HEADS[i][1]) + "</i>")
          .append(cells[i])
          .append(i == 0 ? "</th>" : "</td>");
    }
    return out.append("</tr>").toString();
  }
}
