package org.minusone.series.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A store that takes InfluxDB line protocol. Writing the same point again changes nothing, so
 * whoever is unsure writes again.
 */
public interface SeriesStore extends AutoCloseable {
  /**
   * Makes sure that points of {@code measurement} can be written. Cheap when it was asked before.
   *
   * @param expires whether its points go after the store's retention; a run's do not
   */
  void prepare(String measurement, boolean expires) throws StoreAway;

  /**
   * Writes all {@code lines} or refuses them together.
   *
   * @param lines of line protocol with millisecond stamps, their measurements prepared
   * @throws StoreRefused if at least one of them can never be written
   * @throws StoreAway if it may work later
   */
  void write(List<String> lines) throws StoreRefused, StoreAway;

  /**
   * For how long points that expire are kept, where the store takes older ones without a word and
   * drops them; empty where it refuses them itself, or keeps all.
   */
  default Optional<Duration> dropsAfter() {
    return Optional.empty();
  }

  /** Whether it answers now; waits for a few seconds at most. */
  boolean answers();

  @Override
  void close();
}
