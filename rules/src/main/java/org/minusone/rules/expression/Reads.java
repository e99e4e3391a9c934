package org.minusone.rules.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.minusone.model.Family;
import org.minusone.model.Quantity;
import org.minusone.rules.load.Value;

/**
 * What a type-checked expression reads; and what its types allow but can never be true: a state
 * compared with a word it never is, a duration that is none.
 */
final class Reads {
  static final String AGE = "age";

  /** Begins the name of the variable behind {@code age(q)}. */
  static final String AGE_OF = "age_of_";

  private static final Pattern DURATION =
      Pattern.compile("-?(\\d{1,9}(\\.\\d{1,9})?(h|m|s|ms|us|ns))+");

  private final Family family;
  private final CelAbstractSyntaxTree ast;
  private final CelFaults words;
  private final Set<Quantity> found = new LinkedHashSet<>();
  private final Set<Quantity> ages = new LinkedHashSet<>();
  private final List<Fault> faults = new ArrayList<>();

  Reads(Family family, CelAbstractSyntaxTree ast, CelFaults words) {
    this.family = family;
    this.ast = ast;
    this.words = words;
    look(ast.getExpr());
    if (found.isEmpty() && faults.isEmpty()) {
      String known = String.join(", ", CelExpressions.names(family));
      faults.add(new Fault(1, 0, "the expression names no quantity; there are " + known));
    }
  }

  /** In the order of the text. */
  List<Quantity> found() {
    return List.copyOf(found);
  }

  List<Quantity> ages() {
    return List.copyOf(ages);
  }

  List<Fault> faults() {
    return faults;
  }

  private void look(CelExpr expression) {
    switch (expression.exprKind().getKind()) {
      case IDENT -> ident(expression.ident().name());
      case CALL -> {
        CelExpr.CelCall call = expression.call();
        call.target().ifPresent(this::look);
        call.args().forEach(this::look);
        switch (call.function()) {
          case "_==_", "_!=_" -> {
            compared(call.args().get(0), call.args().get(1));
            compared(call.args().get(1), call.args().get(0));
          }
          case "@in" -> {
            CelExpr list = call.args().get(1);
            if (list.exprKind().getKind() == CelExpr.ExprKind.Kind.LIST) {
              list.list().elements().forEach(word -> compared(call.args().get(0), word));
            }
          }
          case "duration" -> duration(call.args().get(0));
          case "_/_" -> divided(call.args().get(1));
          default -> {}
        }
      }
      case LIST -> expression.list().elements().forEach(this::look);
      case SELECT -> look(expression.select().operand());
      case MAP ->
          expression
              .map()
              .entries()
              .forEach(
                  entry -> {
                    look(entry.key());
                    look(entry.value());
                  });
      case CONSTANT, STRUCT, COMPREHENSION, NOT_SET -> {}
    }
  }

  private void ident(String name) {
    boolean age = name.startsWith(AGE_OF);
    String own = age ? name.substring(AGE_OF.length()) : name;
    for (Quantity quantity : family.quantities()) {
      if (CelExpressions.name(quantity).equals(own)) {
        found.add(quantity);
        if (age) {
          ages.add(quantity);
        }
      }
    }
  }

  private void compared(CelExpr ident, CelExpr with) {
    if (ident.exprKind().getKind() != CelExpr.ExprKind.Kind.IDENT || text(with) == null) {
      return;
    }
    for (Quantity quantity : family.quantities()) {
      if (quantity.isWord()
          && CelExpressions.name(quantity).equals(ident.ident().name())
          && !quantity.words().contains(text(with))) {
        fault(with, Value.unknown(quantity.id() + " word", text(with), quantity.words()));
      }
    }
  }

  private void duration(CelExpr argument) {
    if (text(argument) == null || !DURATION.matcher(text(argument)).matches()) {
      fault(argument, "a duration is written as '90s', '15m', '4h' or '1h30m'");
    }
  }

  private void divided(CelExpr by) {
    if (by.exprKind().getKind() == CelExpr.ExprKind.Kind.CONSTANT
        && by.constant().getKind() == CelConstant.Kind.DOUBLE_VALUE
        && by.constant().doubleValue() == 0) {
      fault(by, "nothing can be divided by 0");
    }
  }

  /** Null unless it is one, written out. */
  private static String text(CelExpr expression) {
    return expression.exprKind().getKind() == CelExpr.ExprKind.Kind.CONSTANT
            && expression.constant().getKind() == CelConstant.Kind.STRING_VALUE
        ? expression.constant().stringValue()
        : null;
  }

  private void fault(CelExpr at, String message) {
    CelSourceLocation place =
        ast.getSource().getOffsetLocation(offset(at)).orElse(CelSourceLocation.of(1, 0));
    faults.add(words.at(place, message));
  }

  private int offset(CelExpr expression) {
    return ast.getSource().getPositionsMap().getOrDefault(expression.id(), 0);
  }
}
