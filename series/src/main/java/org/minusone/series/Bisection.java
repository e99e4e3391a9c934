package org.minusone.series;

import java.util.ArrayList;
import java.util.List;
import org.minusone.model.Reading;
import org.minusone.series.store.StoreAway;
import org.minusone.series.store.StoreRefused;

/**
 * Writes a batch so that only what is itself at fault is refused: a store refuses a whole batch for
 * one bad line, so a refused batch is halved, and its halves, down to the point alone. k bad points
 * among n cost about 2·k·log₂(n) writes.
 */
final class Bisection {
  /** One attempt at writing. */
  @FunctionalInterface
  interface Write {
    void write(List<Reading> readings) throws StoreRefused, StoreAway;
  }

  /**
   * @param reason the store's own words
   */
  record Refusal(Reading reading, String reason) {}

  /** Where every reading of a batch went. */
  record Outcome(List<Reading> stored, List<Refusal> refused) {}

  private Bisection() {}

  /**
   * @throws StoreAway if the store went away on the way: nothing is decided then, and the whole
   *     batch may be written again
   */
  static Outcome write(List<Reading> batch, Write write) throws StoreAway {
    Outcome outcome = new Outcome(new ArrayList<>(batch.size()), new ArrayList<>());
    if (!batch.isEmpty()) {
      split(batch, write, outcome);
    }
    return outcome;
  }

  private static void split(List<Reading> part, Write write, Outcome outcome) throws StoreAway {
    try {
      write.write(part);
      outcome.stored().addAll(part);
    } catch (StoreRefused e) {
      if (part.size() == 1) {
        outcome.refused().add(new Refusal(part.get(0), String.valueOf(e.getMessage())));
        return;
      }
      int middle = part.size() / 2;
      split(part.subList(0, middle), write, outcome);
      split(part.subList(middle, part.size()), write, outcome);
    }
  }
}
