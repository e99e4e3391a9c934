package org.minusone.rules.expression;

import dev.cel.common.CelIssue;
import dev.cel.common.CelSourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minusone.model.Family;
import org.minusone.rules.load.Value;

/** The library's complaints in the words of a rule file. */
final class CelFaults {
  private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([^']*)'.*");
  private static final Pattern OVERLOAD =
      Pattern.compile("found no matching overload for '([^']*)' applied to '\\(([^']*)\\)'.*");
  private static final Pattern RESULT =
      Pattern.compile("expected type 'bool' but found '([^']*)'.*");
  private static final Pattern EXPECTING = Pattern.compile("(.*?) expecting .*");

  private final Family family;
  private final String text;

  CelFaults(Family family, String text) {
    this.family = family;
    this.text = text;
  }

  List<Fault> of(List<CelIssue> issues) {
    Optional<Fault> habit = Habits.fault(family, text);
    if (habit.isPresent()) {
      return List.of(habit.get()); // what the library says of it, and of what follows, is no help
    }
    List<Fault> faults = new ArrayList<>();
    for (CelIssue issue : issues) {
      String message = oneLine(issue.getMessage());
      faults.add(at(place(message, issue.getSourceLocation()), say(message, issue)));
    }
    return faults;
  }

  /** Where the name begins: of a function the library points at the bracket behind it. */
  private CelSourceLocation place(String message, CelSourceLocation place) {
    Matcher undeclared = UNDECLARED.matcher(message);
    if (!undeclared.matches() || !isCalled(place)) {
      return place;
    }
    String name = undeclared.group(1);
    int shift = name.startsWith(Reads.AGE_OF) ? 1 : -name.length();
    return CelSourceLocation.of(place.getLine(), place.getColumn() + shift);
  }

  Fault at(CelSourceLocation place, String message) {
    return new Fault(Math.max(1, place.getLine()), Math.max(0, place.getColumn()), message);
  }

  private String say(String message, CelIssue issue) {
    Matcher undeclared = UNDECLARED.matcher(message);
    if (undeclared.matches()) {
      return unknown(undeclared.group(1), issue.getSourceLocation());
    }
    Matcher overload = OVERLOAD.matcher(message);
    if (overload.matches()) {
      String name = overload.group(1);
      String operator = name.replaceAll("[_@]", "");
      String types = String.join(" and ", overload.group(2).split(", "));
      return "'" + operator + "' does not go with " + plain(types);
    }
    Matcher result = RESULT.matcher(message);
    if (result.matches()) {
      return "the expression must be true or false, not " + plain(result.group(1));
    }
    if (message.contains("<EOF>")) {
      return "the expression ends too early";
    }
    Matcher expecting = EXPECTING.matcher(message);
    return expecting.matches() ? expecting.group(1) : message;
  }

  private String unknown(String name, CelSourceLocation place) {
    if (name.startsWith(Reads.AGE_OF)) {
      return Value.unknown(
          "quantity", name.substring(Reads.AGE_OF.length()), CelExpressions.names(family));
    }
    if (name.matches("_.+_|_\\[_]")) {
      return "'" + name.replace("_", "") + "' is not among the operators of an expression";
    }
    if (isCalled(place)) {
      return Value.unknown("function", name, List.of(Reads.AGE, "duration"));
    }
    return Value.unknown("quantity", name, CelExpressions.names(family));
  }

  /** The library points at a function's bracket, at a variable's first letter. */
  private boolean isCalled(CelSourceLocation place) {
    String[] lines = text.split("\n", -1);
    if (place.getLine() < 1 || place.getLine() > lines.length) {
      return false;
    }
    String line = lines[place.getLine() - 1];
    int column = place.getColumn();
    return column >= 0 && column < line.length() && line.charAt(column) == '(';
  }

  private static String plain(String types) {
    return types
        .replaceAll("\\bdouble\\b", "a number")
        .replaceAll("\\bstring\\b", "a word")
        .replaceAll("\\bgoogle\\.protobuf\\.Duration\\b", "a duration")
        .replaceAll("\\bduration\\b", "a duration")
        .replaceAll("\\ba a duration\\b", "a duration")
        .replaceAll("\\bbool\\b", "true or false");
  }

  static String oneLine(String message) {
    return message.replaceAll("\\s+", " ").strip();
  }
}
