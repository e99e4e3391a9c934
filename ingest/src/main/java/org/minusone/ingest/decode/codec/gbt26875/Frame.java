package org.minusone.ingest.decode.codec.gbt26875;

/**
 * A frame in a payload; all numbers are sent low byte first.
 *
 * <pre>
 * byte  0  @@
 *       2  serial number, 2 bytes, given by whoever begins an exchange
 *       4  version: main (1), user's
 *       6  time tag: second, minute, hour, day, month, year − 2000
 *      12  source address, 6 bytes
 *      18  destination address, 6 bytes
 *      24  length n of the application data, 2 bytes, at most 1024
 *      26  command
 *      27  application data
 *    27+n  sum of the bytes 2 to 26+n, modulo 256
 *    28+n  ##
 * </pre>
 *
 * @param start of its first byte in {@code payload}
 * @param length of its application data
 */
record Frame(byte[] payload, int start, int length) {
  static final int CONTROL = 1;
  static final int SEND = 2;
  static final int CONFIRM = 3;
  static final int REQUEST = 4;
  static final int ANSWER = 5;
  static final int DENY = 6;

  /** Bytes of a frame without application data. */
  static final int BARE = 30;

  static final int SERIAL = 2;
  static final int TIME = 6;
  static final int SOURCE = 12;
  static final int DESTINATION = 18;
  static final int LENGTH = 24;
  static final int COMMAND = 26;
  static final int DATA = 27;

  int end() {
    return start + BARE + length;
  }

  int command() {
    return payload[start + COMMAND] & 0xff;
  }

  int serial() {
    return word(payload, start + SERIAL);
  }

  /** Where its application data begin in the payload. */
  int data() {
    return start + DATA;
  }

  static int word(byte[] bytes, int at) {
    return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8;
  }
}
