package org.minusone.rules.load;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.QualityFlag;
import org.minusone.model.QualityTests;
import org.minusone.model.QualityTests.Span;
import org.minusone.model.QualityTests.SpikeMethod;
import org.minusone.model.QualityTests.Spread;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;
import org.minusone.rules.quality.DefaultTests;

/**
 * {@code quality: {warn: suspect, alarm: fail, for: 10m}} and beside it {@code tests:}, what the
 * quantity is judged by. A test that is not named stays at the family's default; {@code off} takes
 * it away.
 */
final class QualityReader {
  private static final List<QualityFlag> FLAGS = List.of(QualityFlag.SUSPECT, QualityFlag.FAIL);

  /** More would not fit into the window that is kept. */
  private static final int MOST_READINGS = 256;

  private QualityReader() {}

  static Optional<Rule.Condition> quality(
      Section rule, Optional<Family> family, Optional<Quantity> quantity) {
    return quality(rule, family, quantity, Duration.ZERO);
  }

  /**
   * @param usual the on-delay where none is written
   */
  static Optional<Rule.Condition> quality(
      Section rule, Optional<Family> family, Optional<Quantity> quantity, Duration usual) {
    RuleReader.refuse(rule, "quality", "deadband", "forecast");
    Value condition = rule.take("quality").orElseThrow();
    Duration keepFiringFor =
        rule.take("keep_firing_for").flatMap(Value::duration).orElse(Duration.ZERO);
    Optional<Value> tests = rule.take("tests");
    Optional<Value> beside = rule.take("for");
    Optional<Section> section = condition.section();
    if (section.isEmpty()) {
      return Optional.empty();
    }
    Optional<Value> within = section.get().take("for");
    if (within.isPresent() && beside.isPresent()) {
      beside.get().error("'for' stands here twice: within 'quality' too");
    }
    Duration hold = within.or(() -> beside).flatMap(Value::duration).orElse(usual);
    Map<Level, QualityFlag> levels = levels(condition, section.get(), tests.isPresent());
    QualityTests judgedBy = null;
    if (tests.isPresent() && family.isPresent() && quantity.isPresent()) {
      judgedBy = tests(tests.get(), DefaultTests.of(family.get(), quantity.get()));
    }
    return levels.isEmpty() && tests.isEmpty()
        ? Optional.empty()
        : Optional.of(new Rule.Quality(levels, hold, keepFiringFor, judgedBy));
  }

  private static Map<Level, QualityFlag> levels(
      Value condition, Section section, boolean hasTests) {
    Map<Level, QualityFlag> levels = new EnumMap<>(Level.class);
    Map<Level, Value> places = new EnumMap<>(Level.class);
    for (Section.Entry entry : section.entries()) {
      if (entry.value().name().equals("for")) {
        continue;
      }
      Optional<Level> level = entry.key().word("level", Arrays.asList(Level.values()), Level::id);
      Optional<QualityFlag> flag = entry.value().word("flag", FLAGS, QualityReader::id);
      if (level.isPresent() && flag.isPresent()) {
        levels.put(level.get(), flag.get());
        places.put(level.get(), entry.value());
      }
    }
    if (section.entries().stream().allMatch(e -> e.value().name().equals("for")) && !hasTests) {
      condition.error("'quality' needs a level, for example {warn: suspect, alarm: fail}");
    }
    section.finish();
    Level milder = null;
    for (Level level : levels.keySet()) {
      if (milder != null && levels.get(level).code() <= levels.get(milder).code()) {
        places
            .get(level)
            .error("'" + level.id() + "' must be of a worse flag than '" + milder.id() + "'");
      }
      milder = level;
    }
    return levels;
  }

