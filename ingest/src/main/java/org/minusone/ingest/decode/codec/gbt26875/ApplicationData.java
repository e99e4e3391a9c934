package org.minusone.ingest.decode.codec.gbt26875;

import java.nio.charset.Charset;
import org.minusone.ingest.decode.codec.Entries;
import org.minusone.ingest.decode.codec.Options;
import org.minusone.ingest.decode.codec.Timeline;

/**
 * The application data of a frame that reports something: type, number of objects, the objects.
 *
 * <pre>
 *  1  system state     system type 1, system address 1, state 2, time 6
 *  2  component state  system type 1, system address 1, component type 1, component address 4,
 *                      state 2, description 31 (GB 18030), time 6
 *  3  analog value     system type 1, system address 1, component type 1, component address 4,
 *                      analog type 1, value 2 (signed), time 6
 * 21  device state     state 1, time 6
 * </pre>
 *
 * An object's time that cannot be one is replaced by the frame's tag.
 */
final class ApplicationData {
  /** Who is told what it says. */
  interface Listener {
    /** It measures nothing. */
    void nothing(String why);

    void badPayload(String detail);

    void unknownWord(String detail);
  }

  /** Part of every JDK, if not of every runtime made of it. */
  private static final Charset GB18030 =
      Charset.isSupported("GB18030") ? Charset.forName("GB18030") : Charset.defaultCharset();

  private static final int DESCRIPTION = 31;
  private static final String STATE = "state";

  private final Addresses addresses;
  private final Clock clock;
  private final StateBits system;
  private final StateBits component;
  private final StateBits device;

  /**
   * @param bits the option: which words stand for bits of which kind of state
   */
  ApplicationData(Addresses addresses, Clock clock, Options bits) {
    bits.only("system", "component", "device");
    this.addresses = addresses;
    this.clock = clock;
    this.system = StateBits.system(bits);
    this.component = StateBits.component(bits);
    this.device = StateBits.device(bits);
  }

  void read(Frame frame, Timeline timeline, Listener out) {
    String source = addresses.source(frame);
    String place = "frame at byte " + frame.start() + " (" + frame.serial() + " of " + source + ")";
    if (frame.length() == 0) {
      out.nothing("a heartbeat of " + source);
      return;
    }
    int type = frame.payload()[frame.data()] & 0xff;
    int size = sizeOf(type);
    if (size == 0) {
      other(frame, type, source, place, out);
      return;
    }
    int count = frame.length() == 1 ? 0 : frame.payload()[frame.data() + 1] & 0xff;
    if (frame.length() != 2 + count * size) {
      out.badPayload(
          place
              + ": "
              + count
              + " objects of type "
              + type
              + " make "
              + (2 + count * size)
              + " bytes of application data, there are "
              + frame.length());
      return;
    }
    if (count == 0) {
      out.nothing("no objects from " + source);
    }
    Objects objects = new Objects(frame.payload(), source, place, timeline, out);
    for (int i = 0; i < count; i++) {
      int at = frame.data() + 2 + i * size;
      long timeMs = clock.read(frame.payload(), at + size - Clock.BYTES);
      if (timeMs == Entries.NO_TIME) {
        timeMs = clock.read(frame.payload(), frame.start() + Frame.TIME);
      }
      objects.read(type, at, timeMs, i + 1);
    }
  }

  /** Bytes of an object that measures something, its time included; 0 for all other types. */
  private static int sizeOf(int type) {
    return switch (type) {
      case 1 -> 10;
      case 2 -> 46;
      case 3 -> 16;
      case 21 -> 7;
      default -> 0;
    };
  }

  /** Those of one frame. */
  private final class Objects {
    private final byte[] bytes;
    private final String source;
    private final String place;
    private final Timeline timeline;
    private final Listener out;

    Objects(byte[] bytes, String source, String place, Timeline timeline, Listener out) {
      this.bytes = bytes;
      this.source = source;
      this.place = place;
      this.timeline = timeline;
      this.out = out;
    }

