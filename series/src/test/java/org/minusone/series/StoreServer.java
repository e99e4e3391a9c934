package org.minusone.series;

import org.minusone.series.store.StoreConfig;

/** A real store of its own kind, for the contract that all kinds share. */
interface StoreServer extends AutoCloseable {
  /** Starts it, or starts it again on the same address with the same data. */
  void start() throws Exception;

  /** Ends it, as hard as its kind allows. */
  void stop() throws Exception;

  /** How it is reached; the same over restarts. */
  StoreConfig config();

  @Override
  void close() throws Exception;
}
