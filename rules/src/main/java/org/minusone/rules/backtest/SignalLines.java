package org.minusone.rules.backtest;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import org.minusone.model.Signal;

/**
 * Signals as lines of JSON (CONTRACTS §5): every key always there, null where empty.
 *
 * <p>Written by hand because {@code Double.toString} differs between JDK 17 and 19: numbers are
 * rounded to 15 digits as decimals, which any JDK prints alike.
 */
public final class SignalLines {
  private static final MathContext DIGITS = new MathContext(15, RoundingMode.HALF_EVEN);

  private SignalLines() {}

  public static void write(List<Signal> signals, Appendable out) throws IOException {
    StringBuilder line = new StringBuilder(256);
    for (Signal signal : signals) {
      line.setLength(0);
      out.append(line(signal, line)).append('\n');
    }
  }

  static StringBuilder line(Signal signal, StringBuilder line) {
    line.append('{');
    text(line, "time", signal.time().toString()).append(',');
    text(line, "sensor", signal.sensor().value()).append(',');
    text(line, "rule", signal.rule()).append(',');
    text(line, "quantity", signal.quantity() == null ? null : signal.quantity().id()).append(',');
    text(line, "signal", signal.signal().id()).append(',');
    if (signal.word() == null) {
      number(line, "value", signal.value()).append(',');
    } else {
      text(line, "value", signal.word()).append(',');
    }
    number(line, "limit", signal.limit()).append(',');
    number(line, "eta_s", signal.etaS()).append(',');
    number(line, "eta_low_s", signal.etaLowS()).append(',');
    number(line, "eta_high_s", signal.etaHighS()).append(',');
    return number(line, "probability", signal.probability()).append('}');
  }

  private static StringBuilder number(StringBuilder line, String key, Double value) {
    line.append('"').append(key).append("\":");
    if (value == null) {
      return line.append("null");
    }
    BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
    return line.append(rounded.signum() == 0 ? "0" : rounded.toPlainString());
  }

  private static StringBuilder text(StringBuilder line, String key, String value) {
    line.append('"').append(key).append("\":");
    if (value == null) {
      return line.append("null");
    }
    line.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        line.append('\\').append(c);
      } else if (c < ' ') {
        line.append(String.format("\\u%04x", (int) c));
      } else {
        line.append(c);
      }
    }
    return line.append('"');
  }
}
