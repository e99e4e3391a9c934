package org.minusone.rules.report;

import static org.minusone.rules.report.Svg.escape;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.minusone.model.Rule;
import org.minusone.model.SignalKind;
import org.minusone.rules.evaluate.Outcome;

/** The report: one page that needs nothing but itself, in Chinese and English, light and dark. */
public final class ReportPage {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private final BacktestFigures figures;
  private final ZoneId zone;
  private final StringBuilder out = new StringBuilder(1 << 16);

  private ReportPage(BacktestFigures figures) {
    this.figures = figures;
    this.zone = figures.zone();
  }

  /**
   * @param other what other rules showed on the same readings; null without a comparison
   * @param comparison null as well then
   */
  public static String of(BacktestFigures figures, BacktestFigures other, Comparison comparison) {
    ReportPage page = new ReportPage(figures);
    page.head();
    page.summary();
    if (comparison != null) {
      page.out.append(new ComparisonPart(figures, other, comparison, page.zone).html());
    }
    page.load();
    figures.rules().stream().filter(r -> !r.isQuiet()).forEach(page::rule);
    page.quiet();
    page.provenance();
    page.out
        .append("</main><script>")
        .append(resource("report.js"))
        .append("</script></body></html>\n");
    return page.out.toString();
  }

  private static String resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void head() {
    out.append("<!doctype html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .append("<meta name=\"color-scheme\" content=\"light dark\"><title>MinusOne — ")
        .append(escape(figures.made().input()))
        .append("</title><style>")
        .append(resource("report.css"))
        .append("</style></head><body><header><h1>")
        .append(Both.of("规则回测", "Rules over history"))
        .append("</h1><p class=\"mute\">")
        .append(escape(figures.made().input()))
        .append("</p><nav><button id=\"language\" type=\"button\">")
        .append(Both.of("English", "中文"))
        .append("</button><button id=\"theme\" type=\"button\">")
        .append(Both.of("日 / 夜", "Light / dark"))
        .append("</button></nav></header><main>");
  }

  private void summary() {
    int events = 0;
    int foreseen = 0;
    int wrong = 0;
    int undecided = 0;
    for (RuleFigures rule : figures.rules()) {
      for (LimitFigures limit : rule.limits()) {
        if (limit.foreseen()) {
          events += limit.score().events();
          foreseen += limit.score().foreseen();
          wrong += limit.score().falseWarnings().size();
          undecided += limit.score().undecided();
        }
      }
    }
    AlarmLoad load = figures.load();
    Provenance made = figures.made();
    out.append("<section class=\"facts\">");
    fact(
        "越限",
        "limits crossed",
        Decimals.count(events),
        Both.of("有预测的限值", "of those that are forecast"));
    fact(
        "预警在先",
        "forewarned",
        Decimals.count(foreseen),
        Both.of("漏报 " + (events - foreseen), "missed " + (events - foreseen)));
    fact(
        "误报预警",
        "false forewarnings",
        Decimals.count(wrong),
        Both.of("记录结束时仍未定 " + undecided, "open where the series ends " + undecided));
    fact(
        "日均告警",
        "announcements a day",
        Decimals.text(load.perDayMean(), 1),
        Both.of("预算 ≤ " + AlarmLoad.BUDGET_PER_DAY, "budget ≤ " + AlarmLoad.BUDGET_PER_DAY));
    fact(
        "读数",
        "readings",
        Decimals.count(made.readings()),
        Both.of(made.sensors() + " 个传感器", made.sensors() + " sensors"));
    out.append("</section>");
    out.append("<p class=\"key\">")
        .append(Glyph.inline(org.minusone.model.Level.ALARM, true))
        .append(Both.of("空心 = 预警", "hollow = forewarned"))
        .append(Glyph.inline(org.minusone.model.Level.ALARM, false))
        .append(Both.of("实心 = 已越限", "solid = limit crossed"))
        .append("<span class=\"mute\">")
        .append(Both.of("形状与数字 = 级别：■1 ▲2 ◆3 ●4", "shape and numeral = level: ■1 ▲2 ◆3 ●4"))
        .append("</span></p>");
  }

  private void fact(String zh, String en, String number, String below) {
    out.append("<div class=\"fact\"><span class=\"name\">")
        .append(Both.of(zh, en))
        .append("</span><b>")
        .append(number)
        .append("</b><span class=\"mute\">")
        .append(below)
        .append("</span></div>");
  }

