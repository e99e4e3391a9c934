package org.minusone.app.command;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** Times as people type them: {@code 2023-09-29}, {@code 2023-09-29T10:00:00+08:00}, epoch ms. */
final class Moments {
  /** As tables show them: in this process's zone, which they say. */
  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx").withZone(ZoneId.systemDefault());

  private Moments() {}

  /** 26 characters, {@code 2023-09-29 18:00:00 +08:00}. */
  static String shown(Instant at) {
    return SHOWN.format(at);
  }

  /**
   * A date means its midnight UTC.
   *
   * @param text null gives null
   */
  static Instant parse(String text, String option) throws Problem {
    if (text == null) {
      return null;
    }
    try {
      if (text.matches("\\d{4}-\\d{2}-\\d{2}")) {
        return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
      }
      return text.matches("\\d{10,16}")
          ? Instant.ofEpochMilli(Long.parseLong(text))
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw Problem.usage(
          option + " " + text + " is no time: write 2023-09-29 or 2023-09-29T10:00:00+08:00");
    }
  }
}
