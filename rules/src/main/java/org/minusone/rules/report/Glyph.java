package org.minusone.rules.report;

import org.minusone.model.Level;

/**
 * The one vocabulary of shapes: level = shape and numeral, hollow = forewarned, solid = reached.
 */
final class Glyph {
  private Glyph() {}

  private static String outline(Level level) {
    return switch (level) {
      case CRITICAL ->
          "M4.5 3.5h15a1 1 0 0 1 1 1v15a1 1 0 0 1-1 1h-15a1 1 0 0 1-1-1v-15a1 1 0 0 1 1-1z";
      case ALARM -> "M12 2.6 22.4 20.4H1.6z";
      case WARN -> "M12 1.6 22.4 12 12 22.4 1.6 12z";
      case NOTICE -> "M12 2.2a9.8 9.8 0 1 1 0 19.6 9.8 9.8 0 0 1 0-19.6z";
    };
  }

  /** In running text. */
  static String inline(Level level, boolean hollow) {
    return "<svg class=\"glyph\" width=\"22\" height=\"22\" viewBox=\"0 0 24 24\" role=\"img\" aria-label=\""
        + level.number()
        + "\">"
        + body(level, hollow)
        + "</svg>";
  }

  /** Within a drawing, centred at x, y. */
  static String at(Level level, boolean hollow, double x, double y, double size) {
    return "<g transform=\"translate("
        + Svg.n(x - size / 2)
        + " "
        + Svg.n(y - size / 2)
        + ") scale("
        + Svg.n(size / 24)
        + ")\">"
        + body(level, hollow)
        + "</g>";
  }

  private static String body(Level level, boolean hollow) {
    double y = level == Level.ALARM ? 18.1 : 16.4;
    return "<path class=\"l"
        + level.number()
        + (hollow ? " hollow" : " solid")
        + "\" d=\""
        + outline(level)
        + "\"/><text class=\"numeral l"
        + level.number()
        + (hollow ? " hollow" : " solid")
        + "\" x=\"12\" y=\""
        + Svg.n(y)
        + "\" text-anchor=\"middle\">"
        + level.number()
        + "</text>";
  }
}
