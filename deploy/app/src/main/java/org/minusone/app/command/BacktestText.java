package org.minusone.app.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.minusone.model.Signal;
import org.minusone.rules.report.BacktestFigures;
import org.minusone.rules.report.Comparison;
import org.minusone.rules.report.FiguresData;
import org.minusone.rules.report.LimitFigures;
import org.minusone.rules.report.RuleFigures;

/** What a backtest showed, for a person and for a program. */
final class BacktestText {
  private BacktestText() {}

  static Map<String, Object> asJson(
      Recorded recorded, BacktestFigures figures, BacktestFigures other, Comparison comparison) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("readings", recorded.readings().size());
    answer.put("bad_rows", recorded.badRows());
    answer.put("out_of_order", recorded.outOfOrder());
    answer.put("outcomes", figures.made().outcomes());
    answer.put("signals", figures.signals());
    answer.putAll(FiguresData.of(figures));
    if (comparison != null) {
      answer.put("compare", FiguresData.of(comparison, other));
    }
    return answer;
  }

  /** A line of the sum and one for each limit that is forecast. */
  static void print(PrintWriter out, Recorded recorded, BacktestFigures figures) {
    out.printf(
        Locale.ROOT,
        "%,d readings (%d bad rows skipped, %d out of order), signals %s%n",
        recorded.readings().size(),
        recorded.badRows(),
        recorded.outOfOrder(),
        figures.signals());
    List<String[]> rows = new ArrayList<>();
    for (RuleFigures rule : figures.rules()) {
      for (LimitFigures limit : rule.limits()) {
        if (limit.foreseen() && limit.score().events() + limit.score().falseWarnings().size() > 0) {
          rows.add(FiguresData.row(rule, limit));
        }
      }
    }
    if (!rows.isEmpty()) {
      rows.add(0, FiguresData.HEADS);
      table(out, rows);
    }
    unheard(out, recorded, figures);
  }

  /** Rules that the readings say nothing of look as if nothing had happened. */
  private static void unheard(PrintWriter out, Recorded recorded, BacktestFigures figures) {
    Set<String> heard = new HashSet<>();
    recorded.readings().forEach(r -> heard.add(r.family() + " " + r.quantity()));
    List<String> unheard =
        figures.rules().stream()
            .map(RuleFigures::rule)
            .filter(rule -> rule.quantity() != null)
            .filter(rule -> !heard.contains(rule.family() + " " + rule.quantity()))
            .map(rule -> rule.name() + " (" + rule.family().id() + " " + rule.quantity().id() + ")")
            .toList();
    if (!unheard.isEmpty()) {
      int more = unheard.size() - Math.min(unheard.size(), 5);
      String rest = more == 0 ? "" : " and " + more + " rules more";
      out.println(
          "no reading for " + String.join(", ", unheard.subList(0, unheard.size() - more)) + rest);
    }
  }

  static void print(
      PrintWriter out, BacktestFigures here, BacktestFigures there, Comparison comparison) {
    out.printf("%nA %s%nB %s%n", here.made().rules(), there.made().rules());
    if (comparison.isNone()) {
      out.println("nothing changes: the same signals");
      return;
    }
    List<String[]> rows = new ArrayList<>();
    rows.add(
        new String[] {
          "rule", "signal", "same", "moved", "B earlier by, s", "only in A", "only in B"
        });
    for (Comparison.Change c : comparison.changes()) {
      if (!c.isNone()) {
        rows.add(
            new String[] {
              c.rule(),
              c.signal(),
              String.valueOf(c.same()),
              String.valueOf(c.moved()),
              c.moved() == 0 ? "-" : FiguresData.plain(c.movedMedianS()),
              String.valueOf(c.onlyHere()),
              String.valueOf(c.onlyThere())
            });
      }
    }
    table(out, rows);
    examples(out, "only in A", comparison.onlyHere());
    examples(out, "only in B", comparison.onlyThere());
    List<String[]> both = new ArrayList<>();
    both.add(FiguresData.HEADS);
    sides(both, "A ", here);
    sides(both, "B ", there);
    if (both.size() > 1) {
      out.println();
      table(out, both);
    }
  }

  private static void sides(List<String[]> rows, String side, BacktestFigures figures) {
    for (RuleFigures rule : figures.rules()) {
      for (LimitFigures limit : rule.limits()) {
        if (limit.foreseen() && limit.score().events() + limit.score().falseWarnings().size() > 0) {
          String[] row = FiguresData.row(rule, limit);
          row[0] = side + row[0];
          rows.add(row);
        }
      }
    }
  }

  private static void examples(PrintWriter out, String what, List<Signal> signals) {
    for (Signal s : signals.subList(0, Math.min(5, signals.size()))) {
      out.printf(
          "  %s: %s %s %s %s%s%n",
          what,
          s.time(),
          s.sensor(),
          s.signal().id(),
          s.rule(),
          s.limit() == null ? "" : " " + FiguresData.plain(s.limit()));
    }
  }

  private static void table(PrintWriter out, List<String[]> rows) {
    int[] widths = new int[rows.get(0).length];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.length; i++) {
        String pad = " ".repeat(widths[i] - row[i].length());
        line.append(i == 0 ? row[i] + pad : "  " + pad + row[i]);
      }
      out.println(line.toString().stripTrailing());
    }
  }
}
