package org.minusone.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.minusone.app.site.SiteDifference;
import org.minusone.app.site.SiteTable;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.codec.Json;
import org.minusone.rules.load.SiteLoader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "apply",
    mixinStandardHelpOptions = true,
    description = {
      "Publishes a site's files as a version to the running system, and says what it changes.",
      "It is live at once, without a restart: sensors, gateways, payload formats, rules and crews.",
      "Files with errors are refused as they stand; exit 1.",
      "With --config: to the roles that run on that Kafka, or will."
    })
final class SiteApplyCommand implements Callable<Integer> {
  private static final int FEW = 8;

  @Spec private CommandSpec spec;
  @Mixin private LiveSites system;

  @Parameters(paramLabel = "DIR", description = "The site's files.")
  private Path directory;

  @Option(names = "--dry-run", description = "Only says what would change.")
  private boolean dryRun;

  @Option(
      names = "--new",
      description = "The site is a further one beside those that are live; else its id is a slip.")
  private boolean further;

  @Option(names = "--json", description = "Problems and changes as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    SiteLoader.Loaded loaded = SiteFiles.load(directory);
    PrintWriter out = spec.commandLine().getOut();
    if (!json) {
      loaded.problems().forEach(out::println);
    }
    if (loaded.hasErrors()) {
      refuse(out, loaded);
      return 1;
    }
    try (SiteTable table = system.open(!dryRun)) {
      Optional<SiteVersion> live = table.live(loaded.draft().site());
      requireMeant(table, loaded.draft().site());
      SiteVersion next = asDemonstration(loaded, live);
      SiteDifference difference = SiteDifference.between(live.orElse(null), next);
      int before = live.map(SiteVersion::version).orElse(0);
      int version = dryRun || isSame(live, difference) ? before : publish(table, next);
      if (json) {
        out.println(Json.text(answer(loaded, difference, before, version)));
      } else {
        out.println(headline(next, live, difference, version));
        print(out, difference);
      }
    }
    out.flush();
    return 0;
  }

  private void refuse(PrintWriter out, SiteLoader.Loaded loaded) {
    if (json) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("ok", false);
      answer.put("problems", Problems.asJson(loaded.problems()));
      out.println(Json.text(answer));
    } else {
      out.printf("%s in %s: nothing was applied%n", Problems.counted(loaded.problems()), directory);
    }
    out.flush();
  }

  /** A mistyped id would quietly make a second site, and leave the first as it is. */
  private void requireMeant(SiteTable table, SiteId site) throws Problem {
    List<String> live = table.sites().stream().map(one -> one.site().value()).sorted().toList();
    if (!live.isEmpty() && !live.contains(site.value()) && !further) {
      throw Problem.failed(
          "%s is not live here, %s is: set the id in %s, or say --new to add a site"
              .formatted(site, String.join(", ", live), directory.resolve("site.yaml")));
    }
  }

  /** Where the files say nothing, simulated readings stay marked as such. */
  private static SiteVersion asDemonstration(SiteLoader.Loaded loaded, Optional<SiteVersion> live) {
    boolean stays =
        loaded.demonstration().isEmpty() && live.filter(SiteVersion::demonstration).isPresent();
    return stays ? loaded.draft().asDemonstration() : loaded.draft();
  }

  private static boolean isSame(Optional<SiteVersion> live, SiteDifference difference) {
    return live.isPresent() && difference.isNone();
  }

  private static int publish(SiteTable table, SiteVersion next) throws Exception {
    try {
      return table.publish(next, Starting.person(), Instant.now());
    } catch (IllegalStateException e) {
      throw Problem.failed(e.getMessage());
    }
  }

  private String headline(
      SiteVersion site, Optional<SiteVersion> live, SiteDifference difference, int version) {
    if (isSame(live, difference)) {
      return "%s: nothing changes, version %d is live".formatted(site.site(), version);
    }
    if (dryRun) {
      return "%s: would become version %d%s; nothing was applied"
          .formatted(site.site(), version + 1, version == 0 ? "" : " after " + version);
    }
    return "%s: version %d is live%s"
        .formatted(
            site.site(),
            version,
            live.map(one -> ", after version " + one.version()).orElse(", the first"));
  }

  private static void print(PrintWriter out, SiteDifference difference) {
    if (!difference.about().isEmpty()) {
      out.printf("  %-9s %s%n", "site", String.join(", ", difference.about()));
    }
    difference
        .parts()
        .forEach(
            (kind, part) -> {
              line(out, kind, "added", part.added());
              line(out, kind, "removed", part.removed());
              line(out, kind, "changed", part.changed().stream().map(c -> told(c)).toList());
            });
  }

  private static String told(SiteDifference.Change change) {
    return change.id() + " (" + String.join(", ", change.what()) + ")";
  }

  private static void line(PrintWriter out, String kind, String what, List<String> ids) {
    if (ids.isEmpty()) {
      return;
    }
    String rest = ids.size() > FEW ? " and %d more".formatted(ids.size() - FEW) : "";
    out.printf(
        "  %-9s %5d %-8s %s%s%n",
        kind, ids.size(), what, ids.stream().limit(FEW).collect(Collectors.joining(", ")), rest);
  }

  private Map<String, Object> answer(
      SiteLoader.Loaded loaded, SiteDifference difference, int before, int version) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("ok", true);
    answer.put("problems", Problems.asJson(loaded.problems()));
    answer.put("site", loaded.draft().site().value());
    answer.put("before", before == 0 ? null : before);
    answer.put("live", version == 0 ? null : version);
    answer.put("applied", version != before);
    Map<String, Object> changes = new LinkedHashMap<>();
    changes.put("site", new ArrayList<>(difference.about()));
    changes.putAll(difference.parts());
    answer.put("changes", changes);
    return answer;
  }
}
