package org.minusone.console.feed;

import java.util.List;
import java.util.OptionalLong;
import org.minusone.model.SiteId;

/**
 * The newest alert events in the order we read them. All readers of the stream share it, each with
 * a cursor of its own, so that a slow one costs no memory.
 */
public final class EventLog {
  private final LoggedEvent[] ring;
  private Position dropped = new Position(List.of());
  private Position end = Position.START;
  private long next;

  EventLog(int most) {
    this.ring = new LoggedEvent[most];
  }

  synchronized void append(int partition, long offset, SiteId site, byte[] json) {
    end = end.with(partition, offset);
    int slot = slot(next);
    LoggedEvent oldest = ring[slot];
    if (oldest != null) {
      dropped = dropped.with(oldest.partition(), oldest.offset());
    }
    ring[slot] = new LoggedEvent(next, partition, offset, end, site, json);
    next++;
  }

  /** A record was read that is no news: positions go on, nothing is kept. */
  synchronized void pass(int partition, long offset) {
    end = end.with(partition, offset);
  }

  /** After everything read so far. */
  public synchronized Position end() {
    return end;
  }

  /** The cursor after everything read so far. */
  public synchronized long endCursor() {
    return next;
  }

  /**
   * The cursor that continues from {@code position}; empty when events after it are no longer kept,
   * or when it lies ahead of the topic, which must then be another than the one it was given for.
   */
  public synchronized OptionalLong resume(Position position) {
    for (int partition = 0; partition < dropped.offsets().size(); partition++) {
      if (dropped.offset(partition) > position.offset(partition)) {
        return OptionalLong.empty();
      }
    }
    for (int partition = 0; partition < position.offsets().size(); partition++) {
      if (position.offset(partition) > end.offset(partition)) {
        return OptionalLong.empty();
      }
    }
    return OptionalLong.of(oldest());
  }

  /**
   * The first event at or after {@code cursor} of {@code site} that {@code after} does not cover.
   *
   * @throws Lost when the log no longer reaches back to {@code cursor}
   */
  public synchronized Step next(long cursor, SiteId site, Position after) throws Lost {
    if (cursor < oldest()) {
      throw new Lost();
    }
    for (long sequence = cursor; sequence < next; sequence++) {
      LoggedEvent event = ring[slot(sequence)];
      if (event.site().equals(site) && !after.covers(event.partition(), event.offset())) {
        return new Step(event, sequence + 1);
      }
    }
    return new Step(null, next);
  }

  /**
   * @param event null when there is none yet
   * @param cursor where to go on
   */
  public record Step(LoggedEvent event, long cursor) {}

  private long oldest() {
    return Math.max(0, next - ring.length);
  }

  private int slot(long sequence) {
    return (int) (sequence % ring.length);
  }

  /** The reader fell behind what is kept. */
  public static final class Lost extends Exception {
    private static final long serialVersionUID = 1;

    Lost() {
      super("events were dropped before they were read", null, false, false);
    }
  }
}
