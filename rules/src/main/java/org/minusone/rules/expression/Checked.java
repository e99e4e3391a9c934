package org.minusone.rules.expression;

import java.util.List;
import org.minusone.rules.evaluate.Expression;

/**
 * An expression, or why it is none.
 *
 * @param expression null where there are faults
 */
public record Checked(Expression expression, List<Fault> faults) {
  public Checked {
    faults = List.copyOf(faults);
  }

  static Checked of(Expression expression) {
    return new Checked(expression, List.of());
  }

  static Checked not(Fault... faults) {
    return new Checked(null, List.of(faults));
  }
}
