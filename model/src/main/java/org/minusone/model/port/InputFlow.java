package org.minusone.model.port;

/**
 * Whether what is seen downstream is the present: the input is connected and nothing waits
 * (CONTRACTS §2.4, §2.5).
 */
public interface InputFlow {
  /** True while ingest is connected to the broker and neither ingest nor rules lag behind. */
  boolean isCurrent();
}