  private static <E extends Enum<E>> String id(E word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  private static QualityTests tests(Value value, QualityTests defaults) {
    Optional<Section> read = value.section();
    if (read.isEmpty()) {
      return defaults;
    }
    Section section = read.get();
    QualityTests tests =
        new QualityTests(
            test(section, "gross_range", defaults.grossRange(), QualityReader::grossRange),
            test(section, "spike", defaults.spike(), QualityReader::spike),
            test(section, "rate_of_change", defaults.rateOfChange(), QualityReader::rateOfChange),
            test(section, "flat_line", defaults.flatLine(), QualityReader::flatLine),
            test(
                section,
                "attenuated_signal",
                defaults.attenuatedSignal(),
                QualityReader::attenuatedSignal),
            test(section, "gap", defaults.gap(), QualityReader::gap));
    section.finish();
    return tests;
  }

  @FunctionalInterface
  private interface Read<T> {
    T from(Section section);
  }

  /** Null for {@code off}; the default where it is not named or not understood. */
  private static <T> T test(Section tests, String name, T otherwise, Read<T> read) {
    Optional<Value> value = tests.take(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    if (value.get().raw().filter(word -> word.equals("off") || word.equals("false")).isPresent()) {
      return null;
    }
    Optional<Section> section = value.get().section();
    if (section.isEmpty()) {
      return otherwise;
    }
    T test = read.from(section.get());
    section.get().finish();
    return test == null ? otherwise : test;
  }

  private static QualityTests.GrossRange grossRange(Section section) {
    Optional<Value> inner = section.take("suspect");
    Span fail = section.take("fail").flatMap(QualityReader::span).orElse(null);
    Span suspect = inner.flatMap(QualityReader::span).orElse(null);
    if (fail != null
        && suspect != null
        && !(fail.contains(suspect.low()) && fail.contains(suspect.high()))) {
      inner.get().error("'suspect' must lie within 'fail'");
    }
    needsOne(section, fail == null && suspect == null);
    return new QualityTests.GrossRange(fail, suspect);
  }

  private static QualityTests.Spike spike(Section section) {
    Double suspect = positive(section, "suspect");
    Double fail = positive(section, "fail");
    rises(section, suspect, fail);
    SpikeMethod method =
        section
            .take("method")
            .flatMap(v -> v.word("method", Arrays.asList(SpikeMethod.values()), QualityReader::id))
            .orElse(SpikeMethod.DIFFERENTIAL);
    return new QualityTests.Spike(suspect, fail, method);
  }

  private static QualityTests.RateOfChange rateOfChange(Section section) {
    Double suspect = positive(section, "suspect");
    Double fail = positive(section, "fail");
    rises(section, suspect, fail);
    Duration per =
        section.take("per").flatMap(Value::positiveDuration).orElse(Duration.ofMinutes(1));
    return new QualityTests.RateOfChange(suspect, fail, per);
  }

  private static QualityTests.FlatLine flatLine(Section section) {
    Duration suspect = duration(section, "suspect");
    Duration fail = duration(section, "fail");
    lengthens(section, suspect, fail);
    Optional<Value> tolerance = section.require("tolerance");
    double size = tolerance.map(QualityReader::positive).orElse(Double.NaN);
    Span resting = section.take("resting").flatMap(QualityReader::span).orElse(null);
    return Double.isNaN(size) ? null : new QualityTests.FlatLine(suspect, fail, size, resting);
  }

  private static QualityTests.AttenuatedSignal attenuatedSignal(Section section) {
    double suspect = section.require("suspect").map(QualityReader::positive).orElse(Double.NaN);
    double fail = section.require("fail").map(QualityReader::positive).orElse(Double.NaN);
    if (fail > suspect) {
      section.take("fail").orElseThrow().error("'fail' must be less than 'suspect': it is worse");
    }
    Optional<Duration> period = section.require("period").flatMap(Value::positiveDuration);
    Optional<Value> least = section.take("min_readings");
    double min = least.map(QualityReader::positive).orElse(2.0);
    if (min > MOST_READINGS || min != Math.rint(min)) {
      least.ifPresent(v -> v.error("'min_readings' must be a whole number up to " + MOST_READINGS));
    }
    Spread spread =
        section
            .take("spread")
            .flatMap(v -> v.word("spread", List.of(Spread.values()), QualityReader::spread))
            .orElse(Spread.STANDARD_DEVIATION);
    Span resting = section.take("resting").flatMap(QualityReader::span).orElse(null);
    if (Double.isNaN(suspect) || Double.isNaN(fail) || period.isEmpty() || Double.isNaN(min)) {
      return null;
    }
    return new QualityTests.AttenuatedSignal(
        suspect, fail, period.get(), (int) min, spread, resting);
  }

  private static String spread(Spread spread) {
    return switch (spread) {
      case STANDARD_DEVIATION -> "std";
      case RANGE -> "range";
    };
  }

  private static QualityTests.Gap gap(Section section) {
    Duration suspect = duration(section, "suspect");
    Duration fail = duration(section, "fail");
    lengthens(section, suspect, fail);
    return new QualityTests.Gap(suspect, fail);
  }

  /** {@code [low, high]}, or one number for both. */
  private static Optional<Span> span(Value value) {
    if (!value.isList()) {
      OptionalDouble number = value.number();
      return number.isEmpty()
          ? Optional.empty()
          : Optional.of(new Span(number.getAsDouble(), number.getAsDouble()));
    }
    List<OptionalDouble> ends =
        value.items().stream().map(item -> item.as(value.name()).number()).toList();
    if (ends.size() != 2) {
      value.error("'" + value.name() + "' must be [lowest, highest]");
      return Optional.empty();
    }
    if (ends.get(0).isEmpty() || ends.get(1).isEmpty()) {
      return Optional.empty();
    }
    double low = ends.get(0).getAsDouble();
    double high = ends.get(1).getAsDouble();
    if (low > high) {
      value.error("'" + value.name() + "' must be [lowest, highest]");
      return Optional.empty();
    }
    return Optional.of(new Span(low, high));
  }

  private static Double positive(Section section, String key) {
    Optional<Value> value = section.take(key);
    double number = value.map(QualityReader::positive).orElse(Double.NaN);
    return Double.isNaN(number) ? null : Double.valueOf(number);
  }

  private static double positive(Value value) {
    OptionalDouble number = value.number();
    if (number.isPresent() && number.getAsDouble() <= 0) {
      value.error("'" + value.name() + "' must be more than 0");
      return Double.NaN;
    }
    return number.orElse(Double.NaN);
  }

  private static Duration duration(Section section, String key) {
    return section.take(key).flatMap(Value::positiveDuration).orElse(null);
  }

  private static void rises(Section section, Double suspect, Double fail) {
    if (suspect != null && fail != null && fail < suspect) {
      section.take("fail").orElseThrow().error("'fail' must be more than 'suspect': it is worse");
    }
    needsOne(section, suspect == null && fail == null);
  }

  private static void lengthens(Section section, Duration suspect, Duration fail) {
    if (suspect != null && fail != null && fail.compareTo(suspect) < 0) {
      section.take("fail").orElseThrow().error("'fail' must be longer than 'suspect'");
    }
    needsOne(section, suspect == null && fail == null);
  }

  private static void needsOne(Section section, boolean hasNone) {
    List<String> limits = List.of("suspect", "fail");
    // A misspelt one will be spoken of by finish().
    if (hasNone && limits.stream().noneMatch(section::has) && !section.hasUnknownLike(limits)) {
      section.whole().error("'" + section.whole().name() + "' needs 'suspect' or 'fail', or both");
    }
  }
}
