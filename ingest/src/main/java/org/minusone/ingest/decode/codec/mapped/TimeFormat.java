package org.minusone.ingest.decode.codec.mapped;

import com.fasterxml.jackson.databind.JsonNode;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.minusone.ingest.decode.codec.Options;

/**
 * How a time is written. Epoch times are whole or broken numbers, or the text of one; to the
 * nearest millisecond. A local time that a zone has twice (the clock went back) is the earlier one.
 */
final class TimeFormat {
  private static final String FORMAT = "time-format";
  private static final String ZONE = "zone";
  private static final List<String> WORDS =
      List.of("epoch-ms", "epoch-s", "iso-8601", "or a pattern such as yyyy-MM-dd HH:mm:ss");

  /** Nobody writes a time longer than this. */
  private static final int MAX_TEXT = 64;

  private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,18}(\\.\\d{1,18})?");

  /** Beyond every year we take, well within a long. */
  private static final double MOST_MS = 1e17;

  /** A date, a T or a blank, a time; +08:00, +0800, +08 or Z, or none. */
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[XXX][XX][X]")
          .toFormatter(Locale.ENGLISH)
          .withChronology(IsoChronology.INSTANCE)
          .withResolverStyle(ResolverStyle.STRICT);

  private static final List<ChronoField> PARTS =
      List.of(
          ChronoField.YEAR,
          ChronoField.YEAR_OF_ERA,
          ChronoField.MONTH_OF_YEAR,
          ChronoField.DAY_OF_MONTH,
          ChronoField.DAY_OF_YEAR,
          ChronoField.HOUR_OF_DAY,
          ChronoField.CLOCK_HOUR_OF_AMPM,
          ChronoField.MINUTE_OF_HOUR,
          ChronoField.SECOND_OF_MINUTE,
          ChronoField.OFFSET_SECONDS);

  private final String text;

  /** Milliseconds to one of the number; 0 where it is no number. */
  private final double scale;

  private final DateTimeFormatter formatter;
  private final ZoneId zone;

  private TimeFormat(String text, double scale, DateTimeFormatter formatter, ZoneId zone) {
    this.text = text;
    this.scale = scale;
    this.formatter = formatter;
    this.zone = zone;
  }

  static TimeFormat of(Options options) {
    ZoneId zone = zone(options);
    String text = options.text(FORMAT);
    if (text == null) {
      return new TimeFormat("epoch-ms or iso-8601", 1, ISO, zone);
    }
    switch (text) {
      case "epoch-ms":
        return new TimeFormat(text, 1, null, zone);
      case "epoch-s":
        return new TimeFormat(text, 1000, null, zone);
      case "iso-8601":
        return new TimeFormat(text, 0, ISO, zone);
      default:
        return pattern(options, text, zone);
    }
  }

  private static ZoneId zone(Options options) {
    String text = options.text(ZONE);
    try {
      return text == null ? null : ZoneId.of(text);
    } catch (DateTimeException e) {
      throw options.wrong(
          ZONE, "no such time zone: " + text + "; they are named as Asia/Shanghai is");
    }
  }

  private static TimeFormat pattern(Options options, String text, ZoneId zone) {
    if (text.matches("[a-z0-9-]+")) {
      throw options.wrong(FORMAT, "no such format: " + text + Options.suggestion(text, WORDS));
    }
    DateTimeFormatter formatter;
    TemporalAccessor sample;
    try {
      // Strict, so that the 31st of November is none; yyyy then wants an era.
      formatter =
          new DateTimeFormatterBuilder()
              .parseCaseInsensitive()
              .appendPattern(text)
              .parseDefaulting(ChronoField.ERA, 1)
              .toFormatter(Locale.ENGLISH)
              .withResolverStyle(ResolverStyle.STRICT);
      ZonedDateTime then =
          ZonedDateTime.of(2023, 11, 14, 22, 13, 20, 0, ZoneId.of("Asia/Shanghai"));
      sample =
          formatter.parseBest(formatter.format(then), ZonedDateTime::from, LocalDateTime::from);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw options.wrong(
          FORMAT,
          "not a pattern that gives date and time, such as \"yyyy-MM-dd HH:mm:ss\": " + text);
    }
    if (zone == null && !(sample instanceof ZonedDateTime)) {
      throw options.wrong(
          ZONE, "times written " + text + " need a zone beside them, such as Asia/Shanghai");
    }
    return new TimeFormat(text, 0, formatter, zone);
  }

  /** Epoch milliseconds; empty if it is no time of this format. */
  OptionalLong read(JsonNode node) {
    if (node.isNumber()) {
      return epoch(node.doubleValue());
    }
    if (!node.isTextual() || node.textValue().length() > MAX_TEXT) {
      return OptionalLong.empty();
    }
    String written = node.textValue().strip();
    if (scale != 0 && DECIMAL.matcher(written).matches()) {
      return epoch(Double.parseDouble(written));
    }
    return formatter == null ? OptionalLong.empty() : parsed(written);
  }

  private OptionalLong epoch(double number) {
    double ms = number * scale;
    return scale == 0 || !(Math.abs(ms) < MOST_MS)
        ? OptionalLong.empty()
        : OptionalLong.of(Math.round(ms));
  }

  private OptionalLong parsed(String written) {
    if (!isPlausible(written)) {
      return OptionalLong.empty();
    }
    try {
      TemporalAccessor then = formatter.parse(written);
      LocalDate date = then.query(TemporalQueries.localDate());
      LocalTime time = then.query(TemporalQueries.localTime());
      ZoneId itsZone = then.query(TemporalQueries.zone());
      if (itsZone == null) {
        itsZone = zone;
      }
      return date == null || time == null || itsZone == null
          ? OptionalLong.empty()
          : OptionalLong.of(date.atTime(time).atZone(itsZone).toInstant().toEpochMilli());
    } catch (DateTimeException | ArithmeticException e) {
      return OptionalLong.empty();
    }
  }

  /**
   * Whether the text is of this form, and no part of it out of range: exceptions for ten thousand
   * wrong times would hold up the input.
   */
  private boolean isPlausible(String written) {
    ParsePosition end = new ParsePosition(0);
    TemporalAccessor parts = formatter.parseUnresolved(written, end);
    if (parts == null || end.getErrorIndex() >= 0 || end.getIndex() < written.length()) {
      return false;
    }
    for (ChronoField field : PARTS) {
      if (parts.isSupported(field) && !field.range().isValidValue(parts.getLong(field))) {
        return false;
      }
    }
    ChronoField year =
        parts.isSupported(ChronoField.YEAR) ? ChronoField.YEAR : ChronoField.YEAR_OF_ERA;
    return !parts.isSupported(year)
        || !parts.isSupported(ChronoField.MONTH_OF_YEAR)
        || !parts.isSupported(ChronoField.DAY_OF_MONTH)
        || parts.getLong(ChronoField.DAY_OF_MONTH)
            <= YearMonth.of(
                    (int) parts.getLong(year), (int) parts.getLong(ChronoField.MONTH_OF_YEAR))
                .lengthOfMonth();
  }

  @Override
  public String toString() {
    return text + (formatter == ISO && zone == null ? " with its offset" : "");
  }
}
