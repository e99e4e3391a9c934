package org.minusone.app.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.minusone.model.Family;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.Rule;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.rules.backtest.CsvReadings;
import org.minusone.rules.load.SiteLoader;
import org.minusone.rules.load.SiteNames;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which readings a backtest runs over: a file's, the series store's, or the topic's. */
final class BacktestInput {
  @Mixin private LiveSites system;

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Source source;

  static final class Source {
    @Option(
        names = "--input",
        paramLabel = "CSV",
        description = "Columns sensor,time,quantity,value, optional family,quality.")
    private Path input;

    @Option(
        names = "--from-store",
        required = true,
        description = "The series of a running system: --data or --config says which.")
    private boolean store;

    @Option(
        names = "--from-topic",
        required = true,
        description = {
          "The topic readings of a running system, as far as Kafka keeps it: what arrived, in its",
          "order, late readings and duplicates as well."
        })
    private boolean topic;
  }

  @Option(
      names = "--site",
      paramLabel = "DIR|ID",
      description = {
        "A site's files: says the families of its sensors where the rows have none, and its zone.",
        "Of a running system: the site, or a run of it, site@run (default: the one that is live)."
      })
  private String site;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "First time, 2026-03-01T10:00:00+08:00; a date means its midnight UTC.")
  private String from;

  @Option(names = "--to", paramLabel = "TIME", description = "End of time, exclusive.")
  private String to;

  private SiteLoader.Loaded files;

  /**
   * @param rules say the family of a quantity where nothing else does
   */
  Recorded read(List<Rule> rules) throws Exception {
    Instant first = Moments.parse(from, "--from");
    Instant end = Moments.parse(to, "--to");
    if (source.store) {
      return store(first, end);
    }
    return source.topic ? topic(first, end) : csv(rules, first, end);
  }

  /** The site's files; null where none were named. */
  SiteVersion files() throws Problem {
    if (files == null
        && site != null
        && (source.input != null || Files.isDirectory(Path.of(site)))) {
      files = SiteFiles.load(Path.of(site));
      if (files.draft() == null) {
        throw Problem.usage("--site " + site + " has errors: minusone site check " + site);
      }
    }
    return files == null ? null : files.draft();
  }

  /** What rules may name. */
  SiteNames names() throws Problem {
    return files() == null ? SiteNames.UNKNOWN : files.names();
  }

  private Recorded csv(List<Rule> rules, Instant first, Instant end) throws Problem, IOException {
    SiteVersion known = files();
    var byRules = CsvReadings.familiesOf(rules);
    CsvReadings csv =
        new CsvReadings(
            new SiteId("backtest"),
            (sensor, quantity) ->
                family(known, sensor, quantity).or(() -> byRules.apply(sensor, quantity)));
    try (BufferedReader in = Files.newBufferedReader(source.input)) {
      CsvReadings.Content content = csv.read(in);
      return new Recorded(
          source.input.toString(),
          Sha256.of(source.input),
          within(content.readings(), first, end),
          content.badRows(),
          content.outOfOrder(),
          content.problems());
    } catch (NoSuchFileException e) {
      throw Problem.usage("cannot read " + source.input + ": name a CSV file that exists");
    } catch (CharacterCodingException e) {
      throw Problem.usage(source.input + " is no CSV file: it is not text in UTF-8");
    } catch (IllegalArgumentException e) {
      throw Problem.usage(source.input + ": " + e.getMessage());
    }
  }

  private static List<Reading> within(List<Reading> readings, Instant first, Instant end) {
    if (first == null && end == null) {
      return readings;
    }
    long low = first == null ? Long.MIN_VALUE : first.toEpochMilli();
    long high = end == null ? Long.MAX_VALUE : end.toEpochMilli();
    return readings.stream().filter(r -> r.timeMs() >= low && r.timeMs() < high).toList();
  }

  private static Optional<Family> family(SiteVersion site, SensorId sensor, Quantity quantity) {
    return site == null
        ? Optional.empty()
        : site.sensor(sensor)
            .map(known -> known.family())
            .filter(family -> family.quantities().contains(quantity));
  }

  private Recorded topic(Instant first, Instant end) throws Exception {
    LiveSites.Kafka kafka = system.kafka();
    SiteId id = siteId();
    TopicReadings topic = new TopicReadings();
    List<Reading> readings = topic.read(kafka, id, first, end);
    requireSome(readings, id);
    String name = "topic " + kafka.topics().readings() + " of " + id;
    return new Recorded(name, null, readings, topic.bad(), 0, List.of());
  }

  private Recorded store(Instant first, Instant end) throws Exception {
    SiteId id = siteId();
    List<Reading> readings = StoreReadings.read(system, id, first, end);
    requireSome(readings, id);
    return new Recorded("series of " + id, null, readings, 0, 0, List.of());
  }

  private static void requireSome(List<Reading> readings, SiteId id) throws Problem {
    if (readings.isEmpty()) {
      throw Problem.failed("there is no reading of " + id + " in that time");
    }
  }

  private SiteId siteId() throws Exception {
    SiteVersion draft = files();
    if (draft != null) {
      return draft.site();
    }
    if (site != null) {
      if (!SiteId.isValid(site)) {
        throw Problem.usage("--site " + site + " is neither a folder nor a site's id");
      }
      return new SiteId(site);
    }
    try (var table = system.open(false)) {
      List<SiteId> live = table.sites().stream().map(SiteVersion::site).sorted().toList();
      if (live.size() != 1) {
        throw Problem.usage("name the --site: " + live);
      }
      return live.get(0);
    }
  }
}
