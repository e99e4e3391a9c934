package org.minusone.series.store;

import java.util.List;

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

  /** Whether it answers now; waits for a few seconds at most. */
  boolean answers();

  @Override
  void close();
}
