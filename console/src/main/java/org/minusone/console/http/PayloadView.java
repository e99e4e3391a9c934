package org.minusone.console.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.minusone.console.quarantine.EntryId;
import org.minusone.console.quarantine.QuarantineSearch;

/**
 * The bytes of an entry.
 *
 * @param base64 what is kept of them
 * @param kept how many bytes that are
 * @param text the same as text where it is UTF-8 without control characters; else null
 * @param hex the first {@link #DUMPED} bytes, sixteen a line with offset and characters; null where
 *     there is text
 * @param in the id of the entry that holds them
 */
record PayloadView(String base64, int kept, String text, String hex, String in) {
  private static final int DUMPED = 4_096;
  private static final HexFormat SPACED = HexFormat.ofDelimiter(" ");

  static PayloadView of(QuarantineSearch.Found found) {
    byte[] bytes = found.payload();
    String text = text(bytes);
    return new PayloadView(
        Base64.getEncoder().encodeToString(bytes),
        bytes.length,
        text,
        text == null ? dump(bytes) : null,
        EntryId.of(found.payloadIn()));
  }

  private static String text(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      boolean isPlain =
          text.codePoints()
              .allMatch(c -> c == '\n' || c == '\r' || c == '\t' || !Character.isISOControl(c));
      return isPlain ? text : null;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static String dump(byte[] bytes) {
    StringBuilder lines = new StringBuilder();
    for (int at = 0; at < Math.min(bytes.length, DUMPED); at += 16) {
      int end = Math.min(at + 16, bytes.length);
      lines.append(String.format("%06x  %-47s  ", at, SPACED.formatHex(bytes, at, end)));
      for (int i = at; i < end; i++) {
        lines.append(bytes[i] >= 0x20 && bytes[i] < 0x7f ? (char) bytes[i] : '.');
      }
      lines.append('\n');
    }
    return lines.toString();
  }
}
