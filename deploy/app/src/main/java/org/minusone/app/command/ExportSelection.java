package org.minusone.app.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.minusone.model.Family;
import org.minusone.model.Quantity;
import org.minusone.model.Run;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.port.SeriesReader.Selection;
import org.minusone.rules.load.NearestWord;
import picocli.CommandLine.Option;

/** Which readings are meant. */
final class ExportSelection {
  /** No site's reading is stored further ahead of its arrival (CONTRACTS §2). */
  private static final Duration MOST_AHEAD = Duration.ofMinutes(1);

  @Option(
      names = "--site",
      paramLabel = "ID",
      description = "The site, or a run of it, site@run (default: the site that is live).")
  private String site;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description =
          "First time, 2026-03-01T10:00:00+08:00; a date means its midnight UTC (default: the"
              + " first reading's).")
  private String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "End of time, exclusive (default: everything up to now).")
  private String to;

  @Option(
      names = "--sensor",
      paramLabel = "ID",
      split = ",",
      description = "Only of this sensor; may be given several times.")
  private List<String> sensors = new ArrayList<>();

  @Option(
      names = "--quantity",
      paramLabel = "WORD",
      split = ",",
      description = "Only of this quantity: temperature, state, …; may be given several times.")
  private List<String> quantities = new ArrayList<>();

  @Option(
      names = "--family",
      paramLabel = "WORD",
      split = ",",
      description = "Only of this family: smoke, electrical, …; may be given several times.")
  private List<String> families = new ArrayList<>();

  /**
   * Looks at what can be looked at without a connection.
   *
   * @throws Problem for what is no time, no site and so on
   */
  void check() throws Problem {
    Instant begin = from();
    Instant end = Moments.parse(to, "--to");
    if (begin != null && end != null && !begin.isBefore(end)) {
      throw Problem.usage(
          "--from %s is not before --to %s: nothing lies there".formatted(from, to));
    }
    if (site != null && !SiteId.isValid(site)) {
      throw Problem.usage("--site " + site + " is no site: fubao, or fubao@r17 for a run");
    }
    for (String sensor : sensors) {
      if (!SensorId.isValid(sensor)) {
        throw Problem.usage("--sensor " + sensor + " is no sensor id: H-07");
      }
    }
    words(quantities, "--quantity", Quantity::find, Quantity.values(), Quantity::id);
    words(families, "--family", Family::find, Family.values(), Family::id);
  }

  /** Null where none was named. */
  Instant from() throws Problem {
    return Moments.parse(from, "--from");
  }

  /**
   * @throws Problem for a site or sensor that nobody knows and the store has nothing of
   */
  Selection of(SeriesSource source) throws Problem {
    SiteId meant = site == null ? only(source) : new SiteId(site);
    Selection everything = Selection.of(meant, Instant.EPOCH, end(source, meant));
    if (site != null && !isKnown(source, meant) && !source.has(everything)) {
      throw unknownSite(source, meant);
    }
    Set<SensorId> only = new HashSet<>();
    for (String name : sensors) {
      SensorId sensor = new SensorId(name);
      only.add(sensor);
      if (!source.isRegistered(meant, sensor)
          && !source.has(
              new Selection(
                  meant, Instant.EPOCH, everything.to(), Set.of(sensor), Set.of(), Set.of()))) {
        throw Problem.usage(
            "no sensor '%s' is registered at %s, and none of its readings is stored%s"
                .formatted(
                    name, meant.base(), NearestWord.suggestion(name, source.sensors(meant))));
      }
    }
    return new Selection(
        meant,
        from == null ? Instant.EPOCH : from(),
        everything.to(),
        only,
        words(quantities, "--quantity", Quantity::find, Quantity.values(), Quantity::id),
        words(families, "--family", Family::find, Family.values(), Family::id));
  }

  /** A run has times of its own, which may lie behind or ahead of the clock's. */
  private Instant end(SeriesSource source, SiteId meant) throws Problem {
    if (to != null) {
      return Moments.parse(to, "--to");
    }
    if (!meant.isRun()) {
      return Instant.now().plus(MOST_AHEAD);
    }
    Instant newest = source.newest(meant);
    return newest == null ? Instant.EPOCH : newest.plusMillis(1);
  }

  private static SiteId only(SeriesSource source) throws Problem {
    List<SiteId> live = source.sites().sites().stream().map(SiteVersion::site).sorted().toList();
    if (live.isEmpty()) {
      throw Problem.failed("no site is live there: name whose readings you want, --site ID");
    }
    if (live.size() > 1) {
      throw Problem.usage(
          "several sites are live: name one, --site "
              + String.join(" or --site ", live.stream().map(SiteId::value).toList()));
    }
    return live.get(0);
  }

  private static boolean isKnown(SeriesSource source, SiteId meant) {
    return meant.isRun()
        ? source.sites().run(meant).isPresent()
        : source.sites().live(meant).isPresent();
  }

  private static Problem unknownSite(SeriesSource source, SiteId meant) {
    Collection<String> known =
        Stream.concat(
                source.sites().sites().stream().map(SiteVersion::site),
                source.sites().runs().stream().map(Run::site))
            .map(SiteId::value)
            .filter(id -> meant.isRun() == id.contains("@"))
            .sorted()
            .toList();
    String near = NearestWord.suggestion(meant.value(), known);
    return Problem.usage(
        "no %s '%s' is known there, and no reading of it is stored%s"
            .formatted(
                meant.isRun() ? "run" : "site",
                meant,
                near.isEmpty() && !known.isEmpty() ? "; there are " + few(known) : near));
  }

  private static String few(Collection<String> known) {
    List<String> first = known.stream().limit(5).toList();
    return String.join(", ", first) + (known.size() > first.size() ? ", …" : "");
  }

  private static <T> Set<T> words(
      List<String> given,
      String option,
      Function<String, Optional<T>> find,
      T[] all,
      Function<T, String> id)
      throws Problem {
    Set<T> found = new HashSet<>();
    for (String word : given) {
      Optional<T> one = find.apply(word);
      if (one.isEmpty()) {
        List<String> known = Arrays.stream(all).map(id).toList();
        String near = NearestWord.suggestion(word, known);
        throw Problem.usage(
            "%s knows no '%s'%s"
                .formatted(option, word, near.isEmpty() ? "; " + String.join(", ", known) : near));
      }
      found.add(one.get());
    }
    return found;
  }

  /** Why a good selection has no rows. */
  static String nothing(Selection selection) {
    StringBuilder of = new StringBuilder();
    list(of, "sensor", selection.sensors());
    list(of, "quantity", selection.quantities().stream().map(Quantity::id).toList());
    list(of, "family", selection.families().stream().map(Family::id).toList());
    return selection.from().equals(Instant.EPOCH)
        ? "no reading of %s%s is stored".formatted(selection.site(), of)
        : "no reading of %s%s is stored from %s to %s, exclusive"
            .formatted(selection.site(), of, selection.from(), selection.to());
  }

  private static void list(StringBuilder of, String kind, Collection<?> only) {
    if (!only.isEmpty()) {
      of.append(", ").append(kind).append(' ');
      of.append(String.join(" or ", only.stream().map(Object::toString).sorted().toList()));
    }
  }
}
