package org.minusone.rules.timeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.minusone.model.Signal;
import org.minusone.model.SignalKind;

/**
 * A signal that must be told. Fields it does not name may be anything.
 *
 * @param line where it is written
 */
public record Expectation(int line, SignalKind signal, Map<Field, Match> fields) {
  public Expectation {
    fields = fields.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(fields));
  }

  /** What may be asked of a signal. */
  public enum Field {
    RULE(false),
    SENSOR(false),
    QUANTITY(false),
    LEVEL(false),
    LIMIT(true),
    /** The number, or the word, behind it. */
    VALUE(true),
    ETA_S(true),
    ETA_LOW_S(true),
    ETA_HIGH_S(true),
    PROBABILITY(true),
    METHOD(false),
    CAUSE(false),
    LATE(false),
    DELAYED(false),
    /** When it is stamped, epoch ms; a deadline is stamped with itself. */
    TIME(true);

    private final boolean number;

    Field(boolean number) {
      this.number = number;
    }

    /** The key it is asked for under. */
    public String id() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    public boolean isNumber() {
      return number;
    }

    /** A number, a text, or null where the signal has none. */
    Object of(Signal s) {
      return switch (this) {
        case RULE -> s.rule();
        case SENSOR -> s.sensor().value();
        case QUANTITY -> s.quantity() == null ? null : s.quantity().id();
        case LEVEL -> s.level() == null ? null : s.level().id();
        case LIMIT -> s.limit();
        case VALUE -> s.word() == null ? s.value() : s.word();
        case ETA_S -> s.etaS();
        case ETA_LOW_S -> s.etaLowS();
        case ETA_HIGH_S -> s.etaHighS();
        case PROBABILITY -> s.probability();
        case METHOD -> s.method();
        case CAUSE -> s.cause();
        case LATE -> String.valueOf(s.late());
        case DELAYED -> String.valueOf(s.delayed());
        case TIME -> (double) s.time().toEpochMilli();
      };
    }
  }

  /**
   * What a field must be.
   *
   * @param text of a word; null for a number
   * @param low least number, inclusive
   * @param high greatest, inclusive
   */
  public record Match(String text, double low, double high) {
    /** Two numbers count as equal within this share: {@code 0.1 + 0.2} is {@code 0.3}. */
    private static final double NEAR = 1e-9;

    public static Match text(String text) {
      return new Match(text, Double.NaN, Double.NaN);
    }

    public static Match between(double low, double high) {
      return new Match(null, low, high);
    }

    boolean holds(Object found) {
      if (text != null) {
        return text.equals(found);
      }
      if (!(found instanceof Double number)) {
        return false;
      }
      return number >= low - NEAR * Math.abs(low) && number <= high + NEAR * Math.abs(high);
    }

    String describe(Field field, Timeline of) {
      if (text != null) {
        return text;
      }
      if (low == high) {
        return show(field, low, of);
      }
      if (low == Double.NEGATIVE_INFINITY) {
        return "at most " + show(field, high, of);
      }
      if (high == Double.POSITIVE_INFINITY) {
        return "at least " + show(field, low, of);
      }
      return "between " + show(field, low, of) + " and " + show(field, high, of);
    }
  }

  boolean holds(Signal signal) {
    return signal.signal() == this.signal
        && fields.entrySet().stream().allMatch(e -> e.getValue().holds(e.getKey().of(signal)));
  }

  /** Whether it can only be this one that was meant: all that names it holds. */
  boolean isAbout(Signal signal) {
    return signal.signal() == this.signal && namesHold(signal);
  }

  /** The same rule, sensor and quantity, as far as asked. */
  boolean namesHold(Signal signal) {
    for (Field name : List.of(Field.RULE, Field.SENSOR, Field.QUANTITY)) {
      Match match = fields.get(name);
      if (match != null && !match.holds(name.of(signal))) {
        return false;
      }
    }
    return true;
  }

  /** {@code eta_s is 532.1, expected between 60 and 300}, one for each field that does not hold. */
  List<String> differences(Signal signal, Timeline of) {
    List<String> all = new ArrayList<>();
    if (signal.signal() != this.signal) {
      all.add("signal is " + signal.signal().id() + ", expected " + this.signal.id());
    }
    fields.forEach(
        (field, match) -> {
          Object found = field.of(signal);
          if (!match.holds(found)) {
            String is = found instanceof Double n ? show(field, n, of) : String.valueOf(found);
            all.add(
                field.id()
                    + " is "
                    + (found == null ? "none" : is)
                    + ", expected "
                    + match.describe(field, of));
          }
        });
    return all;
  }

  String describe(Timeline of) {
    StringBuilder text = new StringBuilder(signal.id());
    fields.forEach(
        (field, match) -> {
          text.append(' ');
          if (field != Field.RULE && field != Field.SENSOR) {
            text.append(field.id()).append(' ');
          }
          text.append(match.describe(field, of));
        });
    return text.toString();
  }

  static String show(Field field, double number, Timeline of) {
    if (field == Field.TIME) {
      return of.clock(Math.round(number));
    }
    String plain = new java.math.BigDecimal(number).round(DIGITS).toPlainString();
    return plain.contains(".") ? plain.replaceAll("0+$", "").replaceAll("\\.$", "") : plain;
  }

  private static final java.math.MathContext DIGITS = new java.math.MathContext(9);
}
