package org.minusone.app.command;

import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.minusone.app.decode.DryRun;
import org.minusone.app.site.SiteTable;
import org.minusone.ingest.decode.TopicName;
import org.minusone.model.CodecChoice;
import org.minusone.model.Family;
import org.minusone.model.SiteVersion;
import org.minusone.model.codec.Json;
import org.minusone.rules.load.NearestWord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "decode",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what one payload becomes, or why not, with ingest's own decoder. Nothing has to run.",
      "It says which format is spoken on the topic and why, each reading with its time, unit and"
          + " calibration, and each rejection with its reason. Exit 1 if anything was rejected.",
      "Without --site or --live every sensor is admitted; where its topic names no family, it is taken for"
          + " one of the family whose quantities fit best."
    },
    footer = {
      "",
      "Examples:",
      "  minusone decode --topic sites/fubao/smoke/S-0001/readings payload.json",
      "  minusone decode --site DIR --topic application/1/device/a1/event/up up.json",
      "  mosquitto_sub -C 1 -t app/a1/up | minusone decode --topic app/a1/up \\",
      "    --codec mapped-json --option sensor=/id --option values.depth=/d",
    })
public final class DecodeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      required = true,
      description = "Where the message came in.")
  private String topic;

  @Mixin private PayloadOption payload;

  @Option(
      names = "--site",
      paramLabel = "DIR",
      description = "The site's files: registry, formats, calibrations.")
  private Path directory;

  @Option(
      names = "--live",
      description = "The site as it is live, in the running instance or on --config's Kafka.")
  private boolean live;

  @Mixin private LiveSites system;
  @Mixin private CodecOptions codec;

  @Option(
      names = "--family",
      paramLabel = "FAMILY",
      description = "Without --site, of sensors whose topic names none: hazmat-storage, …")
  private String family;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description =
          "When it arrived: 2026-06-15T14:32:07+08:00, or epoch milliseconds (default: now).")
  private String at;

  @Option(
      names = "--client",
      paramLabel = "NAME",
      description = "Who published it, as the broker knows it: fubao/gw-7.")
  private String client;

  @Option(names = "--json", description = "The outcome as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (topic.isEmpty() || topic.contains("+") || topic.contains("#")) {
      throw Problem.usage("--topic '%s': a topic that a message came in on".formatted(topic));
    }
    TopicName name = TopicName.parse(topic);
    Instant arrival = at == null ? Instant.now().truncatedTo(ChronoUnit.MILLIS) : time(at);
    SiteVersion site = site();
    if (site != null && name.site() != null && !name.site().base().equals(site.site())) {
      throw Problem.usage(
          "the topic is of site %s, the files are %s's".formatted(name.site().base(), site.site()));
    }
    if (site != null && family != null) {
      throw Problem.usage("--family is for a payload without a site: the registry has its own");
    }
    Optional<CodecChoice> override = codec.choice(filter(name));
    DryRun dry = new DryRun(site, family());
    List<DryRun.Message> before = payload.before();
    DryRun.Message message = new DryRun.Message(topic, payload.read(System.in));
    DryRun.Outcome outcome =
        override.isPresent()
            ? dry.decode(override.get(), before, message, arrival, client)
            : dry.decode(before, message, arrival, client);
    DecodeReport report =
        new DecodeReport(message, arrival, outcome, override.isPresent(), site != null);
    if (json) {
      spec.commandLine().getOut().println(Json.text(report.asJson()));
    } else {
      report.print(spec.commandLine().getOut());
    }
    spec.commandLine().getOut().flush();
    return outcome.decoded().rejections().isEmpty() ? 0 : 1;
  }

  /** Null where none is meant. */
  private SiteVersion site() throws Exception {
    if (live && directory != null) {
      throw Problem.usage("one site: --site DIR or --live");
    }
    if (!live) {
      return directory == null ? null : Starting.site(directory).asIs();
    }
    try (SiteTable table = system.open(false)) {
      List<SiteVersion> sites = List.copyOf(table.sites());
      return sites.stream()
          .filter(site -> DryRun.isSpokenAt(site, topic))
          .min(Comparator.comparing(SiteVersion::site))
          .or(() -> sites.stream().min(Comparator.comparing(SiteVersion::site)))
          .orElseThrow(() -> Problem.failed("no site is live there: minusone site apply DIR"));
    }
  }

  /** All of the tree: what came before may have come on another topic of it. */
  private String filter(TopicName name) {
    return name.site() == null
        ? topic.split("/", -1)[0] + "/#"
        : "sites/" + name.site().base() + "/#";
  }

  private Family family() throws Problem {
    if (family == null) {
      return null;
    }
    List<String> known = Arrays.stream(Family.values()).map(Family::id).toList();
    return Family.find(family)
        .orElseThrow(
            () ->
                Problem.usage(
                    "no family '%s'%s; there are %s"
                        .formatted(
                            family,
                            NearestWord.suggestion(family, known),
                            String.join(", ", known))));
  }

  private static Instant time(String text) throws Problem {
    try {
      return text.matches("\\d{1,15}")
          ? Instant.ofEpochMilli(Long.parseLong(text))
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw Problem.usage(
          "--at %s is no time: write 2026-06-15T14:32:07+08:00 or epoch milliseconds"
              .formatted(text));
    }
  }
}
