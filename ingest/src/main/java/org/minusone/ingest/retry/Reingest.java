package org.minusone.ingest.retry;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.minusone.model.Rejected;

/** Decodes a message once more, on the thread that decodes, and gives Kafka what it becomes. */
public interface Reingest {
  /**
   * A message that was rejected.
   *
   * @param entry the offset of its entry; what is refused again names it
   * @param arrivalMs when it arrived the first time
   * @param client who published it; null where the broker did not say
   * @param notAgain what was refused of the same message and has entries of its own that nobody
   *     asked for now: refused again, it is not written a second time
   */
  record Message(
      long entry,
      String topic,
      byte[] payload,
      long arrivalMs,
      String client,
      Set<Rejected> notAgain) {}

  /**
   * What it became.
   *
   * @param readings how many
   * @param rejected how many readings were refused again
   */
  record Became(int readings, int rejected) {}

  /** Completes once Kafka has all of it; does not complete while ingest ends. */
  CompletableFuture<Became> again(Message message);
}
