package org.minusone.ingest.decode.codec.gbt26875;

import java.io.ByteArrayOutputStream;
import java.time.LocalDateTime;
import java.util.HexFormat;

/** Writes frames the way the standard draws them, apart from the code under test. */
final class Wire {
  /** 120000000A41, low byte first. */
  static final String SOURCE = "41 0a 00 00 00 12";

  static final String CENTRE = "01 00 00 00 00 00";

  /** 2023-11-15 06:13:05 in China: 1,699,999,985 s. */
  static final String TIME = "05 0d 06 0f 0b 17";

  private Wire() {}

  static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  /** A frame of command 2, number 7, from {@link #SOURCE}. */
  static byte[] sent(String data) {
    return frame(7, 2, TIME, SOURCE, bytes(data));
  }

  static byte[] frame(int serial, int command, String time, String source, byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    word(out, serial);
    word(out, 1);
    out.writeBytes(bytes(time));
    out.writeBytes(bytes(source));
    out.writeBytes(bytes(CENTRE));
    word(out, data.length);
    out.write(command);
    out.writeBytes(data);
    int sum = 0;
    for (byte b : out.toByteArray()) {
      sum += b;
    }
    byte[] end = {(byte) sum, '#', '#'};
    return joined(new byte[] {'@', '@'}, out.toByteArray(), end);
  }

  static String time(LocalDateTime local) {
    return HexFormat.ofDelimiter(" ")
        .formatHex(
            new byte[] {
              (byte) local.getSecond(),
              (byte) local.getMinute(),
              (byte) local.getHour(),
              (byte) local.getDayOfMonth(),
              (byte) local.getMonthValue(),
              (byte) (local.getYear() - 2000)
            });
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** The same with one byte changed. */
  static byte[] with(byte[] frame, int at, int value) {
    byte[] changed = frame.clone();
    changed[at] = (byte) value;
    return changed;
  }

  private static void word(ByteArrayOutputStream out, int value) {
    out.write(value & 0xff);
    out.write(value >> 8);
  }
}
