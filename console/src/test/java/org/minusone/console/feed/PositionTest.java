package org.minusone.console.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PositionTest {
  @Test
  void onePartitionIsItsOffset() {
    assertThat(Position.START).hasToString("-1");
    assertThat(Position.START.with(0, 123)).hasToString("123");
    assertThat(Position.parse("123")).contains(new Position(List.of(123L)));
  }

  @Test
  void morePartitionsCanCome() {
    Position position = Position.START.with(0, 5).with(2, 7);
    assertThat(position).hasToString("5.-1.7");
    assertThat(Position.parse("5.-1.7")).contains(position);
    assertThat(position.covers(0, 5)).isTrue();
    assertThat(position.covers(0, 6)).isFalse();
    assertThat(position.covers(1, 0)).isFalse();
    assertThat(position.covers(9, 0)).isFalse();
  }

  @Test
  void neverGoesBack() {
    assertThat(Position.START.with(0, 9).with(0, 4)).hasToString("9");
  }

  @Test
  void otherTextsAreNone() {
    for (String text : new String[] {"", "-2", "x", "1.", ".1", "1..2", "99999999999999999999"}) {
      assertThat(Position.parse(text)).as(text).isEmpty();
    }
    assertThat(Position.parse(null)).isEmpty();
  }
}
