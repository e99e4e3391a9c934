package org.minusone.ingest.decode.codec.senml;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.minusone.ingest.decode.StrictJson;
import org.minusone.ingest.decode.codec.Entries;
import org.minusone.model.RejectionReason;

/**
 * Applies the base values of a pack to its records (RFC 8428 §4). What is wrong with a record costs
 * that record; a base value of the wrong type costs those that would use it; a version we do not
 * know, or two of them, cost the pack.
 */
final class Pack {
  /** A pack of 256 KiB has fewer that say anything. */
  static final int MAX_RECORDS = 10_000;

  static final int MAX_NAME = 256;

  /** RFC 8428 §4.1: the version of a pack that names none. */
  private static final int VERSION = 10;

  /** RFC 9100: version 10 with the secondary units of RFC 8798 (mA, hPa, cm …). */
  private static final int VERSION_WITH_SECONDARY_UNITS = 26;

  /** RFC 8428 §4.5.3: below it seconds count from now, from it on since 1970. */
  private static final double ABSOLUTE = 1L << 28;

  /** 2200-01-01. */
  private static final double LATEST_S = 7_258_118_400.0;

  /** RFC 8428 §4.5.1. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9:./_-]*+");

  /** Told of what is wrong, record by record. */
  interface Refusals {
    void refuse(RejectionReason reason, String detail);
  }

  /** A base value, and in which record it was given. */
  private record Base(JsonNode value, int record) {}

  /** Why a record is refused. */
  private static final class Unusable extends Exception {
    private static final long serialVersionUID = 1;
    private final RejectionReason reason;

    Unusable(RejectionReason reason, String detail) {
      super(detail, null, false, false);
      this.reason = reason;
    }
  }

  private final long arrivalMs;
  private final Refusals refusals;
  private final Map<Label, Base> bases = new java.util.EnumMap<>(Label.class);
  private final List<Resolved> resolved = new ArrayList<>();
  private String mustUnderstandBase;

  private Pack(long arrivalMs, Refusals refusals) {
    this.arrivalMs = arrivalMs;
    this.refusals = refusals;
  }

  /**
   * The records that can be used, in the order of the pack.
   *
   * @param cbor whether numbers stand for labels
   * @param arrivalMs what relative times count from
   */
  static List<Resolved> resolve(JsonNode root, boolean cbor, long arrivalMs, Refusals refusals) {
    if (!root.isArray() || root.isEmpty()) {
      refusals.refuse(
          RejectionReason.BAD_PAYLOAD,
          root.has("e")
              ? "a pack is an array of records; {\"bn\":…,\"e\":[…]} is a draft from before the RFC"
              : "a pack is an array of records, this is "
                  + (root.isArray() ? "an empty one" : Fields.quoted(root)));
      return List.of();
    }
    if (root.size() > MAX_RECORDS) {
      refusals.refuse(RejectionReason.TOO_LARGE, root.size() + " records, limit " + MAX_RECORDS);
      return List.of();
    }
    List<Fields> records = new ArrayList<>(root.size());
    root.forEach(record -> records.add(Fields.of(record, cbor)));
    String problem = versionProblem(records);
    if (problem != null) {
      refusals.refuse(RejectionReason.BAD_PAYLOAD, problem);
      return List.of();
    }
    Pack pack = new Pack(arrivalMs, refusals);
    for (int i = 0; i < records.size(); i++) {
      pack.read(i + 1, records.get(i));
    }
    return pack.resolved;
  }

  /** RFC 8428 §4.4: one version, and one we know. */
  private static String versionProblem(List<Fields> records) {
    int version = VERSION;
    for (int i = 0; i < records.size(); i++) {
      JsonNode given = records.get(i).get(Label.BASE_VERSION);
      if (given == null) {
        continue;
      }
      String at = "record " + (i + 1) + ": bver=" + StrictJson.brief(given);
      if (!given.isNumber() || given.doubleValue() < 1 || given.doubleValue() % 1 != 0) {
        return at + ", a positive whole number belongs there";
      }
      if (given.doubleValue() > VERSION && given.doubleValue() != VERSION_WITH_SECONDARY_UNITS) {
        return at + ", the latest version known here is " + VERSION;
      }
      if (i > 0 && given.intValue() != version) {
        return at + " in a pack of version " + version + ": all records have the same";
      }
      version = given.intValue();
    }
    return null;
  }

  private void read(int number, Fields fields) {
    fields
        .known()
        .forEach(
            (label, value) -> {
              if (label.isBase()) {
                bases.put(label, new Base(value, number));
              }
            });
    if (fields.mustUnderstandBase() != null) {
      mustUnderstandBase = fields.mustUnderstandBase();
    }
    String place = "record " + number;
    try {
      if (fields.problem() != null) {
        throw bad(fields.problem());
      }
      if (mustUnderstandBase != null) {
        throw bad(Fields.mustUnderstand(mustUnderstandBase));
      }
      if (!fields.onlyBase()) {
        String name = name(fields);
        place += " (" + name + ")";
        resolved.add(record(place, name, fields));
      }
    } catch (Unusable unusable) {
      refusals.refuse(unusable.reason, place + ": " + unusable.getMessage());
    }
  }

