package org.minusone.rules.expression;

import dev.cel.common.ast.CelExpr;
import java.util.List;
import java.util.Optional;
import org.minusone.rules.evaluate.Expression;

/** An expression, or why it is none. */
public final class Checked {
  private final Expression expression;
  private final CelExpr root;
  private final List<Fault> faults;

  private Checked(Expression expression, CelExpr root, List<Fault> faults) {
    this.expression = expression;
    this.root = root;
    this.faults = List.copyOf(faults);
  }

  static Checked of(Expression expression, CelExpr root) {
    return new Checked(expression, root, List.of());
  }

  static Checked not(List<Fault> faults) {
    return new Checked(null, null, faults);
  }

  /** Null where there are faults. */
  public Expression expression() {
    return expression;
  }

  public List<Fault> faults() {
    return faults;
  }

  /** Why an expression without faults was hardly meant so; costs some thousand evaluations. */
  public Optional<String> doubt() {
    return expression == null ? Optional.empty() : Trials.doubt(expression, root);
  }
}
