package org.minusone.model.port;

import org.minusone.model.Run;

/**
 * Where ingest writes that a run was opened or ended: the topic {@code site}. Blocks until it is
 * kept.
 */
public interface RunLog {
  void put(Run run) throws Exception;
}
