package org.minusone.ingest.decode.codec.gbt26875;

import java.util.HexFormat;

/**
 * Finds the frames in a payload. Whatever is not part of a whole frame is reported, once and with
 * its place; the search for the next one goes on right behind the {@code @@} of a bad one, so that
 * a wrong length does not cost its neighbour.
 */
final class Frames {
  /** What was found, in the order of the payload. */
  interface Sink {
    void frame(Frame frame);

    /**
     * @param frame that has both its ends and a wrong checksum; null for anything else
     */
    void broken(Frame frame, String detail);
  }

  static final int MOST_DATA = 1024;

  /** Bad places told one by one; what follows is told together with the last of them. */
  private static final int MOST_BROKEN = 200;

  private static final int SHOWN = 8;
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  private enum Problem {
    NONE,
    CUT_OFF,
    LENGTH,
    END,
    CHECKSUM
  }

  private final byte[] payload;
  private final Sink sink;

  /** Sums of all bytes before each, modulo 256: a flood of {@code @@} must not be added up anew. */
  private final byte[] sums;

  /** What is not yet reported begins here; {@link #problem} says why, none: not even a start. */
  private int from;

  private Problem problem = Problem.NONE;
  private int broken;

  private Frames(byte[] payload, Sink sink) {
    this.payload = payload;
    this.sink = sink;
    this.sums = new byte[payload.length + 1];
    for (int i = 0; i < payload.length; i++) {
      sums[i + 1] = (byte) (sums[i] + payload[i]);
    }
  }

  static void find(byte[] payload, Sink sink) {
    new Frames(payload, sink).find();
  }

  private void find() {
    int covered = 0;
    int start = next(0);
    while (start >= 0) {
      Problem here = problemOf(start);
      if (here == Problem.NONE) {
        report(start);
        Frame frame = at(start);
        sink.frame(frame);
        from = frame.end();
        covered = from;
        start = next(from);
        continue;
      }
      if (start >= covered && broken < MOST_BROKEN && !belongsToTheNext(start)) {
        report(start);
        from = start;
        problem = here;
        covered = here == Problem.CHECKSUM ? at(start).end() : start + Frame.BARE;
      }
      start = next(start + 1);
    }
    report(payload.length);
  }

  /** The next {@code @@}; -1 without one. */
  private int next(int begin) {
    for (int i = begin; i + 1 < payload.length; i++) {
      if (payload[i] == '@' && payload[i + 1] == '@') {
        return i;
      }
    }
    return -1;
  }

  /** Of three {@code @} in a row the last two begin a frame, the first is the end of something. */
  private boolean belongsToTheNext(int start) {
    return start + 2 < payload.length
        && payload[start + 2] == '@'
        && problemOf(start + 1) == Problem.NONE;
  }

  private Frame at(int start) {
    return new Frame(payload, start, Frame.word(payload, start + Frame.LENGTH));
  }

  private Problem problemOf(int start) {
    if (payload.length - start < Frame.BARE) {
      return Problem.CUT_OFF;
    }
    Frame frame = at(start);
    if (frame.length() > MOST_DATA) {
      return Problem.LENGTH;
    }
    if (frame.end() > payload.length) {
      return Problem.CUT_OFF;
    }
    if (payload[frame.end() - 2] != '#' || payload[frame.end() - 1] != '#') {
      return Problem.END;
    }
    return payload[frame.end() - 3] == sum(frame) ? Problem.NONE : Problem.CHECKSUM;
  }

  private byte sum(Frame frame) {
    return (byte) (sums[frame.end() - 3] - sums[frame.start() + Frame.SERIAL]);
  }

  /** Reports what is left over before {@code to}. */
  private void report(int to) {
    if (from < to) {
      broken++;
      Frame frame = problem == Problem.CHECKSUM ? at(from) : null;
      int read = frame == null ? from : frame.end();
      String rest =
          problem == Problem.NONE || read >= to ? "" : "; nothing is read up to byte " + to;
      sink.broken(frame, detail(to) + rest);
    }
    from = to;
    problem = Problem.NONE;
  }

  private String detail(int to) {
    String place = "frame at byte " + from + ": ";
    int left = payload.length - from;
    switch (problem) {
      case CUT_OFF:
        return place
            + "it is cut off: "
            + (left < Frame.BARE
                ? left + " bytes are left, a frame has " + Frame.BARE + " or more"
                : "by its length of application data it has "
                    + (at(from).end() - from)
                    + " bytes, "
                    + left
                    + " are left");
      case LENGTH:
        return place
            + "its length of application data is "
            + at(from).length()
            + ", the most is "
            + MOST_DATA;
      case END:
        int end = at(from).end() - 2;
        return place
            + "by its length of application data, "
            + at(from).length()
            + ", it ends with ## (23 23) at byte "
            + end
            + ", there is "
            + hex(end, end + 2);
      case CHECKSUM:
        Frame frame = at(from);
        return place
            + "its checksum at byte "
            + (frame.end() - 3)
            + " is "
            + hex(frame.end() - 3, frame.end() - 2)
            + ", its bytes add up to "
            + HEX.toHexDigits(sum(frame));
      case NONE:
      default:
        return "byte "
            + from
            + ": "
            + (to - from)
            + " bytes that belong to no frame: "
            + hex(from, Math.min(to, from + SHOWN))
            + (to - from > SHOWN ? " …" : "")
            + "; a frame begins with @@ (40 40)";
    }
  }

  private String hex(int begin, int end) {
    return HEX.formatHex(payload, begin, end);
  }
}
