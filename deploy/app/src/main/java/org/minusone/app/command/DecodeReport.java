package org.minusone.app.command;

import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.minusone.app.decode.DryRun;
import org.minusone.app.decode.Traced;
import org.minusone.ingest.decode.Answer;
import org.minusone.ingest.decode.Decoded;
import org.minusone.ingest.decode.Rejection;
import org.minusone.model.Calibration;
import org.minusone.model.CodecChoice;
import org.minusone.model.QualityFlag;
import org.minusone.model.Reading;

/**
 * What a message became, for a person and for a program.
 *
 * @param chosen whether the command line chose the codec
 * @param hasSite whether a site's files count
 */
record DecodeReport(
    DryRun.Message message,
    Instant arrival,
    DryRun.Outcome outcome,
    boolean chosen,
    boolean hasSite) {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  void print(PrintWriter out) {
    out.printf("topic     %s%n", QuarantineListCommand.plain(message.topic()));
    out.printf("codec     %s%n", codec());
    out.printf("arrival   %s%n", arrival);
    out.printf("payload   %s%n", counted(message.payload().length, "byte"));
    outcome.assumed().forEach(line -> out.printf("assumed   %s%n", plain(line)));
    Decoded decoded = outcome.decoded();
    if (!outcome.readings().isEmpty()) {
      out.printf("%n%s%n", counted(outcome.readings().size(), "reading"));
      outcome.readings().forEach(one -> print(out, one));
    }
    if (!decoded.rejections().isEmpty()) {
      out.printf("%n%s%n", counted(decoded.rejections().size(), "rejection"));
      for (Rejection one : decoded.rejections()) {
        out.printf("  %-17s %s%n", one.rejected().reason().id(), plain(one.rejected().detail()));
      }
    }
    if (!decoded.answers().isEmpty()) {
      out.printf(
          "%n%s, published once all of it is kept%n", counted(decoded.answers().size(), "answer"));
      for (Answer one : decoded.answers()) {
        out.printf("  %s  %s%n", plain(one.topic()), shown(one.payload()));
      }
    }
    if (decoded.nothing() != null) {
      out.printf("%nnothing, because: %s%n", plain(decoded.nothing()));
    }
  }

  private static String counted(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private static String plain(String text) {
    return QuarantineListCommand.plain(text);
  }

  private String codec() {
    CodecChoice choice = outcome.choice();
    return choice == null ? "none: " + why() : choice.codec() + ", " + why();
  }

  private String why() {
    if (outcome.choice() == null) {
      return hasSite
          ? "no filter of this site takes the topic in"
          : "this tree is nobody's; --codec NAME decodes it all the same";
    }
    if (chosen) {
      return "by --codec";
    }
    if (outcome.position() > 0) {
      return "by the filter %s, number %d in codecs.yaml"
          .formatted(outcome.choice().filter(), outcome.position());
    }
    return hasSite
        ? "the standard: no filter in codecs.yaml matches the topic"
        : "the standard: --codec or --site may say another";
  }

  private static void print(PrintWriter out, Traced one) {
    Reading reading = one.reading();
    out.printf(
        "  %-16s %-17s %14s  %s  %s%n",
        reading.sensor().value(),
        reading.quantity().id(),
        value(reading),
        Instant.ofEpochMilli(reading.timeMs()),
        stamp(reading));
    if (one.origin() != null && isTelling(one.origin(), reading)) {
      out.printf("  %-16s   from %s%n", "", plain(from(one.origin(), reading)));
    }
    if (reading.flag() != QualityFlag.PASS) {
      out.printf("  %-16s   flag %s%n", "", flag(reading));
    }
  }

  private static String value(Reading reading) {
    return reading.quantity().isWord()
        ? reading.word()
        : (number(reading.value()) + " " + reading.quantity().unit());
  }

  /** As short as it is exact to a billionth. */
  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.9f", value);
    return Math.abs(value) >= 1e12 || (value != 0 && Math.abs(value) < 1e-6)
        ? Double.toString(value)
        : text.replaceFirst("\\.?0+$", "");
  }

  private static String stamp(Reading reading) {
    return switch (reading.stamp()) {
      case OWN ->
          reading.arrivalMs() - reading.timeMs() > 60_000
              ? "own, %,d s behind arrival"
                  .formatted((reading.arrivalMs() - reading.timeMs()) / 1000)
              : "own";
      case ARRIVAL -> "arrival: the payload has no time";
      case REPLACED -> "replaced: its own lay over 60 s ahead";
      case HISTORICAL -> "historical: stored, never raises";
    };
  }

  private static String flag(Reading reading) {
    String name = reading.flag().name().toLowerCase(Locale.ROOT).replace('_', '-');
    return reading.quantity().isWord()
            || reading.quantity().grossRange(reading.value()) == QualityFlag.PASS
        ? name + ": so says the sender"
        : "%s: no instrument reports less than %s or more than %s %s"
            .formatted(
                name,
                number(reading.quantity().lowest()),
                number(reading.quantity().highest()),
                reading.quantity().unit());
  }

  private static boolean isTelling(Traced.Origin origin, Reading reading) {
    return origin.unit() != null
        || origin.calibration() != null
        || !origin.name().equals(reading.quantity().id());
  }

  private static String from(Traced.Origin origin, Reading reading) {
    StringBuilder text = new StringBuilder(origin.name()).append(" = ");
    text.append(origin.value() instanceof Double number ? number(number) : origin.value());
    if (origin.unit() != null) {
      text.append(' ')
          .append(origin.unit())
          .append(" (unit by the ")
          .append(origin.unitFrom())
          .append(')');
    }
    Calibration calibration = origin.calibration();
    if (calibration != null) {
      text.append(", calibrated: ")
          .append(
              calibration.unit() == null && origin.unit() == null
                  ? ""
                  : "in " + reading.quantity().unit() + " ")
          .append("× ")
          .append(number(calibration.scale()))
          .append(calibration.offset() < 0 ? " − " : " + ")
          .append(number(Math.abs(calibration.offset())));
    }
    return text.toString();
  }

  private static String shown(byte[] payload) {
    String text = text(payload);
    return text == null ? HEX.formatHex(payload) : plain(text);
  }

  /** Null where it is none. */
  private static String text(byte[] payload) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
      return text.chars().anyMatch(Character::isISOControl) ? null : text;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  Map<String, Object> asJson() {
    Decoded decoded = outcome.decoded();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("topic", message.topic());
    answer.put("codec", outcome.choice() == null ? null : outcome.choice().codec());
    answer.put("filter", chosen || outcome.position() == 0 ? null : outcome.choice().filter());
    answer.put("why", why());
    answer.put("arrival", arrival);
    answer.put("bytes", message.payload().length);
    answer.put("assumed", outcome.assumed());
    answer.put("readings", outcome.readings().stream().map(DecodeReport::row).toList());
    List<Map<String, Object>> rejections = new ArrayList<>();
    for (Rejection one : decoded.rejections()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("reason", one.rejected().reason());
      row.put("detail", one.rejected().detail());
      row.put("count", one.count());
      rejections.add(row);
    }
    answer.put("rejections", rejections);
    List<Map<String, Object>> answers = new ArrayList<>();
    for (Answer one : decoded.answers()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("topic", one.topic());
      row.put("text", text(one.payload()));
      row.put("hex", HEX.formatHex(one.payload()));
      answers.add(row);
    }
    answer.put("answers", answers);
    answer.put("nothing", decoded.nothing());
    return answer;
  }

  private static Map<String, Object> row(Traced one) {
    Reading reading = one.reading();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("sensor", reading.sensor().value());
    row.put("family", reading.family());
    row.put("quantity", reading.quantity());
    row.put("value", reading.quantity().isWord() ? null : reading.value());
    row.put("unit", reading.quantity().unit());
    row.put("word", reading.word());
    row.put("time", Instant.ofEpochMilli(reading.timeMs()));
    row.put("stamp", reading.stamp().name().toLowerCase(Locale.ROOT));
    row.put("flag", reading.flag());
    row.put("from", one.origin());
    return row;
  }
}
