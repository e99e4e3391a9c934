package org.minusone.rules.expression;

import dev.cel.runtime.CelAttributePattern;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import dev.cel.runtime.PartialVars;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.minusone.model.Quantity;
import org.minusone.rules.evaluate.Expression;

/** One compiled expression; it may be asked by any thread. */
final class CelExpression implements Expression {
  private final CelRuntime.Program program;
  private final List<Quantity> reads;
  private final Map<String, Quantity> values = new HashMap<>();
  private final Map<String, Quantity> ages = new HashMap<>();

  CelExpression(CelRuntime.Program program, List<Quantity> reads, List<Quantity> aged) {
    this.program = program;
    this.reads = reads;
    for (Quantity quantity : reads) {
      values.put(CelExpressions.name(quantity), quantity);
    }
    for (Quantity quantity : aged) {
      ages.put(Reads.AGE_OF + CelExpressions.name(quantity), quantity);
    }
  }

  @Override
  public List<Quantity> reads() {
    return reads;
  }

  @Override
  public boolean asksForAges() {
    return !ages.isEmpty();
  }

  @Override
  public boolean holds(Latest latest) {
    CelVariableResolver resolver = name -> Optional.ofNullable(find(name, latest));
    List<CelAttributePattern> missing = List.of();
    for (Quantity quantity : reads) {
      if (!latest.isKnown(quantity)) {
        missing = missing.isEmpty() ? new ArrayList<>() : missing;
        missing.add(CelAttributePattern.create(CelExpressions.name(quantity)));
        missing.add(CelAttributePattern.create(Reads.AGE_OF + CelExpressions.name(quantity)));
      }
    }
    try {
      // What is missing is unknown, so that `a || b` holds by b alone.
      Object answer =
          missing.isEmpty()
              ? program.eval(resolver)
              : program.eval(PartialVars.of(resolver, missing));
      return Boolean.TRUE.equals(answer);
    } catch (CelEvaluationException e) {
      return false; // it was checked: only a number out of all bounds gets here
    }
  }

  /** Null for what is not known. */
  private Object find(String name, Latest latest) {
    Quantity quantity = values.get(name);
    if (quantity != null) {
      if (!latest.isKnown(quantity)) {
        return null;
      }
      return quantity.isWord() ? latest.word(quantity) : (Object) latest.value(quantity);
    }
    Quantity aged = ages.get(name);
    return aged == null || !latest.isKnown(aged) ? null : Duration.ofMillis(latest.ageMs(aged));
  }
}
