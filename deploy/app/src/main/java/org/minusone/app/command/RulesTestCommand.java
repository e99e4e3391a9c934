package org.minusone.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.minusone.model.codec.Json;
import org.minusone.rules.expression.CelExpressions;
import org.minusone.rules.load.TimelineLoader;
import org.minusone.rules.timeline.Timeline;
import org.minusone.rules.timeline.TimelineResult;
import org.minusone.rules.timeline.TimelineRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = {
      "Plays readings on a timeline to rules, and compares what is told with what must be.",
      "The evaluator is the live one. Exit 1 if a test fails."
    })
final class RulesTestCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE|DIR",
      description =
          "Files of tests, folders of them, or a site's folder (default: deploy/sites/fubao/tests).")
  private List<Path> paths = new ArrayList<>();

  @Option(
      names = "--run",
      paramLabel = "PATTERN",
      description = "Only tests in whose name this regular expression is found.")
  private String pattern;

  @Option(names = "--json", description = "Results as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Problem {
    Pattern wanted = wanted();
    List<Path> where = paths.isEmpty() ? List.of(Home.fubao().resolve("tests")) : paths;
    TimelineLoader.Loaded loaded = TimelineLoader.load(where);
    List<TimelineResult> results =
        loaded.hasErrors()
            ? List.of()
            : loaded.timelines().stream()
                .filter(t -> wanted.matcher(t.name()).find())
                .map(timeline -> TimelineRun.of(timeline, CelExpressions.LANGUAGE))
                .toList();
    long failed = results.stream().filter(result -> !result.holds()).count();
    boolean none = results.isEmpty() && !loaded.hasErrors();
    boolean ok = !loaded.hasErrors() && failed == 0 && !none;
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("ok", ok);
      answer.put("tests", results.size());
      answer.put("failed", failed);
      answer.put("problems", Problems.asJson(loaded.problems()));
      answer.put("results", results.stream().map(RulesTestCommand::asJson).toList());
      out.println(Json.text(answer));
    } else {
      loaded.problems().forEach(out::println);
      results.stream().filter(result -> !result.holds()).forEach(result -> print(out, result));
      if (loaded.hasErrors()) {
        out.printf("%s: nothing was tested%n", Problems.counted(loaded.problems()));
      } else if (none) {
        out.println(pattern == null ? "no tests there" : "no test's name has " + pattern);
      } else {
        out.printf("%d tests, %d failed%n", results.size(), failed);
      }
    }
    out.flush();
    return ok ? 0 : 1;
  }

  private Pattern wanted() throws Problem {
    try {
      return Pattern.compile(pattern == null ? "" : pattern);
    } catch (PatternSyntaxException e) {
      throw Problem.usage("--run " + pattern + " is no regular expression: " + e.getDescription());
    }
  }

  private static void print(PrintWriter out, TimelineResult result) {
    Timeline timeline = result.timeline();
    out.printf("FAIL %s:%d: %s%n", timeline.file(), timeline.line(), timeline.name());
    for (TimelineResult.Mismatch mismatch : result.mismatches()) {
      out.printf("  %s:%d: at %s%n", timeline.file(), mismatch.line(), mismatch.at());
      for (TimelineResult.Line line : mismatch.lines()) {
        out.printf("    %s %s%n", sign(line.mark()), line.text());
        String why = line.mark() == TimelineResult.Mark.MISSING ? "expected, not told" : line.why();
        String place = line.line() == 0 ? "" : "line " + line.line() + ": ";
        if (line.mark() != TimelineResult.Mark.SAME) {
          out.printf("        %s%s%n", place, why);
        }
      }
    }
    out.println();
  }

  private static String sign(TimelineResult.Mark mark) {
    return switch (mark) {
      case SAME -> " ";
      case MISSING -> "-";
      case UNEXPECTED -> "+";
      case DIFFERENT -> "~";
    };
  }

  private static Map<String, Object> asJson(TimelineResult result) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("file", result.timeline().file().toString());
    row.put("line", result.timeline().line());
    row.put("name", result.timeline().name());
    row.put("ok", result.holds());
    row.put("signals", result.signals());
    List<Map<String, Object>> failures = new ArrayList<>();
    for (TimelineResult.Mismatch mismatch : result.mismatches()) {
      Map<String, Object> failure = new LinkedHashMap<>();
      failure.put("line", mismatch.line());
      failure.put("at", mismatch.at());
      List<Map<String, Object>> lines = new ArrayList<>();
      for (TimelineResult.Line line : mismatch.lines()) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("mark", line.mark().name().toLowerCase(java.util.Locale.ROOT));
        one.put("line", line.line() == 0 ? null : line.line());
        one.put("signal", line.text());
        one.put("why", line.why().isEmpty() ? null : line.why());
        lines.add(one);
      }
      failure.put("signals", lines);
      failures.add(failure);
    }
    row.put("failures", failures);
    return row;
  }
}
