package org.minusone.rules.load;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minusone.model.Family;
import org.minusone.model.QualityFlag;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.Rule;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.SiteId;
import org.minusone.model.Stamp;
import org.minusone.rules.timeline.Timeline.Step;

/** The steps of one timeline test. */
final class TimelineReader {
  /** {@code mm:ss} or {@code hh:mm:ss}, with fractions of a second. */
  private static final Pattern CLOCK =
      Pattern.compile("(?:(\\d{1,4}):)?(\\d{1,4}):(\\d{2})(?:\\.(\\d{1,3}))?");

  private final SiteId site;
  private final Instant start;
  private final Duration interval;
  private final Function<SensorId, Optional<Sensor>> sensors;
  private final List<String> named;
  private final List<Rule> rules;
  private boolean expects;
  private final Map<SensorId, Sensor> used = new LinkedHashMap<>();

  /**
   * @param interval between the values of a series that says nothing of it
   * @param sensors those there are
   * @param named ids that the tests themselves name, for the nearest word; a test with a single one
   *     need not say it
   * @param rules that are tested
   */
  TimelineReader(
      SiteId site,
      Instant start,
      Duration interval,
      Function<SensorId, Optional<Sensor>> sensors,
      List<String> named,
      List<Rule> rules) {
    this.site = site;
    this.start = start;
    this.interval = interval;
    this.sensors = sensors;
    this.named = named;
    this.rules = rules;
  }

  /** Sensors that readings came from. */
  Collection<Sensor> used() {
    return used.values();
  }

  List<Step> read(Section test) {
    List<Step> steps = new ArrayList<>();
    List<Expect> later = new ArrayList<>();
    Optional<Value> timeline = test.require("timeline");
    for (Value item : timeline.map(Value::items).orElse(List.of())) {
      item.as("step").section().ifPresent(section -> step(section, steps, later));
    }
    ExpectationReader expectations =
        new ExpectationReader(
            rules, used.keySet().stream().map(SensorId::value).toList(), this::at);
    for (Expect expect : later) {
      steps.add(
          Step.expect(
              expect.atMs,
              expect.section.whole().line(),
              expectations.list(expect.list),
              expect.others));
    }
    if (timeline.isPresent() && timeline.get().isList() && !expects) {
      test.whole().error("nothing is expected: a test without 'expect' cannot fail");
    }
    steps.sort(Comparator.comparingLong(Step::atMs).thenComparing(Step::kind));
    return steps;
  }

  /** Read once all sensors are known. */
  private record Expect(long atMs, Section section, Value list, boolean others) {}

  private void step(Section section, List<Step> steps, List<Expect> later) {
    OptionalLong at = section.require("at").map(this::at).orElse(OptionalLong.empty());
    boolean arrives = section.has("readings");
    Optional<Value> sensor = section.take("sensor");
    Optional<Value> readings = section.take("readings");
    Optional<Value> arriving = section.take("arriving");
    Optional<Value> quality = section.take("quality");
    boolean historical = section.take("historical").flatMap(Value::flag).orElse(false);
    if (arrives) {
      Optional<Sensor> from = sensor(section, sensor);
      OptionalLong arrival = arriving.map(this::at).orElse(at);
      QualityFlag flag = quality.flatMap(TimelineReader::flag).orElse(null);
      if (from.isPresent() && at.isPresent() && arrival.isPresent()) {
        long behind = arrival.getAsLong() - at.getAsLong();
        Source source =
            new Source(from.get(), behind, flag, historical ? Stamp.HISTORICAL : Stamp.OWN);
        readings(section.whole().line(), readings.get(), source, at.getAsLong(), steps);
      }
    } else {
      for (String word : List.of("sensor", "arriving", "quality", "historical")) {
        if (section.has(word)) {
          section.refuse(word, "wants 'readings' beside it");
        }
      }
    }
    section
        .take("input")
        .flatMap(v -> v.word("state of the input", List.of("lost", "back")))
        .filter(word -> at.isPresent())
        .ifPresent(
            word ->
                steps.add(Step.input(at.getAsLong(), section.whole().line(), word.equals("back"))));
    Optional<Value> expect = section.take("expect");
    Optional<Value> nothing = section.take("expect_nothing");
    boolean others = section.take("others").flatMap(Value::flag).orElse(false);
    expects |= expect.isPresent() || nothing.isPresent();
    if (nothing.isPresent() && nothing.get().flag().filter(on -> on).isEmpty()) {
      nothing.get().error("'expect_nothing' is true, or not written");
    } else if (expect.isPresent() && nothing.isPresent()) {
      section.whole().error("'expect' and 'expect_nothing' in one step");
    } else if (at.isPresent() && (expect.isPresent() || nothing.isPresent())) {
      later.add(new Expect(at.getAsLong(), section, expect.orElse(null), others));
    }
    if (!arrives && expect.isEmpty() && nothing.isEmpty() && !section.has("input")) {
      if (!section.hasUnknownLike(List.of("readings", "expect", "expect_nothing", "input"))) {
        section.whole().error("a step has 'readings', 'expect', 'expect_nothing' or 'input'");
      }
    }
    section.finish();
  }

