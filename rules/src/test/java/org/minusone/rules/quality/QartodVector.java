package org.minusone.rules.quality;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.minusone.model.QualityFlag;
import org.minusone.model.QualityTests.SpikeMethod;
import org.minusone.model.QualityTests.Spread;

/**
 * One line of a vector file, {@code {"test", "params", "time_s", "value", "flag"}}, and what our
 * tests make of it. A line that is not wholly understood is an error, not a skip.
 *
 * <p>What ioos_qc knows only of a series as a whole is worked out here and handed to the streaming
 * test: the median interval, the flag of the first reading of a gap test, and an attenuated signal
 * without a period. It counts in whole seconds, and so do we here.
 */
final class QartodVector {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final Set<String> KEYS = Set.of("test", "params", "time_s", "value", "flag");

  private final String test;
  private final JsonNode params;
  private final double[] timeS;
  private final double[] value;
  private final int[] expected;
  private final Set<String> asked = new TreeSet<>();

  private QartodVector(JsonNode json) {
    require(json.isObject(), "no object");
    Set<String> keys = new TreeSet<>();
    json.fieldNames().forEachRemaining(keys::add);
    require(keys.equals(KEYS), "keys " + keys + ", expected " + new TreeSet<>(KEYS));
    require(json.get("test").isTextual(), "test is no text");
    test = json.get("test").textValue();
    params = json.get("params");
    require(params.isObject(), "params is no object");
    expected = ints(json.get("flag"));
    timeS = json.get("time_s").isNull() ? null : doubles(json.get("time_s"), false);
    value = json.get("value").isNull() ? null : doubles(json.get("value"), true);
    require(expected.length > 0, "no flags");
    require(timeS == null || timeS.length == expected.length, "time_s and flag differ in length");
    require(value == null || value.length == expected.length, "value and flag differ in length");
  }

  /**
   * @throws IllegalArgumentException if the line is not a vector
   */
  static QartodVector of(String line) {
    try {
      return new QartodVector(JSON.readTree(line));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON: " + e.getOriginalMessage(), e);
    }
  }

  List<Integer> expected() {
    return Arrays.stream(expected).boxed().toList();
  }

  String test() {
    return test;
  }

  /**
   * @throws IllegalArgumentException for a test or a parameter there is not
   */
  List<Integer> flags() {
    QualityFlag[] flags =
        switch (test) {
          case "gross_range" -> grossRange();
          case "spike" -> spike();
          case "rate_of_change" -> rateOfChange();
          case "flat_line" -> flatLine();
          case "attenuated_signal" -> attenuatedSignal();
          case "time_gap" -> timeGap();
          case "aggregate" -> aggregate();
          default -> throw new IllegalArgumentException("unknown test: " + test);
        };
    Set<String> unknown = new TreeSet<>();
    params.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(asked);
    require(unknown.isEmpty(), test + " has no parameter " + unknown);
    return Arrays.stream(flags).map(QualityFlag::code).toList();
  }

  private QualityFlag[] grossRange() {
    double[] fail = span("fail_span", true);
    double[] suspect = span("suspect_span", false);
    GrossRange range = new GrossRange(fail[0], fail[1], suspect[0], suspect[1]);
    return each(i -> range.of(value[i]));
  }

  private QualityFlag[] spike() {
    Spike spike =
        new Spike(
            number("suspect_threshold", 0),
            number("fail_threshold", 0),
            switch (text("method", "average")) {
              case "average" -> SpikeMethod.AVERAGE;
              case "differential" -> SpikeMethod.DIFFERENTIAL;
              default -> throw new IllegalArgumentException("unknown method");
            });
    return each(
        i ->
            spike.of(
                i == 0 ? Double.NaN : value[i - 1],
                value[i],
                i == value.length - 1 ? Double.NaN : value[i + 1]));
  }

  private QualityFlag[] rateOfChange() {
    RateOfChange rate =
        new RateOfChange(
            number("threshold_per_s", Double.NaN), number("fail_threshold_per_s", Double.NaN));
    times();
    return each(
        i ->
            i == 0
                ? rate.of(Double.NaN, value[0], 0)
                : rate.of(value[i - 1], value[i], Math.floor(timeS[i] - timeS[i - 1])));
  }

  private QualityFlag[] flatLine() {
    double suspectS = Math.floor(number("suspect_threshold_s", Double.NaN));
    double failS = Math.floor(number("fail_threshold_s", Double.NaN));
    double tolerance = number("tolerance", 0);
    times();
    if (timeS.length < 3) {
      return each(i -> QualityFlag.PASS);
    }
    double interval = medianInterval();
    FlatLine line =
        new FlatLine((long) (suspectS / interval), (long) (failS / interval), tolerance);
    FlatRun run = new FlatRun(Integer.MAX_VALUE);
    return each(i -> line.of(run, i, value[i]));
  }

