package org.minusone.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.minusone.model.codec.Json;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts the demo again and again, and measures it. Exit 1 if a target is missed. */
@Command(
    name = "deploy/bench/run",
    mixinStandardHelpOptions = true,
    description = {
      "Measures start, memory, alert latency and throughput of `minusone demo` on this machine.",
      "Ends by itself; deletes and makes again the launcher's class archive."
    })
public final class Bench implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--quick", description = "A short version, to see that it works.")
  private boolean quick;

  @Option(names = "--json", description = "Standard output holds the findings as JSON alone.")
  private boolean json;

  @Option(names = "--crossings", paramLabel = "N", description = "Crossings a round.")
  private Integer crossings;

  @Option(names = "--rate", paramLabel = "N", description = "Crossings a second.")
  private Double rate;

  @Option(names = "--readings", paramLabel = "N", description = "Readings a burst.")
  private Integer readings;

  /** What runs now, for Ctrl-C. */
  private volatile Demo running;

  private volatile Path data;
  private volatile boolean stopping;

  public static void main(String[] arguments) {
    Bench bench = new Bench();
    CommandLine line = new CommandLine(bench);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          if (bench.stopping) {
            return 130; // What was measured has been stopped under our hands.
          }
          if (failure instanceof Unusable) {
            command.getErr().println("bench: " + failure.getMessage());
            return 2;
          }
          throw failure;
        });
    System.exit(line.execute(arguments));
  }

  private static final class Row {
    final List<Double> readyS = new ArrayList<>();
    final List<Double> stopS = new ArrayList<>();
    final List<Double> residentReadyMb = new ArrayList<>();
    final List<Double> cpuPerMinuteS = new ArrayList<>();
    boolean archive;
    long residentIdleMb;
    Footprint end;

    Findings.Starts figures() {
      return new Findings.Starts(
          archive,
          readyS,
          stopS,
          residentReadyMb,
          residentIdleMb,
          cpuPerMinuteS,
          end.residentMb(),
          end.peakMb());
    }
  }

  @Override
  public Integer call() throws Exception {
    Plan plan = plan();
    House house = new House(Path.of(System.getProperty("minusone.home", ".")));
    Runtime.getRuntime().addShutdownHook(new Thread(this::interrupted, "end"));
    double loadBefore = Findings.Machine.load();
    Row first = new Row();
    Row second = new Row();
    List<Crossings.Round> rounds = new ArrayList<>();
    List<Burst.Figures> bursts = new ArrayList<>();
    for (int i = 1; i <= plan.starts(); i++) {
      boolean last = i == plan.starts();
      data = Files.createTempDirectory("minusone-bench");
      try {
        house.forgetArchive();
        first.archive = house.hasArchive();
        say("first start, %d of %d", i, plan.starts());
        measure(house, first, last ? plan.idleS() : 0, demo -> {});
        say("waiting for the launcher's class archive");
        second.archive = house.awaitArchive();
        say("second start, %d of %d", i, plan.starts());
        measure(
            house,
            second,
            last ? plan.idleS() : 0,
            demo -> {
              if (last) {
                load(demo, plan, rounds, bursts);
              }
            });
      } finally {
        delete(data);
      }
    }
    Findings findings =
        new Findings(
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            Findings.Machine.now(loadBefore),
            plan,
            first.figures(),
            second.figures(),
            Findings.Latency.of(rounds),
            bursts);
    tell(findings);
    return findings.targetsMet() ? 0 : 1;
  }

  private Plan plan() {
    Plan plan = quick ? Plan.QUICK : Plan.FULL;
    plan =
        plan.withCrossings(
            crossings == null ? plan.crossings() : crossings,
            rate == null ? plan.perSecond() : rate);
    return readings == null ? plan : plan.withReadings(readings);
  }

  private interface Work {
    void on(Demo demo) throws Exception;
  }

  private void measure(House house, Row row, int idleS, Work work) throws Exception {
    try (Demo demo = Demo.start(house, data)) {
      running = demo;
      row.readyS.add(demo.awaitReady());
      row.residentReadyMb.add((double) demo.footprint().residentMb());
      if (idleS > 0) {
        say("leaving it to itself for twice %d s", idleS);
        row.cpuPerMinuteS.add(idle(demo, idleS));
        row.residentIdleMb = demo.footprint().residentMb();
        row.cpuPerMinuteS.add(idle(demo, idleS));
      }
      work.on(demo);
      row.end = demo.footprint();
      row.stopS.add(demo.stop());
    } finally {
      running = null;
    }
  }

  /** CPU seconds a minute. */
  private static double idle(Demo demo, int seconds) throws IOException, InterruptedException {
    Footprint before = demo.footprint();
    long from = System.nanoTime();
    TimeUnit.SECONDS.sleep(seconds);
    double used = demo.footprint().cpu().minus(before.cpu()).toMillis() / 1000.0;
    return Distribution.round(used * 60e9 / (System.nanoTime() - from));
  }

  private void load(Demo demo, Plan plan, List<Crossings.Round> rounds, List<Burst.Figures> bursts)
      throws Exception {
    try (Crossings provoked = new Crossings(demo.instance(), demo.stars())) {
      for (int i = 1; i <= plan.rounds(); i++) {
        say("%d crossings, round %d of %d", plan.crossings(), i, plan.rounds());
        Crossings.Round round = provoked.provoke(plan.crossings(), plan.perSecond());
        say("  %s ms, lost %s", round.whole(), round.lost());
        rounds.add(round);
      }
    }
    Burst burst = new Burst(demo);
    for (int i = 1; i <= plan.bursts(); i++) {
      for (int aMessage : new int[] {1, 10}) {
        int count = aMessage == 1 ? plan.readings() : 3 * plan.readings();
        say("%d readings, %d a message, %d of %d", count, aMessage, i, plan.bursts());
        Burst.Figures figures = burst.publish(count, aMessage);
        say(
            "  %.0f a second, %s",
            figures.perSecond(), figures.equal() ? "sums equal" : figures.sums());
        bursts.add(figures);
      }
    }
  }

  private void tell(Findings findings) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.text(findings));
      out.flush();
    } else {
      Tables.print(out, findings);
    }
  }

  private void say(String format, Object... arguments) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(format.formatted(arguments));
    err.flush();
  }

  /** Ctrl-C, or the end: nothing is left behind. */
  private void interrupted() {
    stopping = true;
    try {
      Demo demo = running;
      if (demo != null) {
        demo.stop();
      }
      if (data != null) {
        delete(data);
      }
    } catch (InterruptedException | IOException e) {
      System.err.println("bench: could not clear up " + data + ": " + e.getMessage());
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path path : inside.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
