package org.minusone.model.port;

/**
 * A part of the house that runs: constructors do no I/O, {@link #start} opens, {@link #close} ends
 * it within seconds and may be called twice. The name is its role's: {@code ingest}, {@code
 * series}, {@code rules}, {@code alerting}, {@code console}.
 */
public interface Part extends AutoCloseable {
  String name();

  /** Opens its connections and begins to work; fails loudly if it cannot. */
  void start() throws Exception;

  /** How it is now; cheap, never blocks, may be asked from any thread. */
  PartHealth health();

  @Override
  void close();
}
