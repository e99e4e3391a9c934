package org.minusone.console.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.minusone.model.Family;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.SiteId;
import org.minusone.model.Stamp;

class LatestValuesTest {
  private static final SiteId SITE = new SiteId("fubao");
  private static final int BURSTS = 20_000;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** What an operator sees is what was heard last, however the two threads meet. */
  @Test
  void theLastOfABurstIsAmongTheChangesWhoeverDrainsMeanwhile() {
    LatestValues values = new LatestValues();
    AtomicLong seen = new AtomicLong();
    CompletableFuture<Integer> bursts =
        CompletableFuture.supplyAsync(
            () -> {
              long ms = 0;
              for (int burst = 0; burst < BURSTS; burst++) {
                for (int i = 0; i < 10; i++) {
                  values.accept(celsius(++ms));
                }
                long since = System.nanoTime();
                while (seen.get() < ms) {
                  if (System.nanoTime() - since > PATIENCE_NANOS) {
                    return burst;
                  }
                  Thread.onSpinWait();
                }
              }
              return BURSTS;
            });
    while (!bursts.isDone()) {
      values
          .drain(SITE)
          .forEach(change -> seen.accumulateAndGet(change.latest().timeMs(), Math::max));
    }
    assertThat(bursts.join()).as("bursts of which the last reading was seen").isEqualTo(BURSTS);
  }

  private static Reading celsius(long ms) {
    return Reading.number(
        new SensorKey(SITE, new SensorId("H-18")),
        Family.HAZMAT_STORAGE,
        Quantity.TEMPERATURE,
        ms,
        ms,
        Stamp.OWN,
        ms % 40);
  }
}
