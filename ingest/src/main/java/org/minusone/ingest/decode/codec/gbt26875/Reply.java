package org.minusone.ingest.decode.codec.gbt26875;

/**
 * What a centre answers: the serial number and version of the frame it answers, the addresses
 * exchanged, its own time, no application data.
 */
final class Reply {
  private Reply() {}

  /**
   * @param command {@link Frame#CONFIRM} or {@link Frame#DENY}
   */
  static byte[] to(Frame frame, int command, long nowMs, Clock clock) {
    byte[] reply = new byte[Frame.BARE];
    reply[0] = '@';
    reply[1] = '@';
    copy(frame, Frame.SERIAL, reply, Frame.SERIAL, 4);
    clock.write(nowMs, reply, Frame.TIME);
    copy(frame, Frame.DESTINATION, reply, Frame.SOURCE, 6);
    copy(frame, Frame.SOURCE, reply, Frame.DESTINATION, 6);
    reply[Frame.COMMAND] = (byte) command;
    for (int i = Frame.SERIAL; i < Frame.DATA; i++) {
      reply[Frame.DATA] += reply[i];
    }
    reply[Frame.DATA + 1] = '#';
    reply[Frame.DATA + 2] = '#';
    return reply;
  }

  private static void copy(Frame frame, int field, byte[] to, int at, int count) {
    System.arraycopy(frame.payload(), frame.start() + field, to, at, count);
  }
}
