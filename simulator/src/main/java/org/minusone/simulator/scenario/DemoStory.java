package org.minusone.simulator.scenario;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.minusone.model.Family;
import org.minusone.model.Quantity;
import org.minusone.model.Sensor;

/**
 * The demo: a quiet site, and every ten minutes four things go wrong one after the other, at other
 * sensors each time (see {@link Stories} for the timetable).
 */
final class DemoStory implements Scenario {
  static final String NAME = "demo";

  /** From one set of stories to the next; longer than the longest of them. */
  static final long CYCLE_MS = Duration.ofMinutes(10).toMillis();

  /** How much calm is shown of each story sensor before ready, and how densely. */
  static final long PAST_MS = Duration.ofMinutes(30).toMillis();

  static final long PAST_STEP_MS = Duration.ofSeconds(20).toMillis();

  /** Samples in one PUBLISH of the past: keeps the payload to a few KiB. */
  private static final int SAMPLES_A_REPORT = 15;

  private final Setting setting;
  private final Background background;
  private final Stories stories;
  private final List<Sensor> sensors;
  private final List<Part> parts;

  /** One story and who may play it, in order. */
  private record Part(List<Sensor> candidates, Telling telling) {
    Sensor of(long cycle) {
      return candidates.get((int) (cycle % candidates.size()));
    }
  }

  @FunctionalInterface
  private interface Telling {
    Episode at(Sensor sensor, long zeroMs);
  }

  DemoStory(Setting setting) {
    this.setting = setting;
    this.background = new Background(setting.seed(), setting.zone());
    Limits limits = new Limits(setting.site());
    this.stories = new Stories(background, limits);
    this.sensors = Cast.byId(setting);
    Cast cast = new Cast(setting);
    List<Part> all =
        List.of(
            new Part(
                limits.ordinary(
                    cast.candidates(Family.HAZMAT_STORAGE, Quantity.TEMPERATURE),
                    Quantity.TEMPERATURE),
                stories::coolingFails),
            new Part(cast.candidates(Family.FLOOD_POINT, Quantity.DEPTH), stories::cloudburst),
            new Part(
                cast.candidates(Family.ELECTRICAL, Quantity.TEMPERATURE), stories::looseTerminal),
            new Part(cast.candidates(Family.SMOKE, Quantity.OBSCURATION), stories::smouldering));
    this.parts = all.stream().filter(part -> !part.candidates().isEmpty()).toList();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Report> before(Instant now) {
    return before(now, parts.stream().map(part -> part.of(0)).toList());
  }

  /** The past of {@code stars}, then one report of each sensor. */
  private List<Report> before(Instant now, List<Sensor> stars) {
    long nowMs = now.toEpochMilli();
    List<Report> reports = new ArrayList<>();
    for (Sensor star : stars) {
      addPast(star, nowMs, reports);
    }
    for (Sensor sensor : sensors) {
      if (nowMs > setting.newestMs(sensor.id())) {
        reports.add(new Report(sensor.id(), sensor.family(), List.of(calm(sensor, nowMs))));
      }
    }
    return reports;
  }

  private void addPast(Sensor sensor, long nowMs, List<Report> reports) {
    List<Sample> samples = new ArrayList<>();
    for (long t = nowMs - PAST_MS; t < nowMs; t += PAST_STEP_MS) {
      if (t > setting.newestMs(sensor.id())) {
        samples.add(calm(sensor, t));
      }
      boolean last = t + PAST_STEP_MS >= nowMs;
      if (!samples.isEmpty() && (last || samples.size() == SAMPLES_A_REPORT)) {
        reports.add(new Report(sensor.id(), sensor.family(), samples));
        samples = new ArrayList<>();
      }
    }
  }

  private Sample calm(Sensor sensor, long timeMs) {
    return new Sample(timeMs, background.values(sensor, timeMs));
  }

  @Override
  public Iterator<Report> from(Instant zero) {
    return new Timeline(background, sensors, zero.toEpochMilli(), CYCLE_MS, this::episodes);
  }

  /** What goes wrong in a cycle; other scenarios add theirs. */
  List<Episode> episodes(long cycle, long zeroMs) {
    return parts.stream().map(part -> part.telling().at(part.of(cycle), zeroMs)).toList();
  }

  @Override
  public List<Planned> plan(Instant zero) {
    return episodes(0, zero.toEpochMilli()).stream()
        .map(Episode::plan)
        .sorted(Comparator.comparing(Planned::onset))
        .toList();
  }

  Background background() {
    return background;
  }

  List<Sensor> sensors() {
    return sensors;
  }
}
