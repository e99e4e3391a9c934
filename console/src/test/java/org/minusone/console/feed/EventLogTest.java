package org.minusone.console.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.minusone.model.SiteId;

class EventLogTest {
  private static final SiteId SITE = new SiteId("fubao");
  private static final SiteId RUN = new SiteId("fubao@r1");

  private final EventLog log = new EventLog(4);

  private void append(long offset, SiteId site) {
    log.append(0, offset, site, new byte[0]);
  }

  private List<Long> read(String from, SiteId site) throws EventLog.Lost {
    Position start = Position.parse(from).orElseThrow();
    List<Long> offsets = new ArrayList<>();
    long cursor = log.resume(start).orElseThrow();
    for (EventLog.Step step = log.next(cursor, site, start);
        step.event() != null;
        step = log.next(step.cursor(), site, start)) {
      offsets.add(step.event().offset());
    }
    return offsets;
  }

  @Test
  void continuesAfterThePosition() throws Exception {
    append(0, SITE);
    append(1, RUN);
    append(2, SITE);
    assertThat(read("-1", SITE)).containsExactly(0L, 2L);
    assertThat(read("0", SITE)).containsExactly(2L);
    assertThat(read("1", SITE)).containsExactly(2L);
    assertThat(read("2", SITE)).isEmpty();
    assertThat(read("-1", RUN)).containsExactly(1L);
  }

  @Test
  void whatWasDroppedCannotBeResumed() throws Exception {
    for (int offset = 0; offset < 6; offset++) {
      append(offset, SITE);
    }
    assertThat(log.resume(Position.START)).isEmpty();
    assertThat(log.resume(Position.START.with(0, 0))).isEmpty();
    assertThat(read("1", SITE)).containsExactly(2L, 3L, 4L, 5L);
  }

  @Test
  void aPositionOfAnotherTopicIsNotOurs() {
    append(0, SITE);
    assertThat(log.resume(Position.START.with(0, 1))).isEmpty();
    log.pass(0, 1);
    assertThat(log.resume(Position.START.with(0, 1))).isPresent();
  }

  @Test
  void aReaderThatFallsBehindIsTold() {
    append(0, SITE);
    for (int offset = 1; offset < 6; offset++) {
      append(offset, SITE);
    }
    assertThatThrownBy(() -> log.next(0, SITE, Position.START)).isInstanceOf(EventLog.Lost.class);
  }
}