  private Optional<Sensor> sensor(Section section, Optional<Value> written) {
    if (written.isEmpty()) {
      if (named.size() == 1) {
        return note(sensors.apply(new SensorId(named.get(0))));
      }
      section.whole().error("missing key 'sensor': there are " + named.size());
      return Optional.empty();
    }
    Optional<SensorId> id = TimelineLoader.sensorId(written.get());
    Optional<Sensor> sensor = id.flatMap(sensors);
    if (id.isPresent() && sensor.isEmpty()) {
      written
          .get()
          .error(
              Value.unknown("sensor", id.get().value(), named)
                  + " (name its family under 'sensors', or a 'site' that has it)");
    }
    return note(sensor);
  }

  private Optional<Sensor> note(Optional<Sensor> sensor) {
    sensor.ifPresent(s -> used.put(s.id(), s));
    return sensor;
  }

  /**
   * @param behindMs arrival − event time
   * @param flag null = the gross range decides
   */
  private record Source(Sensor sensor, long behindMs, QualityFlag flag, Stamp stamp) {}

  private void readings(int line, Value value, Source source, long atMs, List<Step> steps) {
    Family family = source.sensor.family();
    for (Section.Entry entry : value.section().map(Section::entries).orElse(List.of())) {
      Optional<Quantity> quantity =
          entry.key().word("quantity of " + family.id(), family.quantities(), Quantity::id);
      Optional<SeriesNotation.Series> series =
          quantity.flatMap(q -> SeriesNotation.read(entry.value(), q));
      if (series.isEmpty()) {
        continue;
      }
      long every = (series.get().every() == null ? interval : series.get().every()).toMillis();
      long timeMs = atMs;
      for (String written : series.get().values()) {
        if (written != null) {
          steps.add(Step.arrival(line, reading(quantity.get(), source, timeMs, written)));
        }
        timeMs += every;
      }
    }
  }

  private Reading reading(Quantity quantity, Source source, long timeMs, String written) {
    SensorKey key = new SensorKey(site, source.sensor.id());
    Family family = source.sensor.family();
    long arrivalMs = timeMs + source.behindMs;
    Reading plain =
        quantity.isWord()
            ? Reading.word(key, family, quantity, timeMs, arrivalMs, source.stamp, written)
            : Reading.number(
                key,
                family,
                quantity,
                timeMs,
                arrivalMs,
                source.stamp,
                Double.parseDouble(written));
    return source.flag == null
        ? plain
        : new Reading(
            plain.site(),
            family,
            plain.sensor(),
            quantity,
            timeMs,
            arrivalMs,
            source.stamp,
            plain.value(),
            plain.word(),
            source.flag);
  }

  private static Optional<QualityFlag> flag(Value value) {
    return value.word(
        "QARTOD flag", Arrays.asList(QualityFlag.values()), flag -> String.valueOf(flag.code()));
  }

  /** Epoch ms of a time on the timeline. */
  OptionalLong at(Value value) {
    Optional<String> text = value.text();
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    Matcher clock = CLOCK.matcher(text.get());
    if (clock.matches()) {
      long hours = clock.group(1) == null ? 0 : Long.parseLong(clock.group(1));
      long seconds =
          (hours * 60 + Long.parseLong(clock.group(2))) * 60 + Long.parseLong(clock.group(3));
      String fraction = clock.group(4) == null ? "" : clock.group(4);
      long ms = Long.parseLong((fraction + "000").substring(0, 3));
      return OptionalLong.of(start.toEpochMilli() + seconds * 1000 + ms);
    }
    Optional<Duration> duration = Durations.parse(text.get());
    if (duration.isEmpty()) {
      value.error(
          "'" + value.name() + "' must be mm:ss, hh:mm:ss or 1h30m, not '" + text.get() + "'");
      return OptionalLong.empty();
    }
    return OptionalLong.of(start.toEpochMilli() + duration.get().toMillis());
  }
}
