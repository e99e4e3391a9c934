package org.minusone.app.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.minusone.app.config.ConfigurationReader;
import org.minusone.app.stack.EmbeddedStack;
import org.minusone.app.stack.Progress;
import org.minusone.app.summary.DemoSummary;
import org.minusone.model.Quantity;
import org.minusone.model.SensorId;
import org.minusone.model.SiteVersion;
import org.minusone.model.codec.Json;
import org.minusone.model.port.SeriesReader;
import org.minusone.simulator.publish.PublisherConfig;
import org.minusone.simulator.publish.SimulatorApp;
import org.minusone.simulator.scenario.Scenario;
import org.minusone.simulator.scenario.Scenarios;
import org.minusone.simulator.scenario.Setting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Starts everything embedded with the simulated Fubao site.",
      "Within a minute of ready a hazmat store whose cooling failed is forewarned, and crosses 30 °C",
      "at least 45 s later; a flood point, an electrical box and a smoke detector follow."
    })
public final class DemoCommand implements Callable<Integer> {
  private static final Duration DRAIN = Duration.ofSeconds(10);

  /** How far back a later start looks for what the store has of each sensor. */
  private static final Duration KNOWN_WITHIN = Duration.ofDays(2);

  @Spec private CommandSpec spec;
  @Mixin private EmbeddedOptions options;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description = "Stops by itself that long after ready (90s, 5m) and prints a summary.")
  private String runFor;

  @Option(
      names = "--json",
      description = "Standard output holds the summary as JSON alone; wants --for.")
  private boolean json;

  @Option(
      names = "--seed",
      description = "Seed of the simulation (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  private long seed;

  @Override
  public Integer call() throws Exception {
    Duration limit = runFor == null ? null : Spans.parse(runFor, "--for");
    if (json && limit == null) {
      throw Problem.usage("--json wants --for DURATION: the summary comes when the demo ends");
    }
    PrintWriter talk = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
    Progress progress = Starting.progress(talk);
    SiteVersion site = Starting.site(options.site).demonstration();
    Interrupt interrupt = new Interrupt();
    EmbeddedStack stack =
        EmbeddedStack.start(
            options.options("demo", ConfigurationReader.read(null, Map.of())), site, progress);
    interrupt.closes(stack);
    SimulatorApp simulator = simulate(stack, site, progress);
    double readyS = Starting.sinceProcessStart();
    Starting.announce(talk, stack, readyS);
    tellPlan(talk, simulator);
    if (limit == null) {
      new CountDownLatch(1).await();
    }
    if (interrupt.await(limit)) {
      return 130;
    }
    simulator.close();
    stack.awaitDrained(DRAIN);
    DemoSummary summary = Starting.summary(stack, readyS);
    stack.close();
    if (json) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(Json.text(summary));
      out.flush();
    } else {
      SummaryText.print(talk, summary);
    }
    return summary.sumsEqual() ? 0 : 1;
  }

  private SimulatorApp simulate(EmbeddedStack stack, SiteVersion site, Progress progress)
      throws Exception {
    Setting setting =
        new Setting(site, seed, newest(stack, site), stack.alerts().sensorsInAlert(site.site()));
    Scenario scenario = Scenarios.byName("demo", setting);
    SimulatorApp simulator =
        stack.add(
            new SimulatorApp(
                site.site(),
                scenario,
                PublisherConfig.to("127.0.0.1", stack.mqttPort()),
                InstantSource.system()));
    progress.say("simulator: every sensor reports once");
    simulator.prime(SimulatorApp.Progress.NONE);
    simulator.start();
    return simulator;
  }

  private static Map<SensorId, Instant> newest(EmbeddedStack stack, SiteVersion site)
      throws Exception {
    Map<SensorId, Instant> newest = new HashMap<>();
    Map<SensorId, Map<Quantity, SeriesReader.Point>> latest =
        stack.series().latest(site.site(), KNOWN_WITHIN);
    latest.forEach(
        (sensor, points) ->
            points.values().stream()
                .map(SeriesReader.Point::time)
                .max(Instant::compareTo)
                .ifPresent(time -> newest.put(sensor, time)));
    return newest;
  }

  private static void tellPlan(PrintWriter talk, SimulatorApp simulator) {
    List<Scenario.Planned> plan = simulator.plan();
    for (Scenario.Planned planned : plan) {
      talk.printf(
          "  %tT  %s: %s%n",
          planned.crossing().atZone(ZoneId.systemDefault()), planned.sensor(), planned.what());
    }
    talk.flush();
  }

  /** Ctrl-C: the stack closes in the shutdown hook, the main thread only learns of it. */
  private static final class Interrupt {
    private final CountDownLatch interrupted = new CountDownLatch(1);

    void closes(EmbeddedStack stack) {
      Starting.closeOnExit(stack, interrupted::countDown);
    }

    /** Whether it came before {@code limit} passed. */
    boolean await(Duration limit) throws InterruptedException {
      return interrupted.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