    void read(int type, int at, long timeMs, int number) {
      if (type == 21) {
        state(device, "device", bytes[at] & 0xff, source, timeMs, number, "");
        return;
      }
      String itsSystem = system(bytes, at, source);
      if (type == 1) {
        state(system, "system", Frame.word(bytes, at + 2), itsSystem, timeMs, number, "");
        return;
      }
      String itsComponent = itsSystem + "/" + addresses.component(bytes, at + 3);
      if (type == 2) {
        int state = Frame.word(bytes, at + 7);
        String description = component.unnamed(state) == 0 ? "" : quoted(bytes, at + 9);
        state(component, "component", state, itsComponent, timeMs, number, description);
      } else {
        Analog analog = Analog.of(bytes[at + 7] & 0xff);
        timeline.number(
            itsComponent, timeMs, analog.name(), analog.value(bytes, at + 8), analog.unit());
      }
    }

    private void state(
        StateBits bits,
        String kind,
        int state,
        String sensor,
        long timeMs,
        int number,
        String description) {
      timeline.word(sensor, timeMs, STATE, bits.word(state));
      int unnamed = bits.unnamed(state);
      if (unnamed != 0) {
        out.unknownWord(
            place
                + ", object "
                + number
                + ", "
                + sensor
                + description
                + ": bit "
                + Integer.numberOfTrailingZeros(unnamed)
                + " of its state, 0x"
                + Integer.toHexString(state)
                + ", is reserved; the option bits."
                + kind
                + " may say what it means");
      }
    }
  }

  private static String system(byte[] bytes, int at, String source) {
    return source + "/" + (bytes[at] & 0xff) + "-" + (bytes[at + 1] & 0xff);
  }

  private void other(Frame frame, int type, String source, String place, Listener out) {
    switch (type) {
      case 4 -> out.nothing("operations at a system of " + source);
      case 5 -> out.nothing("software version of a system of " + source);
      case 6 -> out.nothing("configuration of a system of " + source);
      case 7 -> out.nothing("names of components: " + components(frame, source));
      case 8 -> out.nothing("clock of a system of " + source);
      case 24 -> out.nothing("operations at the device " + source);
      case 25 -> out.nothing("software version of the device " + source);
      case 26 -> out.nothing("configuration of the device " + source);
      case 28 -> out.nothing("clock of the device " + source);
      default ->
          out.badPayload(
              place
                  + ": type "
                  + type
                  + (type >= 61 && type <= 91
                      ? " is a question of the centre, not a report"
                      : type >= 128
                          ? " is the maker's own, and not known here"
                          : " is none of the standard's"));
    }
  }

  /**
   * Type 7: system type 1, system address 1, component type 1, component address 4, description.
   */
  private String components(Frame frame, String source) {
    byte[] bytes = frame.payload();
    int size = 7 + DESCRIPTION;
    StringBuilder names = new StringBuilder();
    int end = frame.data() + frame.length();
    for (int at = frame.data() + 2; at + size <= end; at += size) {
      names
          .append(names.isEmpty() ? "" : ", ")
          .append(system(bytes, at, source))
          .append('/')
          .append(addresses.component(bytes, at + 3))
          .append(quoted(bytes, at + 7));
    }
    return names.isEmpty() ? "none whole" : names.toString();
  }

  /** A description in brackets, after a blank; empty where there is none. */
  private static String quoted(byte[] bytes, int at) {
    int end = at;
    while (end < at + DESCRIPTION && bytes[end] != 0) {
      end++;
    }
    StringBuilder text = new StringBuilder();
    new String(bytes, at, end - at, GB18030)
        .strip()
        .codePoints()
        .map(c -> Character.isISOControl(c) ? '·' : c)
        .forEach(text::appendCodePoint);
    return text.isEmpty() ? "" : " (" + text + ")";
  }
}
