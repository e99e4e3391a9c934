package org.minusone.rules.expression;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minusone.model.Family;
import org.minusone.model.Quantity;

/** What people write in an expression because other languages have it so. */
final class Habits {
  private static final Pattern WORDS = Pattern.compile("\"[^\"]*\"|'[^']*'");
  private static final Pattern EQUALS = Pattern.compile("(?<![=!<>])=(?!=)");
  private static final Pattern LOGIC = Pattern.compile("(?i)\\b(and|or|not)\\b");
  private static final Pattern UNIT =
      Pattern.compile(
          "(?<![\\w.])\\d+(?:\\.\\d+)?\\s*(?!in\\b)(?![eE][-+]?\\d)([\\p{L}%°][\\p{L}/%°]*)");
  private static final Map<String, String> SIGNS = Map.of("and", "&&", "or", "||", "not", "!");

  private Habits() {}

  /** The first one found in an expression that does not compile. */
  static Optional<Fault> fault(Family family, String text) {
    // A word in quotes may hold anything: as long, but blank.
    String code = WORDS.matcher(text).replaceAll(word -> " ".repeat(word.group().length()));
    Matcher equals = EQUALS.matcher(code);
    if (equals.find()) {
      return at(text, equals.start(), "'=' compares nothing here: write '=='");
    }
    Matcher logic = LOGIC.matcher(code);
    if (logic.find()) {
      String sign = SIGNS.get(logic.group(1).toLowerCase(Locale.ROOT));
      return at(text, logic.start(), "write '" + sign + "' for '" + logic.group(1) + "'");
    }
    for (Quantity quantity : family.quantities()) {
      int dashed = quantity.id().contains("-") ? code.indexOf(quantity.id()) : -1;
      if (dashed >= 0) {
        String name = CelExpressions.name(quantity);
        return at(text, dashed, "write '" + name + "': in an expression '-' is a minus");
      }
    }
    Matcher unit = UNIT.matcher(code);
    if (unit.find()) {
      return at(
          text,
          unit.start(1),
          "a number stands without '" + unit.group(1) + "': it is in its quantity's own unit");
    }
    return Optional.empty();
  }

  private static Optional<Fault> at(String text, int index, String message) {
    int line = 1 + (int) text.substring(0, index).chars().filter(c -> c == '\n').count();
    return Optional.of(new Fault(line, index - 1 - text.lastIndexOf('\n', index - 1), message));
  }
}
