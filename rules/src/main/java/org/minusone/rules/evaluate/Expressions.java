package org.minusone.rules.evaluate;

import org.minusone.model.Family;

/** Compiles the text of {@code when:}. A port: the language's library stays out of here. */
public interface Expressions {
  /** Where no rule has one. */
  Expressions NONE =
      (family, text) -> {
        throw new IllegalArgumentException("no language for '" + text + "'");
      };

  /**
   * @param family whose quantities it may name
   * @throws IllegalArgumentException if it is none; a rule that was loaded has a good one
   */
  Expression compile(Family family, String text);
}
