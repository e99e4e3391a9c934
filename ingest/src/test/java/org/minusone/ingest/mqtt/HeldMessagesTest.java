package org.minusone.ingest.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HeldMessagesTest {
  private final HeldMessages held = new HeldMessages(3, 1_000);

  @Test
  void thereIsRoomUntilTheNumberIsReached() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(held.awaitRoom(1, 0)).isTrue();
      held.add(1);
    }
    assertThat(held.awaitRoom(1, 0)).isFalse();
    held.give(1);
    assertThat(held.awaitRoom(1, 0)).isTrue();
    assertThat(held.messages()).isEqualTo(2);
  }

  @Test
  void orTheBytesAre() throws Exception {
    held.add(600);
    assertThat(held.awaitRoom(400, 0)).isTrue();
    assertThat(held.awaitRoom(401, 0)).isFalse();
    held.give(600);
    assertThat(held.bytes()).isZero();
  }

  @Test
  void oneLargerThanTheBoundIsLetInAlone() throws Exception {
    assertThat(held.awaitRoom(5_000, 0)).isTrue();
    held.add(5_000);
    assertThat(held.awaitRoom(1, 0)).isFalse();
  }

  @Test
  void whatIsReadMeanwhileCountsThoughThereWasNoRoom() throws Exception {
    for (int i = 0; i < 5; i++) {
      held.add(10);
    }
    held.give(2, 20);
    assertThat(held.awaitRoom(1, 0)).isFalse();
    held.give(1, 10);
    assertThat(held.awaitRoom(1, 0)).isTrue();
  }

  @Test
  void whoWaitsGoesOnWhenRoomIsGiven() {
    held.add(1_000);
    CompletableFuture<Boolean> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return held.awaitRoom(1, 60_000);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(waiting).isNotDone();
    held.give(1_000);
    await().until(waiting::isDone);
    assertThat(waiting.join()).isTrue();
  }
}