  private Resolved record(String place, String name, Fields fields) throws Unusable {
    String unit = text(fields, Label.UNIT);
    if (unit == null) {
      unit = text(Label.BASE_UNIT);
    }
    if (unit != null && unit.isEmpty()) {
      unit = null;
    }
    long timeMs = time(fields);
    int values = 0;
    for (Label label :
        List.of(Label.VALUE, Label.STRING_VALUE, Label.BOOLEAN_VALUE, Label.DATA_VALUE)) {
      values += fields.get(label) == null ? 0 : 1;
    }
    if (values > 1) {
      throw bad("more than one of v, vs, vb and vd");
    }
    if (values == 0 && isSum(fields)) {
      double total = number(fields, Label.SUM) + number(Label.BASE_SUM);
      return new Resolved(place, name, unit, timeMs, null, null, total, true);
    }
    String neither = neither(fields);
    String word = word(fields);
    double number =
        word == null && neither == null
            ? number(fields, Label.VALUE) + number(Label.BASE_VALUE)
            : Double.NaN;
    return new Resolved(place, name, unit, timeMs, word, neither, number, false);
  }

  /** Whether a record without a value has a sum; a base value alone is a value (§4.5.4). */
  private boolean isSum(Fields fields) throws Unusable {
    if (fields.get(Label.SUM) != null) {
      return true;
    }
    if (bases.containsKey(Label.BASE_VALUE)) {
      return false;
    }
    if (bases.containsKey(Label.BASE_SUM)) {
      return true;
    }
    throw bad("it has no value: one of v, vs, vb, vd or s");
  }

  /** Data, or what stands for a number and is none. */
  private static String neither(Fields fields) {
    if (fields.get(Label.DATA_VALUE) != null) {
      return "binary data";
    }
    JsonNode value = fields.get(Label.VALUE);
    return value == null || value.isNumber() ? null : Fields.quoted(value);
  }

  /** Null if the value is none. */
  private static String word(Fields fields) throws Unusable {
    JsonNode flag = fields.get(Label.BOOLEAN_VALUE);
    if (flag != null) {
      if (!flag.isBoolean()) {
        throw bad("vb=" + Fields.quoted(flag) + ", true or false belongs there");
      }
      return flag.asText();
    }
    return text(fields, Label.STRING_VALUE);
  }

  private String name(Fields fields) throws Unusable {
    String base = text(Label.BASE_NAME);
    String own = text(fields, Label.NAME);
    String name = (base == null ? "" : base) + (own == null ? "" : own);
    if (name.isEmpty()) {
      throw bad("it has no name, neither n nor bn");
    }
    if (name.length() > MAX_NAME) {
      throw bad("its name has " + name.length() + " characters, limit " + MAX_NAME);
    }
    if (!NAME.matcher(name).matches()) {
      throw bad(
          "the name "
              + StrictJson.brief(name)
              + " has other characters than A-Z a-z 0-9 - : . / _, or does not start with a letter"
              + " or digit (RFC 8428 §4.5.1)");
    }
    return name;
  }

  /** To the nearest millisecond; halfway between two, the later. */
  private long time(Fields fields) throws Unusable {
    if (fields.get(Label.TIME) == null && !bases.containsKey(Label.BASE_TIME)) {
      return Entries.NO_TIME;
    }
    double seconds = number(fields, Label.TIME) + number(Label.BASE_TIME);
    if (seconds >= ABSOLUTE && seconds < LATEST_S) {
      return Math.round(seconds * 1000);
    }
    if (seconds < ABSOLUTE && seconds * 1000 > -(double) arrivalMs) {
      return arrivalMs + Math.round(seconds * 1000);
    }
    throw new Unusable(
        RejectionReason.BAD_TIME,
        "bt + t = "
            + seconds
            + " s"
            + (seconds >= ABSOLUTE && seconds < LATEST_S * 1000
                ? ", are those milliseconds? SenML counts seconds"
                : ", seconds since 1970, or from now below 2^28, belong there"));
  }

  private static double number(Fields fields, Label label) throws Unusable {
    return number(label.toString(), fields.get(label), label == Label.TIME);
  }

  private double number(Label label) throws Unusable {
    Base base = bases.get(label);
    return base == null
        ? 0
        : number(label + " of record " + base.record, base.value, label == Label.BASE_TIME);
  }

  private static double number(String what, JsonNode value, boolean time) throws Unusable {
    if (value == null) {
      return 0;
    }
    if (value.isNumber()) {
      return value.doubleValue();
    }
    throw new Unusable(
        time ? RejectionReason.BAD_TIME : RejectionReason.NOT_A_NUMBER,
        what + " = " + Fields.quoted(value) + ", a number belongs there");
  }

  private static String text(Fields fields, Label label) throws Unusable {
    return text(label.toString(), fields.get(label));
  }

  private String text(Label label) throws Unusable {
    Base base = bases.get(label);
    return base == null ? null : text(label + " of record " + base.record, base.value);
  }

  private static String text(String what, JsonNode value) throws Unusable {
    if (value == null || value.isTextual()) {
      return value == null ? null : value.textValue();
    }
    throw bad(what + " = " + Fields.quoted(value) + ", text belongs there");
  }

  private static Unusable bad(String detail) {
    return new Unusable(RejectionReason.BAD_PAYLOAD, detail);
  }
}
