package org.minusone.ingest.decode.codec.gbt26875;

/**
 * An analog type: what it is called, in which unit it goes on, and how many of it are one of that
 * unit.
 */
record Analog(String name, String unit, int parts) {
  private static final Analog[] KNOWN = {
    new Analog("events", null, 1),
    new Analog("height", "m", 100),
    new Analog("temperature", "°C", 10),
    new Analog("pressure", "MPa", 10),
    new Analog("pressure", "kPa", 10),
    new Analog("gas", "%LEL", 10),
    new Analog("time", "s", 1),
    new Analog("voltage", "V", 10),
    new Analog("current", "A", 10),
    new Analog("flow", "L/s", 10),
    new Analog("air-volume", "m3/min", 10),
    new Analog("wind-speed", "m/s", 1)
  };

  /**
   * Types 13 to 127 are reserved, 128 to 255 the makers' own: {@code analog-128}, as it stands
   * there, for the site to map.
   */
  static Analog of(int type) {
    return type >= 1 && type <= KNOWN.length
        ? KNOWN[type - 1]
        : new Analog("analog-" + type, null, 1);
  }

  /**
   * @param at of its 2 bytes, signed
   */
  double value(byte[] bytes, int at) {
    return (double) (short) Frame.word(bytes, at) / parts;
  }
}
