package org.minusone.series.read;

import java.util.ArrayList;
import java.util.List;
import org.minusone.model.port.SeriesReader.Point;

/**
 * Thins a quantity whose values are words: of a word that stays, its first and last point are kept,
 * so that a state that lasted a second is never lost.
 */
final class WordChanges {
  private WordChanges() {}

  /**
   * @param all oldest first
   */
  static List<Point> of(List<Point> all) {
    List<Point> kept = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      String word = all.get(i).word();
      boolean isFirst = i == 0 || !word.equals(all.get(i - 1).word());
      boolean isLast = i == all.size() - 1 || !word.equals(all.get(i + 1).word());
      if (isFirst || isLast) {
        kept.add(all.get(i));
      }
    }
    return kept;
  }
}
