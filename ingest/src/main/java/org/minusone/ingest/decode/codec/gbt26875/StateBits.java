package org.minusone.ingest.decode.codec.gbt26875;

import java.util.List;
import java.util.Map;
import org.minusone.ingest.decode.codec.Options;
import org.minusone.model.Quantity;

/**
 * From the bits of a state to one word of ours, the gravest. Bit 0 counts when it is 0 (a test; 1
 * is normal operation), the others when they are 1.
 */
final class StateBits {
  /** The gravest first (D). */
  private static final List<String> GRAVEST =
      List.of(
          "fire",
          "fault",
          "offline",
          "removed",
          "low-battery",
          "contaminated",
          "silenced",
          "test",
          "normal");

  /** Test, fire, fault, shielded; supervision, start, feedback, delay: in service. */
  private static final List<String> COMMON =
      List.of("test", "fire", "fault", "silenced", "normal", "normal", "normal", "normal");

  private static final String NORMAL = "normal";

  private final String[] words;

  /** What the standard reserves and the site does not name. */
  private final int unnamed;

  private StateBits(String[] words) {
    this.words = words;
    int bits = 0;
    for (int i = 0; i < words.length; i++) {
      bits |= words[i] == null ? 1 << i : 0;
    }
    this.unnamed = bits;
  }

  /** Of a system: as a component, and main, backup power, bus; manual, changed, reset. */
  static StateBits system(Options options) {
    String[] words = common(16);
    words[8] = "fault";
    words[9] = "fault";
    words[10] = "fault";
    words[11] = NORMAL;
    words[12] = NORMAL;
    words[13] = NORMAL;
    return named(words, "system", options);
  }

  /** Of a component: the common ones, and its power. */
  static StateBits component(Options options) {
    String[] words = common(16);
    words[8] = "fault";
    return named(words, "component", options);
  }

  /**
   * Of the transmission device itself: main and backup power, the channel to the centre, the lines
   * it listens to.
   */
  static StateBits device(Options options) {
    String[] words = new String[8];
    words[0] = "test";
    words[1] = "fire";
    for (int i = 2; i <= 6; i++) {
      words[i] = "fault";
    }
    return named(words, "device", options);
  }

  private static String[] common(int bits) {
    String[] words = new String[bits];
    for (int i = 0; i < COMMON.size(); i++) {
      words[i] = COMMON.get(i);
    }
    return words;
  }

  /**
   * @param options bit: word
   */
  private static StateBits named(String[] words, String kind, Options options) {
    Options own = options.part(kind);
    for (Map.Entry<String, String> named : options.texts(kind).entrySet()) {
      int bit = bit(named.getKey());
      if (bit < 0 || bit >= words.length) {
        throw own.wrong(named.getKey(), "a bit from 0 to " + (words.length - 1) + " belongs here");
      }
      if (!GRAVEST.contains(named.getValue())) {
        throw own.wrong(
            named.getKey(),
            "no such state: "
                + named.getValue()
                + Options.suggestion(named.getValue(), Quantity.STATE.words()));
      }
      words[bit] = named.getValue();
    }
    return new StateBits(words);
  }

  private static int bit(String text) {
    return text.matches("\\d{1,2}") ? Integer.parseInt(text) : -1;
  }

  String word(int state) {
    int gravest = GRAVEST.size() - 1;
    for (int i = 0; i < words.length; i++) {
      boolean counts = (state >> i & 1) == (i == 0 ? 0 : 1);
      if (counts && words[i] != null) {
        gravest = Math.min(gravest, GRAVEST.indexOf(words[i]));
      }
    }
    return GRAVEST.get(gravest);
  }

  /** Those of its bits that mean nothing here. */
  int unnamed(int state) {
    return state & unnamed;
  }
}
