package org.minusone.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The findings for a person. */
final class Tables {
  private final List<String[]> rows = new ArrayList<>();

  private Tables() {}

  static void print(PrintWriter out, Findings findings) {
    Findings.Machine machine = findings.machine();
    out.printf(
        Locale.ROOT,
        "%n%s  %d cores, %d GiB, Java %s, load average %.1f before, %.1f after%n%n",
        findings.at(),
        machine.cores(),
        Math.round(machine.memoryMb() / 1024.0),
        machine.java(),
        machine.loadBefore(),
        machine.loadAfter());
    starts(findings).print(out);
    latency(findings).print(out);
    bursts(findings).print(out);
    out.printf(
        "second start ready %s, resident memory %s, alert latency %s, sums %s%n",
        verdict(findings.readyInTime()),
        verdict(findings.smallEnough()),
        verdict(findings.fastEnough()),
        findings.sumsEqual() ? "equal" : "NOT EQUAL");
    if (machine.disturbed()) {
      out.println("the machine was busy when the bench began: run it again when it is quiet");
    }
    out.flush();
  }

  private static String verdict(boolean met) {
    return met ? "within target" : "MISSED";
  }

  private static Tables starts(Findings findings) {
    Findings.Starts first = findings.first();
    Findings.Starts second = findings.second();
    Tables table = new Tables();
    table.row("minusone demo", "", "first start", "second start", "target");
    table.row("class archive", "", yes(first.archive()), yes(second.archive()), "");
    table.row("start to ready", "s", list(first.readyS()), list(second.readyS()), "<= 15 second");
    table.row("resident at ready", "MiB", both(findings, s -> list(s.residentReadyMb())));
    String later = "resident " + findings.plan().idleS() + " s later";
    table.row(later, "MiB", both(findings, s -> "" + s.residentIdleMb()));
    table.row("resident at the end", "MiB", both(findings, s -> "" + s.residentEndMb()));
    table.row("resident at most", "MiB", "" + first.peakMb(), "" + second.peakMb(), "< 1024");
    table.row("CPU at first, then", "s/min", both(findings, s -> plain(s.cpuPerMinuteS())));
    table.row("SIGTERM to end", "s", list(first.stopS()), list(second.stopS()), "<= 10");
    return table;
  }

  private static String[] both(Findings findings, Function<Findings.Starts, String> figure) {
    return new String[] {figure.apply(findings.first()), figure.apply(findings.second()), ""};
  }

  private static Tables latency(Findings findings) {
    List<Crossings.Round> rounds = findings.latencyMs().rounds();
    Tables table = new Tables();
    table.row(
        "publish to alert event, ms", "p50", "p90", "p99", "max", "n", "lost", "late by", "load");
    for (int i = 0; i < rounds.size(); i++) {
      Crossings.Round round = rounds.get(i);
      table.row(
          "round " + (i + 1),
          row(round.whole(), "" + round.lost().size(), "" + round.latestMs(), "" + round.load()));
    }
    if (rounds.size() > 1) {
      table.row(
          "median", row(findings.latencyMs().whole(), "" + findings.latencyMs().lost(), "", ""));
    }
    table.step("  publish to ingest", rounds, Crossings.Round::toIngest);
    table.step("  ingest to decided", rounds, Crossings.Round::toAlert);
    table.step("  decided to stream", rounds, Crossings.Round::toStream);
    table.row("target", "", "", "< 100", "", ">= 500", "0", "", "");
    return table;
  }

  private void step(
      String name,
      List<Crossings.Round> rounds,
      Function<Crossings.Round, Distribution> distribution) {
    row(name, row(Distribution.median(rounds.stream().map(distribution).toList()), "", "", ""));
  }

  private static String[] row(Distribution of, String lost, String late, String load) {
    return new String[] {
      "" + of.p50(), "" + of.p90(), "" + of.p99(), "" + of.max(), "" + of.n(), lost, late, load
    };
  }

  private static Tables bursts(Findings findings) {
    Tables table = new Tables();
    table.row("end to end", "readings", "readings/s", "published/s", "CPU us", "MiB", "sums");
    for (int aMessage :
        findings.bursts().stream()
            .mapToInt(Burst.Figures::readingsPerMessage)
            .distinct()
            .toArray()) {
      List<Burst.Figures> alike =
          findings.bursts().stream().filter(b -> b.readingsPerMessage() == aMessage).toList();
      table.row(
          aMessage + " a message",
          alike.size() + " x " + alike.get(0).readings(),
          list(alike.stream().map(Burst.Figures::perSecond).toList()),
          "" + Math.round(Distribution.median(alike, Burst.Figures::publishedPerSecond)),
          "" + Distribution.median(alike, Burst.Figures::cpuMicros),
          "" + alike.stream().mapToLong(Burst.Figures::residentPeakMb).max().orElse(0),
          alike.stream().allMatch(Burst.Figures::equal) ? "equal" : "NOT EQUAL");
    }
    return table;
  }

  private static String yes(boolean is) {
    return is ? "yes" : "no";
  }

  /** The median, and the range where there are several. */
  static String list(List<Double> values) {
    String median = number(Distribution.median(values, v -> v));
    if (values.size() < 2) {
      return median;
    }
    return "%s (%s-%s)"
        .formatted(
            median,
            number(values.stream().mapToDouble(v -> v).min().orElseThrow()),
            number(values.stream().mapToDouble(v -> v).max().orElseThrow()));
  }

  private static String plain(List<Double> values) {
    return values.stream().map(Tables::number).collect(Collectors.joining(", "));
  }

  private static String number(double value) {
    return value >= 100 ? "" + Math.round(value) : "" + value;
  }

  private void row(String name, String unit, String[] cells) {
    List<String> row = new ArrayList<>(List.of(name, unit));
    row.addAll(List.of(cells));
    rows.add(row.toArray(String[]::new));
  }

  private void row(String name, String[] cells) {
    List<String> row = new ArrayList<>(List.of(name));
    row.addAll(List.of(cells));
    rows.add(row.toArray(String[]::new));
  }

  private void row(String name, String second, String third, String... more) {
    List<String> row = new ArrayList<>(List.of(name, second, third));
    row.addAll(List.of(more));
    rows.add(row.toArray(String[]::new));
  }

  private void print(PrintWriter out) {
    int columns = rows.get(0).length;
    int[] widths = new int[columns];
    for (String[] row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String space = " ".repeat(widths[i] - row[i].length());
        line.append(i == 0 ? row[i] + space : "  " + space + row[i]);
      }
      out.println(line.toString().stripTrailing());
    }
    out.println();
  }
}
