package org.minusone.bench.evaluator;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.minusone.model.codec.Json;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints a line a rule kind: median ns a reading, bytes of a sensor's state. */
@Command(
    name = "deploy/bench/run evaluator",
    mixinStandardHelpOptions = true,
    description = "The evaluator by itself, a rule kind at a time. Ends by itself.")
public final class EvaluatorBench implements Callable<Integer> {
  private static final int SENSORS = 20_000;

  /** So that all of the last 64 identities are there. */
  private static final int READINGS = 100;

  @Spec private CommandSpec spec;

  @Option(names = "--quick", description = "One fork of three seconds, to see that it works.")
  private boolean quick;

  @Option(names = "--json", description = "Standard output holds the findings as JSON alone.")
  private boolean json;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "PACK",
      description = "${COMPLETION-CANDIDATES} (default: all).")
  private List<Pack> only = List.of(Pack.values());

  /**
   * @param median of the measured seconds, each the mean of its readings
   * @param stored bytes of a sensor's state as the store has it, after {@value #READINGS} readings
   * @param heap bytes it takes in memory
   */
  record Finding(
      Pack pack, double median, double fastest, double slowest, long stored, long heap) {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new EvaluatorBench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Options options =
        new OptionsBuilder()
            .include(EvaluatorTime.class.getName())
            .param("pack", only.stream().map(Pack::name).toArray(String[]::new))
            .forks(quick ? 1 : 3)
            .warmupIterations(quick ? 2 : 3)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(quick ? 3 : 5)
            .measurementTime(TimeValue.seconds(1))
            .jvmArgs("-Xmx1g", "-XX:+UseSerialGC")
            .verbosity(VerboseMode.SILENT)
            .build();
    Collection<RunResult> results = new Runner(options).run();
    List<Finding> findings = new ArrayList<>();
    for (RunResult result : results) {
      Pack pack = Pack.valueOf(result.getParams().getParam("pack"));
      Statistics time = result.getPrimaryResult().getStatistics();
      findings.add(
          new Finding(
              pack,
              time.getPercentile(50),
              time.getMin(),
              time.getMax(),
              Math.round(stateOf(pack).stateBytes()),
              heapOf(pack)));
    }
    print(findings);
    return 0;
  }

  private static Sensors stateOf(Pack pack) {
    Sensors sensors = new Sensors(pack, 1_000);
    sensors.readingsEach(READINGS);
    return sensors;
  }

  /** By the heap that so many sensors take; their keys are in it, as they are live. */
  private static long heapOf(Pack pack) {
    stateOf(pack); // the classes are there
    long before = used();
    Sensors sensors = new Sensors(pack, SENSORS);
    sensors.readingsEach(READINGS);
    long after = used();
    java.lang.ref.Reference.reachabilityFence(sensors);
    return (after - before) / SENSORS;
  }

  private static long used() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  private void print(List<Finding> findings) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.text(findings));
      out.flush();
      return;
    }
    out.printf(
        "Java %s; median of %d measured seconds, ns a reading; bytes a sensor%n%n",
        System.getProperty("java.runtime.version"), quick ? 3 : 15);
    String line = "%-18s %10s %20s %8s %8s%n";
    out.printf(line, "rules", "ns/reading", "fastest to slowest", "stored", "heap");
    for (Pack pack : only) {
      findings.stream()
          .filter(finding -> finding.pack() == pack)
          .forEach(
              f ->
                  out.printf(
                      line,
                      pack.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                      Math.round(f.median()),
                      Math.round(f.fastest()) + " to " + Math.round(f.slowest()),
                      f.stored(),
                      f.heap()));
    }
    out.flush();
  }
}
