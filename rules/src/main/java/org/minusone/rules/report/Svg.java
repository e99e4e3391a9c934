package org.minusone.rules.report;

/** Drawing, as text. */
final class Svg {
  private final StringBuilder out = new StringBuilder();

  Svg(int width, int height, String label) {
    out.append("<svg class=\"drawing\" viewBox=\"0 0 ")
        .append(width)
        .append(' ')
        .append(height)
        .append("\" role=\"img\" aria-label=\"")
        .append(escape(label))
        .append("\">");
  }

  /** A coordinate, to a tenth. */
  static String n(double value) {
    return Decimals.of(Math.rint(value * 10) / 10).toPlainString();
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  Svg line(String css, double x1, double y1, double x2, double y2) {
    out.append(
        "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>"
            .formatted(css, n(x1), n(y1), n(x2), n(y2)));
    return this;
  }

  Svg box(String css, double x, double y, double width, double height) {
    out.append(
        "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>"
            .formatted(css, n(x), n(y), n(Math.max(0, width)), n(Math.max(0, height))));
    return this;
  }

  /**
   * @param anchor start, middle or end
   */
  Svg text(String css, double x, double y, String anchor, String text) {
    out.append(
        "<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>"
            .formatted(css, n(x), n(y), anchor, escape(text)));
    return this;
  }

  Svg raw(String markup) {
    out.append(markup);
    return this;
  }

  String end() {
    return out.append("</svg>").toString();
  }
}
