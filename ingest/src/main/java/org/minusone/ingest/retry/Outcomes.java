package org.minusone.ingest.retry;

import org.minusone.model.Retried;

/** Where it is written what became of each. Waits until it is kept; ends early once closed. */
interface Outcomes {
  void write(Retried outcome) throws InterruptedException;

  /** Waits until all that was written is kept. */
  void flush() throws InterruptedException;
}
