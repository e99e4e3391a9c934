package org.minusone.rules;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ThreadDeathsTest {
  private final AtomicLong nowMs = new AtomicLong();
  private final ThreadDeaths deaths = new ThreadDeaths(() -> Instant.ofEpochMilli(nowMs.get()));

  @Test
  void aThreadThatDiesNowAndThenIsReplaced() {
    for (int i = 0; i < 20; i++) {
      nowMs.addAndGet(100_000);
      assertThat(deaths.handle(new IllegalStateException("away"))).isEqualTo(REPLACE_THREAD);
    }
    assertThat(deaths.gaveUp()).isFalse();
  }

  @Test
  void oneThatKeepsDyingStandsStillInTheOpen() {
    for (int i = 0; i < 4; i++) {
      assertThat(deaths.handle(new IllegalStateException("bad"))).isEqualTo(REPLACE_THREAD);
    }
    assertThat(deaths.handle(new IllegalStateException("bad"))).isEqualTo(SHUTDOWN_CLIENT);
    assertThat(deaths.gaveUp()).isTrue();
  }

  @Test
  void anErrorIsNotSurvived() {
    assertThat(deaths.handle(new OutOfMemoryError())).isEqualTo(SHUTDOWN_CLIENT);
    assertThat(deaths.gaveUp()).isTrue();
  }
}
