package org.minusone.ingest.decode;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.minusone.model.Family;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.RejectionReason;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.SiteId;
import org.minusone.model.Stamp;

/** One message on its way to readings and rejections, aimed at one sensor after another. */
final class Message implements ThingsBoardJson.Entries {
  /** A stamp further ahead of its arrival is replaced (CONTRACTS §2.1). */
  static final long MOST_AHEAD_MS = 60_000;

  /** 2000-01-01; an earlier stamp is a clock that was never set, or seconds for milliseconds. */
  static final long EARLIEST_MS = 946_684_800_000L;

  /** 2200-01-01; a later stamp is microseconds, or nonsense. */
  static final long LATEST_MS = 7_258_118_400_000L;

  /** What ThingsBoard takes for a number in text. */
  private static final Pattern DECIMAL = Pattern.compile("-?\\d{0,30}\\.?\\d{1,30}");

  private static final Pattern DIGITS = Pattern.compile("-?\\d{1,18}");

  private static final Map<String, Quantity> QUANTITIES =
      java.util.Arrays.stream(Quantity.values())
          .collect(Collectors.toUnmodifiableMap(Quantity::id, quantity -> quantity));

  private final SiteId site;
  private final long arrivalMs;
  private final ArrivalTimes times;
  private final List<Reading> readings = new ArrayList<>(4);
  private final List<Rejection> rejections = new ArrayList<>(0);
  private SensorKey key;
  private Family family;

  Message(SiteId site, long arrivalMs, ArrivalTimes times) {
    this.site = site;
    this.arrivalMs = arrivalMs;
    this.times = times;
  }

  SiteId site() {
    return site;
  }

  /** The sensor it is aimed at; null before the first. */
  SensorKey key() {
    return key;
  }

  void aimAt(SensorId sensor, Family itsFamily) {
    key = new SensorKey(site, sensor);
    family = itsFamily;
  }

  void reject(RejectionReason reason, String detail) {
    rejections.add(Rejection.one(site.value(), reason, detail));
  }

  Decoded decoded() {
    return new Decoded(readings, rejections);
  }

  @Override
  public void badEntry(String device, String detail) {
    reject(RejectionReason.BAD_PAYLOAD, (device == null ? "" : device + ": ") + detail);
  }

  @Override
  public void tooManyValues(String device, int values) {
    reject(
        RejectionReason.TOO_LARGE,
        key.sensor() + ": " + values + " values, limit " + ThingsBoardJson.MAX_VALUES);
  }

  @Override
  public void entry(String device, JsonNode ts, JsonNode values) {
    long time = 0;
    Stamp stamp = Stamp.ARRIVAL;
    if (ts != null) {
      time = epochMs(ts);
      if (time < EARLIEST_MS || time >= LATEST_MS) {
        reject(
            RejectionReason.BAD_TIME,
            key.sensor()
                + ": ts="
                + StrictJson.brief(ts)
                + ", epoch milliseconds from 2000 to 2200 belong there");
        return;
      }
      stamp = time > arrivalMs + MOST_AHEAD_MS ? Stamp.REPLACED : Stamp.OWN;
    }
    boolean given = stamp == Stamp.OWN;
    for (Map.Entry<String, JsonNode> field : values.properties()) {
      Quantity quantity = quantity(field.getKey());
      if (quantity != null && isReadable(quantity, field.getValue())) {
        if (!given) {
          // Only when there is a reading to stamp; then the whole entry shares it.
          time = times.next(key, arrivalMs);
          given = true;
        }
        readings.add(reading(quantity, field.getValue(), time, stamp));
      }
    }
  }

  private Quantity quantity(String name) {
    Quantity quantity = QUANTITIES.get(name);
    if (quantity != null && family.quantities().contains(quantity)) {
      return quantity;
    }
    reject(
        RejectionReason.UNKNOWN_QUANTITY,
        key.sensor()
            + ": "
            + StrictJson.brief(name)
            + "; "
            + family.id()
            + " has "
            + family.quantities().stream().map(Quantity::id).collect(Collectors.joining(", ")));
    return null;
  }

  private boolean isReadable(Quantity quantity, JsonNode value) {
    if (quantity.isWord()) {
      if (value.isTextual() && quantity.words().contains(value.textValue())) {
        return true;
      }
      reject(
          RejectionReason.UNKNOWN_WORD,
          assignment(quantity, value) + ", one of " + String.join(", ", quantity.words()));
      return false;
    }
    if (Double.isFinite(number(value))) {
      return true;
    }
    reject(RejectionReason.NOT_A_NUMBER, assignment(quantity, value));
    return false;
  }

  private Reading reading(Quantity quantity, JsonNode value, long time, Stamp stamp) {
    return quantity.isWord()
        ? Reading.word(key, family, quantity, time, arrivalMs, stamp, value.textValue())
        : Reading.number(key, family, quantity, time, arrivalMs, stamp, number(value));
  }

  private String assignment(Quantity quantity, JsonNode value) {
    return key.sensor() + ": " + quantity.id() + "=" + StrictJson.brief(value);
  }

  /** NaN for what is none. */
  private static double number(JsonNode value) {
    if (value.isNumber()) {
      return value.doubleValue();
    }
    return value.isTextual() && DECIMAL.matcher(value.textValue()).matches()
        ? Double.parseDouble(value.textValue())
        : Double.NaN;
  }

  /** Epoch milliseconds as a whole number or the text of one; −1 for anything else. */
  private static long epochMs(JsonNode ts) {
    if (ts.isIntegralNumber()) {
      return ts.canConvertToLong() ? ts.longValue() : -1;
    }
    if (ts.isNumber()) {
      double value = ts.doubleValue();
      return value == Math.rint(value) && Math.abs(value) < LATEST_MS ? (long) value : -1;
    }
    return ts.isTextual() && DIGITS.matcher(ts.textValue()).matches()
        ? Long.parseLong(ts.textValue())
        : -1;
  }
}
