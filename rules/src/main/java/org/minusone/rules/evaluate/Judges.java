package org.minusone.rules.evaluate;

import java.time.Instant;
import java.util.List;
import org.minusone.model.Family;
import org.minusone.model.QualityFlag;
import org.minusone.model.QualityTests;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.Rule;
import org.minusone.model.Verdict;
import org.minusone.rules.quality.DefaultTests;
import org.minusone.rules.quality.Judge;
import org.minusone.rules.quality.Judgement;

/**
 * The quality tests of a family's quantities: those that a rule gives, else the defaults. Which way
 * danger lies is what the limits on the quantity say.
 */
final class Judges {
  private static final int QUANTITIES = Quantity.values().length;

  private final QualityTests[] given = new QualityTests[QUANTITIES];
  private final boolean[] rises = new boolean[QUANTITIES];
  private final boolean[] falls = new boolean[QUANTITIES];

  /** Made when first asked for. */
  private final Judge[][] judges = new Judge[Family.values().length][QUANTITIES];

  /**
   * @param rules of one family
   */
  Judges(List<Rule> rules) {
    for (Rule rule : rules) {
      if (rule.condition() instanceof Rule.Quality quality && quality.tests() != null) {
        given[rule.quantity().ordinal()] = quality.tests();
      } else if (rule.condition() instanceof Rule.Threshold threshold) {
        boolean[] danger =
            switch (threshold.direction()) {
              case ABOVE -> rises;
              case BELOW -> falls;
            };
        danger[rule.quantity().ordinal()] = true;
      }
    }
  }

  Judge of(Family family, Quantity quantity) {
    int q = quantity.ordinal();
    Judge judge = judges[family.ordinal()][q];
    if (judge == null) {
      QualityTests tests = given[q] == null ? DefaultTests.of(family, quantity) : given[q];
      judge = new Judge(tests, rises[q], falls[q]);
      judges[family.ordinal()][q] = judge;
    }
    return judge;
  }

  /** What was found of the reading itself. */
  static Verdict present(Reading reading, Judgement found) {
    return verdict(
        reading, reading.timeMs(), found.flag, found.test, found.detail, reading.value());
  }

  /** What was found of the reading before it. */
  static Verdict earlier(Reading reading, Judgement found) {
    return verdict(
        reading,
        found.earlierOwnMs,
        found.earlier,
        found.earlierTest,
        found.earlierDetail,
        found.earlierValue);
  }

  private static Verdict verdict(
      Reading of, long ownMs, QualityFlag flag, String test, String detail, double value) {
    return new Verdict(
        of.site(),
        of.family(),
        of.sensor(),
        of.quantity(),
        Instant.ofEpochMilli(ownMs),
        flag,
        test,
        detail,
        value,
        null);
  }
}
