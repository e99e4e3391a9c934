package org.minusone.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.minusone.console.feed.AlertBook;
import org.minusone.model.AlertEvent;
import org.minusone.model.Level;
import org.minusone.model.codec.Json;

/** What is kept of alerts, however many there were. */
class BoundsTest {
  private static final Instant START = Instant.parse("2026-06-01T08:00:00Z");

  private final FakeSite site = new FakeSite(20);
  private final AlertBook book = new AlertBook();
  private long offset;

  private void apply(AlertEvent event) {
    book.apply(0, offset++, Json.bytes(event));
  }

  private AlertStory story(int second) {
    return new AlertStory(
        site, FakeSite.FUBAO, "E-001", "residual-current", START.plusSeconds(second));
  }

  @Test
  void theOldestClosedGoAndNoOpenOneDoes() {
    AlertStory oldestOpen = story(0);
    apply(oldestOpen.raised(START, Level.WARN, 200, 210));
    for (int i = 1; i <= AlertBook.MOST_ALERTS + 50; i++) {
      AlertStory story = story(i);
      apply(story.withdrawn(START.plusSeconds(i)));
    }
    assertThat(book.alert(oldestOpen.id())).isPresent();
    assertThat(book.alert(story(51).id())).isEmpty();
    assertThat(book.alert(story(52).id())).isPresent();
    int kept = book.page(FakeSite.FUBAO, false, null, 100_000).items().size();
    assertThat(kept).isEqualTo(AlertBook.MOST_ALERTS);
    assertThat(book.page(FakeSite.FUBAO, true, null, 10).items()).hasSize(1);
  }

  @Test
  void aLongStoryLosesOnlyTheMovesOfItsForecast() {
    AlertStory story = story(0);
    for (int i = 0; i < 700; i++) {
      apply(
          story.forewarned(
              START.plusSeconds(i), Level.ALARM, 300, 210, java.time.Duration.ofMinutes(3)));
    }
    apply(story.raised(START.plusSeconds(700), Level.ALARM, 300, 301));
    apply(story.cleared(START.plusSeconds(800), 150));
    List<String> kinds =
        book.told(story.id()).orElseThrow().events().stream()
            .map(event -> event.get("kind").asText())
            .toList();
    assertThat(kinds).hasSize(500).startsWith("forewarned").endsWith("raised", "cleared");
  }

  @Test
  void anEventAfterTheClosingIsKeptToo() {
    AlertStory story = story(0);
    apply(story.forewarned(START, Level.ALARM, 300, 210, java.time.Duration.ofMinutes(3)));
    apply(story.withdrawn(START.plusSeconds(9)));
    AlertEvent again = story.raised(START.plusSeconds(12), Level.ALARM, 300, 305);
    apply(again);
    apply(again);
    AlertBook.Told told = book.told(story.id()).orElseThrow();
    assertThat(told.events()).hasSize(3);
    assertThat(told.alert().state().isOpen()).isTrue();
    assertThat(book.log().end()).hasToString("3");
  }

  @Test
  void whatCannotBeReadIsPassedOver() {
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> book.apply(0, 7, new byte[] {'{'}))
        .isInstanceOf(java.io.UncheckedIOException.class);
    assertThat(book.log().end()).hasToString("7");
  }
}
