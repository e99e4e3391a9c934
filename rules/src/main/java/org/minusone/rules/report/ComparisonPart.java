package org.minusone.rules.report;

import static org.minusone.rules.report.Svg.escape;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.minusone.model.Signal;

/** What other rules would change, as a part of the page. */
final class ComparisonPart {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private final BacktestFigures here;
  private final BacktestFigures there;
  private final Comparison comparison;
  private final ZoneId zone;

  ComparisonPart(BacktestFigures here, BacktestFigures there, Comparison comparison, ZoneId zone) {
    this.here = here;
    this.there = there;
    this.comparison = comparison;
    this.zone = zone;
  }

  String html() {
    StringBuilder out = new StringBuilder("<section><h2>");
    out.append(Both.of("换规则会怎样", "What other rules would change"))
        .append("</h2><p class=\"mute\"><b>A</b> ")
        .append(escape(here.made().rules()))
        .append("<br><b>B</b> ")
        .append(escape(there.made().rules()))
        .append("</p>");
    if (comparison.isNone()) {
      return out.append("<p>")
          .append(Both.of("没有差别：信号完全相同。", "Nothing: the same signals."))
          .append("</p></section>")
          .toString();
    }
    changes(out);
    figures(out);
    examples(out, "只在 A", "Only in A", comparison.onlyHere());
    examples(out, "只在 B", "Only in B", comparison.onlyThere());
    return out.append("</section>").toString();
  }

  private void changes(StringBuilder out) {
    out.append("<table class=\"figures\"><thead><tr>");
    String[][] heads = {
      {"规则 · 信号", "rule · signal"},
      {"相同", "same"},
      {"移动", "moved"},
      {"B 提前（中位）", "B earlier by (median)"},
      {"只在 A", "only in A"},
      {"只在 B", "only in B"},
    };
    for (String[] head : heads) {
      out.append("<th>").append(Both.of(head[0], head[1])).append("</th>");
    }
    out.append("</tr></thead><tbody>");
    for (Comparison.Change c : comparison.changes()) {
      String[] cells = {
        escape(c.rule()) + " · " + Both.signal(c.signal()),
        Decimals.count(c.same()),
        Decimals.count(c.moved()),
        c.moved() == 0 ? "–" : signed(c.movedMedianS()),
        Decimals.count(c.onlyHere()),
        Decimals.count(c.onlyThere()),
      };
      out.append(c.isNone() ? "<tr class=\"plain\">" : "<tr>");
      for (int i = 0; i < cells.length; i++) {
        out.append(i == 0 ? "<th>" : "<td><i>" + Both.of(heads[i][0], heads[i][1]) + "</i>")
            .append(cells[i])
            .append(i == 0 ? "</th>" : "</td>");
      }
      out.append("</tr>");
    }
    out.append("</tbody></table>");
  }

  private static String signed(double seconds) {
    return seconds < 0
        ? Both.of("晚 " + Decimals.span(-seconds), Decimals.span(-seconds) + " later")
        : Decimals.span(seconds);
  }

  /** Limits that either looks ahead to, side by side. */
  private void figures(StringBuilder out) {
    out.append("<h3>")
        .append(Both.of("数字并列", "Figures side by side"))
        .append("</h3><table class=\"figures\"><thead><tr>");
    for (String[] head : LimitTable.HEADS) {
      out.append("<th>").append(Both.of(head[0], head[1])).append("</th>");
    }
    out.append("</tr></thead><tbody>");
    for (RuleFigures rule : here.rules()) {
      side(out, rule, "A");
      other(there, rule).ifPresent(o -> side(out, o, "B"));
    }
    for (RuleFigures rule : there.rules()) {
      if (other(here, rule).isEmpty()) {
        side(out, rule, "B");
      }
    }
    out.append("</tbody></table><p class=\"mute\">")
        .append(
            Both.of(
                "日均告警 A %s，B %s".formatted(perDay(here), perDay(there)),
                "announcements a day A %s, B %s".formatted(perDay(here), perDay(there))))
        .append("</p>");
  }

  private static String perDay(BacktestFigures of) {
    return Decimals.text(of.load().perDayMean(), 1);
  }

  private static Optional<RuleFigures> other(BacktestFigures of, RuleFigures rule) {
    return of.rules().stream().filter(r -> r.rule().name().equals(rule.rule().name())).findFirst();
  }

  private static void side(StringBuilder out, RuleFigures rule, String side) {
    List<LimitFigures> foreseen = rule.limits().stream().filter(LimitFigures::foreseen).toList();
    for (LimitFigures limit : foreseen) {
      if (limit.score().events() > 0 || !limit.score().falseWarnings().isEmpty()) {
        String row = LimitTable.row(limit, rule.rule().quantity().unit());
        out.append(
            row.replaceFirst(
                "<th>",
                "<th><b>"
                    + side
                    + "</b> <span class=\"mute\">"
                    + escape(rule.rule().name())
                    + "</span><br>"));
      }
    }
  }

  private void examples(StringBuilder out, String zh, String en, List<Signal> signals) {
    if (signals.isEmpty()) {
      return;
    }
    out.append("<details><summary>")
        .append(Both.of(zh, en))
        .append("</summary><ul class=\"signals\">");
    for (Signal s : signals) {
      out.append("<li>")
          .append(MINUTE.format(s.time().atZone(zone)))
          .append(' ')
          .append(escape(s.sensor().value()))
          .append(" <b>")
          .append(Both.signal(s.signal().id()))
          .append("</b> ")
          .append(escape(s.rule()))
          .append(s.limit() == null ? "" : " " + Decimals.text(s.limit(), 3))
          .append("</li>");
    }
    out.append("</ul></details>");
  }
}
