package org.minusone.app.browser;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.awaitility.core.ThrowingRunnable;

/** Patience for what is due at once, on a busy machine of two cores. */
final class Soon {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private Soon() {}

  /** Asks again until it holds, on this thread: the browser's connection belongs to one. */
  static void soon(ThrowingRunnable assertion) {
    await().pollInSameThread().atMost(PATIENCE).untilAsserted(assertion);
  }
}
