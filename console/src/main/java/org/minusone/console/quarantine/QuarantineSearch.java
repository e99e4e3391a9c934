package org.minusone.console.quarantine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.minusone.model.Quarantined;
import org.minusone.model.codec.RejectedRecord;

/**
 * Finds entries: the newest in memory, older ones where they are kept. One request reads so much
 * and no more; what it did not reach is for the next.
 */
public final class QuarantineSearch {
  private static final int STEP = 500;
  private static final long PATIENCE_NS = 4_000_000_000L;
  private static final int MOST_SELECTED = 100_000;

  /** A message of many errors keeps its bytes in the first of at most 64 entries. */
  private static final int NEAR = 1_000;

  private final Rejections rejections;
  private final RejectedLog log;

  public QuarantineSearch(Rejections rejections, RejectedLog log) {
    this.rejections = rejections;
    this.log = log;
  }

  /**
   * @param next below which offset the next page begins; null at the end
   */
  public record Page(List<Item> items, Long next) {}

  /**
   * @param more whether there are more than were selected
   */
  public record Selection(List<Long> offsets, boolean more) {}

  /**
   * An entry with its message.
   *
   * @param payload what is kept of it; empty where nothing is found
   * @param payloadIn the offset of the entry that holds the bytes
   */
  public record Found(Item item, byte[] payload, long payloadIn) {}

  /**
   * Newest first. May hold fewer than asked for, even none, and still have a {@code next}.
   *
   * @param before null = from the newest
   * @throws IOException when older ones are asked for and Kafka does not answer
   */
  public Page page(Wanted wanted, Long before, int limit) throws IOException {
    long at = before == null ? Long.MAX_VALUE : before;
    List<Item> found = new ArrayList<>(rejections.newest(wanted, at, limit));
    if (found.size() == limit) {
      return new Page(found, found.get(limit - 1).offset());
    }
    at = Math.min(at, rejections.heldFrom());
    long begin;
    try {
      begin = log.range().begin();
      if (wanted.from() != null) {
        begin = Math.max(begin, log.firstAt(wanted.from()));
      }
    } catch (IOException e) {
      if (found.isEmpty() && before != null) {
        throw e;
      }
      return new Page(found, at);
    }
    long deadline = System.nanoTime() + PATIENCE_NS;
    while (at > begin && found.size() < limit && System.nanoTime() < deadline) {
      long from = Math.max(begin, at - STEP);
      if (anyMayMatch(from, at, wanted)) {
        List<RejectedLog.Raw> read = log.read(from, at);
        for (int i = read.size() - 1; i >= 0 && found.size() < limit; i--) {
          at = read.get(i).offset();
          matching(read.get(i), wanted).ifPresent(found::add);
        }
      }
      if (found.size() < limit) {
        at = from;
      }
    }
    return new Page(found, at > begin ? at : null);
  }

  private boolean anyMayMatch(long from, long to, Wanted wanted) {
    for (long offset = from; offset < to; offset++) {
      if (rejections.mayMatch(offset, wanted)) {
        return true;
      }
    }
    return false;
  }

  private Optional<Item> matching(RejectedLog.Raw raw, Wanted wanted) {
    if (!rejections.mayMatch(raw.offset(), wanted)) {
      return Optional.empty();
    }
    return Optional.ofNullable(Item.read(raw)).filter(wanted::matches);
  }

  /**
   * The offsets of what is wanted, oldest first, to be tried again.
   *
   * @throws IOException when Kafka does not answer
   */
  public Selection select(Wanted wanted, int limit) throws IOException {
    int most = Math.min(limit, MOST_SELECTED);
    RejectedLog.Range range = log.range();
    long at = range.begin();
    if (wanted.from() != null) {
      at = Math.max(at, log.firstAt(wanted.from()));
    }
    List<Long> found = new ArrayList<>();
    long deadline = System.nanoTime() + PATIENCE_NS;
    while (at < range.end() && found.size() <= most && System.nanoTime() < deadline) {
      long to = Math.min(range.end(), at + STEP);
      if (wanted.isOfIndex() && isIndexed(at)) {
        for (long offset = at; offset < to; offset++) {
          if (rejections.mayMatch(offset, wanted)) {
            found.add(offset);
          }
        }
      } else if (anyMayMatch(at, to, wanted)) {
        for (RejectedLog.Raw raw : log.read(at, to)) {
          matching(raw, wanted).ifPresent(item -> found.add(item.offset()));
        }
      }
      at = to;
    }
    boolean more = found.size() > most || at < range.end();
    return new Selection(List.copyOf(found.subList(0, Math.min(most, found.size()))), more);
  }

  private boolean isIndexed(long offset) {
    return rejections.isIndexed(offset);
  }

  /**
   * One entry with what is kept of its bytes; empty where that offset is none.
   *
   * @throws IOException when Kafka does not answer
   */
  public Optional<Found> find(long offset) throws IOException {
    List<RejectedLog.Raw> read = log.read(offset, offset + 1);
    if (read.isEmpty()) {
      return Optional.empty();
    }
    Item item = Item.read(read.get(0));
    if (item == null) {
      return Optional.empty();
    }
    if (item.reason().equals(Item.UNREADABLE)) {
      return Optional.of(new Found(item, read.get(0).value(), offset));
    }
    Quarantined entry = RejectedRecord.read(read.get(0).value()).entry();
    if (entry.bytes() != null) {
      return Optional.of(new Found(item, entry.payload(), offset));
    }
    List<RejectedLog.Raw> near = log.read(Math.max(0, offset - NEAR), offset);
    for (int i = near.size() - 1; i >= 0; i--) {
      Item other = Item.read(near.get(i));
      if (other != null && item.sha256().equals(other.sha256())) {
        Quarantined holder = RejectedRecord.read(near.get(i).value()).entry();
        if (holder.bytes() != null) {
          return Optional.of(new Found(item, holder.payload(), other.offset()));
        }
      }
    }
    return Optional.of(new Found(item, new byte[0], offset));
  }
}
