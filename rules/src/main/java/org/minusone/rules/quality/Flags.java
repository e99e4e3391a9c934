package org.minusone.rules.quality;

import org.minusone.model.QualityFlag;

/** Several tests' flags as one. */
public final class Flags {
  private Flags() {}

  /**
   * The one that counts: fail over suspect over pass over not evaluated over missing. A reading
   * that one test passed and another could not judge has passed.
   */
  public static QualityFlag worse(QualityFlag a, QualityFlag b) {
    return weight(a) >= weight(b) ? a : b;
  }

  /** Whether {@code a} says more against a reading than {@code b}. */
  public static boolean isWorse(QualityFlag a, QualityFlag b) {
    return weight(a) > weight(b);
  }

  private static int weight(QualityFlag flag) {
    return switch (flag) {
      case MISSING -> 0;
      case NOT_EVALUATED -> 1;
      case PASS -> 2;
      case SUSPECT -> 3;
      case FAIL -> 4;
    };
  }
}