  private void load() {
    AlarmLoad load = figures.load();
    out.append("<section><h2>")
        .append(Both.of("值守负荷（ISA-18.2，一名值守员）", "Load on one operator (ISA-18.2)"))
        .append("</h2><p class=\"mute\">")
        .append(
            Both.of(
                "计入：每一次会出声的信号（预警、越限、静默、存疑）。没有读数的日子不计。",
                "Counted: every signal that sounds (forewarned, a limit crossed, silent, suspect). Days"
                    + " without readings do not count."))
        .append("</p><figure class=\"days\">")
        .append(Bars.days(load.perDay(), AlarmLoad.BUDGET_PER_DAY, "announcements a day"))
        .append("</figure><table class=\"rows\"><tbody>");
    row(
        "平均每日",
        "average a day",
        Decimals.text(load.perDayMean(), 1),
        "≤ " + AlarmLoad.BUDGET_PER_DAY,
        load.perDayMean() > AlarmLoad.BUDGET_PER_DAY);
    row(
        "最忙一日",
        "busiest day",
        Decimals.count(load.worstDay()),
        "≤ " + AlarmLoad.MOST_PER_DAY,
        load.worstDay() > AlarmLoad.MOST_PER_DAY);
    row(
        "超过 10 条的 10 分钟时段",
        "10-minute slots with more than 10",
        Decimals.percent(load.crowdedShare(), 2) + " (" + load.crowdedSlots() + ")",
        "< 1 %",
        load.crowdedShare() >= .01);
    row(
        "单个时段最多",
        "most in one slot",
        Decimals.count(load.worstSlot()),
        "≤ 10",
        load.worstSlot() > 10);
    row(
        "抖动来源（5 分钟内多于 5 次）",
        "chattering sources (more than 5 in 5 min)",
        Decimals.count(load.chattering().size()),
        "0",
        !load.chattering().isEmpty());
    row(
        "瞬时告警（短于 10 秒）",
        "fleeting (under 10 s)",
        Decimals.count(load.fleeting()),
        "0",
        load.fleeting() > 0);
    row(
        "陈旧告警（长于 24 小时）",
        "stale (over 24 h)",
        Decimals.count(load.stale()),
        "< 5",
        load.stale() >= 5);
    row(
        "最吵的十个来源",
        "ten loudest sources",
        Decimals.percent(load.loudestShare()),
        "≤ 5 %",
        load.loudestShare() > .05);
    out.append("</tbody></table>");
    if (!load.loudest().isEmpty()) {
      out.append("<details><summary>")
          .append(Both.of("最吵的来源", "The loudest"))
          .append("</summary><ol class=\"loud\">");
      for (AlarmLoad.Source s : load.loudest()) {
        out.append("<li><span>")
            .append(escape(s.sensor()))
            .append("</span> <b>")
            .append(s.announcements())
            .append("</b> <span class=\"mute\">")
            .append(Decimals.percent(s.share(), 1))
            .append("</span></li>");
      }
      out.append("</ol></details>");
    }
    if (!load.chattering().isEmpty()) {
      out.append("<details><summary>")
          .append(Both.of("抖动的来源", "Those that chatter"))
          .append("</summary><p>")
          .append(escape(String.join(", ", load.chattering())))
          .append("</p></details>");
    }
    out.append("</section>");
  }

  private void row(String zh, String en, String value, String target, boolean over) {
    out.append("<tr><th>")
        .append(Both.of(zh, en))
        .append("</th><td>")
        .append(value)
        .append("</td><td class=\"mute\">")
        .append(target)
        .append("</td><td>")
        .append(
            over ? "<b class=\"over\">" + Both.of("超出", "over") + "</b>" : Both.of("达标", "within"))
        .append("</td></tr>");
  }

  private void rule(RuleFigures figures) {
    Rule rule = figures.rule();
    out.append("<section class=\"rule\"><h2>")
        .append(escape(rule.name()))
        .append("</h2><p class=\"mute\">");
    if (rule.family() != null) {
      out.append(Both.family(rule.family().id()));
    }
    if (rule.quantity() != null) {
      out.append(" · ")
          .append(Both.quantity(rule.quantity().id()))
          .append(' ')
          .append(rule.quantity().unit());
    }
    out.append(" · ").append(Both.of(figures.alerts() + " 起告警", figures.alerts() + " alerts"));
    for (SignalKind kind : SignalKind.values()) {
      Integer n = figures.signals().get(kind.id());
      if (n != null) {
        out.append(" · ").append(Both.signal(kind.id())).append(' ').append(Decimals.count(n));
      }
    }
    out.append("</p>");
    if (!figures.limits().isEmpty()) {
      table(figures);
    }
    for (LimitFigures limit : figures.limits()) {
      if (limit.foreseen() && limit.score().foreseen() > 0) {
        leads(limit, rule.quantity().unit());
      }
    }
    cases(figures);
    out.append("</section>");
  }

  private void table(RuleFigures figures) {
    out.append("<table class=\"figures\"><thead><tr>");
    for (String[] head : LimitTable.HEADS) {
      out.append("<th>").append(Both.of(head[0], head[1])).append("</th>");
    }
    out.append("</tr></thead><tbody>");
    for (LimitFigures limit : figures.limits()) {
      out.append(LimitTable.row(limit, figures.rule().quantity().unit()));
    }
    out.append("</tbody></table>");
  }

