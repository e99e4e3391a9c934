package org.minusone.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.minusone.model.Reading;
import org.minusone.series.store.StoreAway;
import org.minusone.series.store.StoreRefused;

class BisectionTest {
  private final Set<Long> bad = new TreeSet<>();
  private final Set<Long> inStore = new TreeSet<>();
  private int writes;

  /** Refuses a batch with a bad point in it, whole. */
  private void write(List<Reading> readings) throws StoreRefused {
    writes++;
    for (Reading reading : readings) {
      if (bad.contains(reading.timeMs())) {
        throw new StoreRefused("bad point");
      }
    }
    readings.forEach(r -> inStore.add(r.timeMs()));
  }

  private static List<Reading> batch(int size) {
    List<Reading> batch = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      batch.add(Readings.celsius(Readings.STORE_7, i, 20));
    }
    return batch;
  }

  @Test
  void aGoodBatchIsOneWrite() throws Exception {
    Bisection.Outcome outcome = Bisection.write(batch(5000), this::write);
    assertThat(outcome.stored()).hasSize(5000);
    assertThat(outcome.refused()).isEmpty();
    assertThat(writes).isEqualTo(1);
  }

  @Test
  void oneBadPointCostsOnlyItself() throws Exception {
    bad.add(1234L);
    Bisection.Outcome outcome = Bisection.write(batch(5000), this::write);
    assertThat(outcome.stored()).hasSize(4999);
    assertThat(outcome.refused()).extracting(r -> r.reading().timeMs()).containsExactly(1234L);
    assertThat(outcome.refused().get(0).reason()).isEqualTo("bad point");
    assertThat(inStore).hasSize(4999);
    assertThat(writes).isLessThan(30);
  }

  @Test
  void whateverIsBadAllOthersAreStored() throws Exception {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      bad.clear();
      inStore.clear();
      int size = random.nextInt(300);
      double share = random.nextDouble();
      for (long i = 0; i < size; i++) {
        if (random.nextDouble() < share) {
          bad.add(i);
        }
      }
      Bisection.Outcome outcome = Bisection.write(batch(size), this::write);
      assertThat(outcome.stored().size() + outcome.refused().size())
          .as("seed " + seed)
          .isEqualTo(size);
      assertThat(outcome.refused()).as("seed " + seed).hasSize(bad.size());
      assertThat(inStore).as("seed " + seed).noneMatch(bad::contains);
    }
  }

  @Test
  void aStoreThatGoesAwayDecidesNothing() {
    bad.add(3L);
    Bisection.Write goingAway =
        readings -> {
          if (writes == 3) {
            throw new StoreAway("gone", null);
          }
          write(readings);
        };
    assertThatThrownBy(() -> Bisection.write(batch(8), goingAway)).isInstanceOf(StoreAway.class);
  }
}