  private QualityFlag[] attenuatedSignal() {
    double suspect = number("suspect_threshold", Double.NaN);
    double fail = number("fail_threshold", Double.NaN);
    double periodS = number("test_period_s", 0);
    double minReadings = number("min_obs", Double.NaN);
    double minPeriodS = number("min_period_s", number("min_period", Double.NaN));
    Spread spread =
        switch (text("check_type", "std")) {
          case "std" -> Spread.STANDARD_DEVIATION;
          case "range" -> Spread.RANGE;
          default -> throw new IllegalArgumentException("unknown check_type");
        };
    times();
    Window window = new Window(Integer.MAX_VALUE);
    if (periodS == 0) {
      AttenuatedSignal signal = new AttenuatedSignal(suspect, fail, Long.MAX_VALUE, 1, spread);
      QualityFlag of = QualityFlag.NOT_EVALUATED;
      for (int i = 0; i < value.length; i++) {
        if (!Double.isNaN(value[i])) {
          of = signal.of(window, ms(timeS[i]), value[i]);
        }
      }
      QualityFlag whole = of;
      return each(i -> Double.isNaN(value[i]) ? QualityFlag.MISSING : whole);
    }
    double min = 1;
    if (!Double.isNaN(minReadings)) {
      min = minReadings;
    } else if (!Double.isNaN(minPeriodS)) {
      min = Math.floor(minPeriodS / medianInterval());
    }
    AttenuatedSignal signal = new AttenuatedSignal(suspect, fail, ms(periodS), (int) min, spread);
    return each(i -> signal.of(window, ms(timeS[i]), value[i]));
  }

  private QualityFlag[] timeGap() {
    long failMs = (long) (number("fail_span_h", 2) * 3600) * 1000;
    Gap gap = new Gap(Long.MAX_VALUE, failMs);
    times();
    QualityFlag[] flags = new QualityFlag[timeS.length];
    for (int i = 1; i < flags.length; i++) {
      flags[i] = gap.of(ms(timeS[i]) - ms(timeS[i - 1]));
    }
    flags[0] = flags.length > 1 ? flags[1] : QualityFlag.PASS;
    return flags;
  }

  private QualityFlag[] aggregate() {
    JsonNode vectors = param("vectors");
    require(vectors != null && vectors.isArray() && !vectors.isEmpty(), "aggregate of nothing");
    QualityFlag[] all = new QualityFlag[expected.length];
    Arrays.fill(all, QualityFlag.MISSING);
    for (JsonNode vector : vectors) {
      int[] flags = ints(vector);
      require(flags.length == all.length, "vectors differ in length");
      for (int i = 0; i < all.length; i++) {
        all[i] = Flags.worse(all[i], QualityFlag.of(flags[i]));
      }
    }
    return all;
  }

  @FunctionalInterface
  private interface At {
    QualityFlag flag(int i);
  }

  private QualityFlag[] each(At at) {
    require(value != null, test + " needs values");
    QualityFlag[] flags = new QualityFlag[value.length];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = at.flag(i);
    }
    return flags;
  }

  /** In whole seconds. */
  private double medianInterval() {
    if (timeS.length < 2) {
      return Double.NaN;
    }
    double[] intervals = new double[timeS.length - 1];
    for (int i = 0; i < intervals.length; i++) {
      intervals[i] = timeS[i + 1] - timeS[i];
    }
    Arrays.sort(intervals);
    int middle = intervals.length / 2;
    return Math.floor(
        intervals.length % 2 == 1
            ? intervals[middle]
            : (intervals[middle - 1] + intervals[middle]) / 2);
  }

  private static long ms(double seconds) {
    return Math.round(seconds * 1000);
  }

  private void times() {
    require(timeS != null, test + " needs times");
  }

  private JsonNode param(String name) {
    asked.add(name);
    JsonNode node = params.get(name);
    return node == null || node.isNull() ? null : node;
  }

  private double number(String name, double otherwise) {
    JsonNode node = param(name);
    require(node == null || node.isNumber(), name + " is no number");
    return node == null ? otherwise : node.doubleValue();
  }

  private String text(String name, String otherwise) {
    JsonNode node = param(name);
    require(node == null || node.isTextual(), name + " is no text");
    return node == null ? otherwise : node.textValue();
  }

  private double[] span(String name, boolean needed) {
    JsonNode node = param(name);
    require(!needed || node != null, name + " is missing");
    if (node == null) {
      return new double[] {Double.NaN, Double.NaN};
    }
    double[] span = doubles(node, false);
    require(span.length == 2, name + " has not two ends");
    Arrays.sort(span);
    return span;
  }

  private static double[] doubles(JsonNode array, boolean mayMiss) {
    require(array.isArray(), "no list: " + array);
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      JsonNode node = array.get(i);
      require(node.isNumber() || mayMiss && node.isNull(), "no number: " + node);
      values[i] = node.isNull() ? Double.NaN : node.doubleValue();
    }
    return values;
  }

  private static int[] ints(JsonNode array) {
    require(array.isArray(), "no list: " + array);
    List<Integer> values = new ArrayList<>();
    for (Iterator<JsonNode> each = array.elements(); each.hasNext(); ) {
      JsonNode node = each.next();
      require(node.isInt(), "no flag: " + node);
      values.add(QualityFlag.of(node.intValue()).code());
    }
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  private static void require(boolean held, String why) {
    if (!held) {
      throw new IllegalArgumentException(why);
    }
  }

  @Override
  public String toString() {
    return Map.of("test", test, "params", params.toString()).toString()
        + (timeS == null ? "" : " time_s " + Arrays.toString(timeS))
        + (value == null ? "" : " value " + Arrays.toString(value));
  }
}