  private void leads(LimitFigures limit, String unit) {
    out.append("<figure class=\"leads\">")
        .append(
            Bars.leads(
                limit.score().leadsS(),
                limit.horizonS(),
                limit.score().leadMedianS(),
                "lead times"))
        .append("<figcaption>")
        .append(Glyph.inline(limit.level(), true))
        .append(Decimals.text(limit.limit(), 3))
        .append(' ')
        .append(unit)
        .append(" · ")
        .append(Both.of("提前量分布，竖线为中位数", "how early, the line is the median"))
        .append("</figcaption></figure>");
  }

  private void cases(RuleFigures figures) {
    if (figures.cases().isEmpty()) {
      return;
    }
    Rule.Threshold rule = (Rule.Threshold) figures.rule().condition();
    out.append("<div class=\"cases\">");
    for (Case c : figures.cases()) {
      String said = said(c);
      out.append("<figure class=\"case\"><figcaption><b>")
          .append(Both.of(zh(c.kind()), en(c.kind())))
          .append("</b> ")
          .append(escape(c.sensor().value()))
          .append("<br><span class=\"mute\">")
          .append(Decimals.text(c.limit(), 3))
          .append(' ')
          .append(figures.rule().quantity().unit())
          .append(" · ")
          .append(MINUTE.format(Instant.ofEpochMilli(c.atMs()).atZone(zone)))
          .append(said)
          .append("</span></figcaption>")
          .append(CaseChart.draw(c, rule, zone, en(c.kind()) + " " + c.sensor()))
          .append("</figure>");
    }
    out.append("</div>");
  }

  private static String said(Case c) {
    return Double.isFinite(c.lastsS()) ? " · " + Decimals.span(c.lastsS()) : "";
  }

  private static String zh(Case.Kind kind) {
    return switch (kind) {
      case MISSED -> "漏报";
      case FALSE_WARNING -> "误报预警";
      case LONGEST -> "最长告警";
    };
  }

  private static String en(Case.Kind kind) {
    return switch (kind) {
      case MISSED -> "Missed";
      case FALSE_WARNING -> "False forewarning";
      case LONGEST -> "Longest alarm";
    };
  }

  private void quiet() {
    List<String> quiet =
        figures.rules().stream()
            .filter(RuleFigures::isQuiet)
            .map(r -> escape(r.rule().name()))
            .toList();
    if (!quiet.isEmpty()) {
      out.append("<section><h2>")
          .append(Both.of("没有动静的规则", "Rules that said nothing"))
          .append("</h2><p class=\"mute\">")
          .append(String.join(", ", quiet))
          .append("</p></section>");
    }
  }

  private void provenance() {
    Provenance made = figures.made();
    out.append("<section><h2>")
        .append(Both.of("由什么得出", "What made this"))
        .append("</h2><table class=\"rows made\"><tbody>");
    made(
        "规则",
        "rules",
        escape(made.rules())
            + " · "
            + made.ruleCount()
            + "<br><code>"
            + made.rulesHash()
            + "</code>");
    made(
        "输入",
        "input",
        escape(made.input())
            + (made.inputHash() == null ? "" : "<br><code>" + made.inputHash() + "</code>"));
    if (made.readings() > 0) {
      made(
          "时间",
          "time",
          MINUTE.format(Instant.ofEpochMilli(made.fromMs()).atZone(zone))
              + " – "
              + MINUTE.format(Instant.ofEpochMilli(made.toMs()).atZone(zone))
              + " · "
              + escape(zone.getId()));
    }
    StringBuilder outcomes = new StringBuilder();
    for (Outcome outcome : Outcome.values()) {
      outcomes
          .append(outcome.term())
          .append(' ')
          .append(Decimals.count(made.outcomes().getOrDefault(outcome, 0L)))
          .append(" · ");
    }
    made(
        "读数",
        "readings",
        outcomes + "bad rows " + made.badRows() + " · out of order " + made.outOfOrder());
    made("程序", "program", escape(made.program()));
    made(
        "口径",
        "reckoning",
        Both.of(
            "事件 = 重新进入死区以内后的首次越限；预警在越限前 4 倍预测时长内发出且未撤回为真；撤回、过期或记录结束时仍未越限为误。",
            "An event is the first reading at or past the limit after re-arming inside the deadband. A"
                + " forewarning is true if it is open at the crossing and came at most 4 horizons before"
                + " it; false if it was withdrawn, outlived that, or is open where its series ends."));
    out.append("</tbody></table></section>");
  }

  private void made(String zh, String en, String value) {
    out.append("<tr><th>")
        .append(Both.of(zh, en))
        .append("</th><td>")
        .append(value)
        .append("</td></tr>");
  }
}
