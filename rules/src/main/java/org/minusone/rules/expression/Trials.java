package org.minusone.rules.expression;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.minusone.model.Quantity;
import org.minusone.rules.evaluate.Expression;
import org.minusone.rules.load.Durations;

/**
 * Asks an expression about readings around every number that it names, and at the ends of what its
 * quantities can read: one that is true for none, or for all, was not meant so.
 */
final class Trials {
  /** Readings tried at most (D); where there are more combinations nothing is claimed. */
  private static final int MOST = 2_000;

  private static final long DAY_MS = 86_400_000;

  private final TreeSet<Double> numbers = new TreeSet<>();
  private final TreeSet<Long> ages = new TreeSet<>();
  private final Expression expression;
  private boolean asksForValues;

  private Trials(Expression expression, CelExpr root) {
    this.expression = expression;
    ages.add(0L);
    ages.add(DAY_MS);
    look(root);
  }

  /** What to say of it; empty where some readings make it true and some do not. */
  static Optional<String> doubt(Expression expression, CelExpr root) {
    return new Trials(expression, root).doubt();
  }

  private void look(CelExpr part) {
    switch (part.exprKind().getKind()) {
      case IDENT -> asksForValues |= !part.ident().name().startsWith(Reads.AGE_OF);
      case CONSTANT -> constant(part.constant());
      case CALL -> {
        part.call().target().ifPresent(this::look);
        part.call().args().forEach(this::look);
      }
      case LIST -> part.list().elements().forEach(this::look);
      default -> {}
    }
  }

  private void constant(CelConstant constant) {
    if (constant.getKind() == CelConstant.Kind.DOUBLE_VALUE) {
      double number = constant.doubleValue();
      double near = Math.max(Math.abs(number), 1) * 1e-6;
      numbers.addAll(List.of(number - near, number, number + near));
    } else if (constant.getKind() == CelConstant.Kind.STRING_VALUE) {
      Durations.parse(constant.stringValue())
          .map(Duration::toMillis)
          .ifPresent(ms -> ages.addAll(List.of(Math.max(0, ms - 1), ms, ms + 1)));
    }
  }

  private Optional<String> doubt() {
    if (!asksForValues) {
      return Optional.of(
          "it asks for ages alone, and is looked at when a reading comes: what stops coming is told"
              + " by 'silent:' with 'quantity:'");
    }
    List<Quantity> reads = expression.reads();
    List<List<Read>> choices = new ArrayList<>();
    long combinations = 1;
    for (Quantity quantity : reads) {
      List<Read> choice = choice(quantity);
      choices.add(choice);
      combinations *= choice.size();
      if (combinations > MOST) {
        return Optional.empty();
      }
    }
    boolean sometimes = false;
    boolean always = true;
    for (int i = 0; i < combinations; i++) {
      Map<Quantity, Read> latest = new HashMap<>();
      int rest = i;
      for (int q = 0; q < reads.size(); q++) {
        List<Read> choice = choices.get(q);
        latest.put(reads.get(q), choice.get(rest % choice.size()));
        rest /= choice.size();
      }
      boolean holds = expression.holds(new Tried(latest));
      sometimes |= holds;
      always &= holds;
    }
    if (sometimes && !always) {
      return Optional.empty();
    }
    return Optional.of(
        sometimes
            ? "this is true for every reading that was tried: it would never clear"
            : "no reading that was tried makes this true: it would never be raised");
  }

  private List<Read> choice(Quantity quantity) {
    List<Read> choice = new ArrayList<>();
    for (long age : expression.asksForAges() ? ages : List.of(0L)) {
      if (quantity.isWord()) {
        quantity.words().forEach(word -> choice.add(new Read(Double.NaN, word, age)));
        continue;
      }
      TreeSet<Double> values = new TreeSet<>(numbers);
      double low = quantity.lowest();
      double high = quantity.highest();
      values.addAll(List.of(low, high, low + (high - low) / 2));
      values.removeIf(value -> value < low || value > high);
      values.forEach(value -> choice.add(new Read(value, null, age)));
    }
    return choice;
  }

  private record Read(double value, String word, long ageMs) {}

  private record Tried(Map<Quantity, Read> reads) implements Expression.Latest {
    @Override
    public boolean isKnown(Quantity quantity) {
      return reads.containsKey(quantity);
    }

    @Override
    public double value(Quantity quantity) {
      return reads.get(quantity).value();
    }

    @Override
    public String word(Quantity quantity) {
      return reads.get(quantity).word();
    }

    @Override
    public long ageMs(Quantity quantity) {
      return reads.get(quantity).ageMs();
    }
  }
}
