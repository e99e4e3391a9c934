package org.minusone.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.minusone.app.stack.EmbeddedStack;
import org.minusone.app.stack.Progress;
import org.minusone.app.summary.DemoSummary;
import org.minusone.model.Role;
import org.minusone.model.SiteVersion;
import org.minusone.model.port.HealthReport;
import org.minusone.model.port.Sums;
import org.minusone.rules.load.SiteLoader;
import org.slf4j.LoggerFactory;

/** What {@code up} and {@code demo} do alike. */
final class Starting {
  private static final int FEW_ALERTS = 20;

  private Starting() {}

  /** A site's files, read and free of errors. */
  record Site(SiteVersion files) {
    SiteVersion asIs() {
      return files;
    }

    /** Marked, so that nobody takes simulated readings for the city's. */
    SiteVersion demonstration() {
      return files.asDemonstration();
    }
  }

  /**
   * @param directory null = Fubao
   */
  static Site site(Path directory) throws Problem {
    Path dir = directory == null ? Home.fubao() : directory;
    SiteLoader.Loaded loaded = SiteFiles.load(dir);
    if (loaded.hasErrors()) {
      String first =
          loaded.problems().stream()
              .filter(org.minusone.rules.load.Problem::isError)
              .findFirst()
              .orElseThrow()
              .toString();
      throw Problem.usage(
          "%s has errors, see `minusone site check %s`: %s".formatted(dir, dir, first));
    }
    return new Site(loaded.draft());
  }

  /** Each line with the seconds since the process began. */
  static Progress progress(PrintWriter out) {
    return line -> {
      synchronized (out) {
        out.printf("%5.1f s  %s%n", sinceProcessStart(), line);
        out.flush();
      }
    };
  }

  static double sinceProcessStart() {
    Instant start = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
    return Duration.between(start, Instant.now()).toMillis() / 1000.0;
  }

  static void announce(PrintWriter out, EmbeddedStack stack, double readyS) {
    out.printf("%5.1f s  ready%n%n", readyS);
    out.printf("console      %s%n", stack.signInLink(person(), Role.OPERATOR));
    out.printf(
        "             signs you in once, within ten minutes; a new link: minusone token --link%n");
    out.printf("stop         Ctrl-C%n");
    out.flush();
  }

  /** Who is at the keyboard: what they acknowledge carries a name. */
  static String person() {
    String name = System.getProperty("user.name", "").strip();
    return name.isEmpty() || name.length() > 80 ? "operator" : name;
  }

  /** Ctrl-C and {@code kill} close {@code stack}; the process then ends by itself. */
  static void closeOnExit(AutoCloseable stack, Runnable first) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  first.run();
                  try {
                    stack.close();
                  } catch (Exception e) {
                    LoggerFactory.getLogger(Starting.class).warn("did not close in order", e);
                  }
                },
                "close"));
  }

  static DemoSummary summary(EmbeddedStack stack, double readyS) {
    Sums sums = stack.sums();
    return new DemoSummary(
        readyS,
        sums,
        sums.areEqual(),
        stack.alerts().tally().counts(),
        stack.alerts().tally().foreseen(),
        latency(stack),
        residentMb());
  }

  private static DemoSummary.Latency latency(EmbeddedStack stack) {
    for (HealthReport report : stack.reports()) {
      Map<String, Double> gauges = report.health().gauges();
      if (report.role().equals("alerting")
          && gauges.getOrDefault("latency_count", 0.0) >= FEW_ALERTS) {
        return new DemoSummary.Latency(
            gauges.get("latency_p50_ms"),
            gauges.get("latency_p90_ms"),
            gauges.get("latency_p99_ms"));
      }
    }
    return null;
  }

  private static Long residentMb() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(null);
    } catch (IOException e) {
      return null;
    }
  }
}
