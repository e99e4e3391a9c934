package org.minusone.simulator.publish;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.minusone.simulator.scenario.Report;
import org.minusone.simulator.scenario.Sample;
import org.minusone.simulator.scenario.Value;

/** The canonical JSON: ThingsBoard's {@code {"ts":…,"values":{…}}}, or an array of those. */
final class Payload {
  private Payload() {}

  static byte[] of(Report report) {
    List<Sample> samples = report.samples();
    StringBuilder json = new StringBuilder(96 * samples.size());
    if (samples.size() == 1) {
      append(json, samples.get(0));
    } else {
      char before = '[';
      for (Sample sample : samples) {
        json.append(before);
        append(json, sample);
        before = ',';
      }
      json.append(']');
    }
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void append(StringBuilder json, Sample sample) {
    json.append("{\"ts\":").append(sample.timeMs()).append(",\"values\":");
    char before = '{';
    for (Value value : sample.values()) {
      json.append(before).append('"').append(value.quantity().id()).append("\":");
      if (value.word() == null) {
        number(json, value.number());
      } else {
        // One of the quantity's own words: letters and hyphens, nothing to escape.
        json.append('"').append(value.word()).append('"');
      }
      before = ',';
    }
    if (before == '{') {
      json.append('{');
    }
    json.append("}}");
  }

  private static void number(StringBuilder json, double number) {
    if (number == Math.rint(number) && Math.abs(number) < 1e15) {
      json.append((long) number);
    } else {
      json.append(number);
    }
  }
}
