package org.minusone.console.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EntryIndexTest {
  private static final Wanted OPEN =
      new Wanted(null, null, null, null, null, null, Wanted.State.OPEN);

  /** Against a plain map, over gaps, outcomes and more offsets than are kept. */
  @Test
  void itSaysWhatAPlainMapWouldOfTheNewest() {
    Random random = new Random(4);
    EntryIndex index = new EntryIndex(64);
    Map<Long, String> plain = new HashMap<>();
    long offset = 1_000;
    for (int i = 0; i < 5_000; i++) {
      offset += random.nextInt(10) == 0 ? 1 + random.nextInt(150) : 1;
      if (random.nextInt(4) == 0) {
        long entry = offset - random.nextInt(40);
        index.other(offset);
        index.retried(entry);
        plain.computeIfPresent(entry, (at, reason) -> entry < index.base() ? reason : "retried");
      } else {
        String reason = "r" + random.nextInt(3);
        index.entry(offset, reason, "s" + random.nextInt(2));
        plain.put(offset, reason);
      }
      assertThat(index.end() - index.base()).isLessThanOrEqualTo(64);
      assertThat(index.end()).isEqualTo(offset + 1);
      long open = 0;
      for (long at = index.base(); at < index.end(); at++) {
        boolean expected = plain.containsKey(at) && !plain.get(at).equals("retried");
        assertThat(index.mayMatch(at, OPEN)).as("%d of %d", at, offset).isEqualTo(expected);
        open += expected ? 1 : 0;
      }
      assertThat(index.counts().stream().mapToLong(EntryIndex.Count::open).sum()).isEqualTo(open);
    }
  }

  @Test
  void whatIsBeforeTheIndexMayBeAnythingOpen() {
    EntryIndex index = new EntryIndex(10);
    index.entry(500, "bad-time", "fubao");
    assertThat(index.mayMatch(499, OPEN)).isTrue();
    assertThat(index.mayMatch(501, OPEN)).isFalse();
    index.entry(500, "bad-time", "fubao");
    assertThat(index.counts().get(0).entries()).as("the same again counts once").isEqualTo(1);
  }
}
