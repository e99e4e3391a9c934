package org.minusone.console.quarantine;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.minusone.model.Retried;
import org.minusone.model.codec.RejectedRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the topic {@code rejected} says, as it comes: the newest entries without their bytes, an
 * index of many more, what became of those that were tried again, and counts. All of it is bounded.
 */
public final class Rejections {
  /** So many entries are held whole but for their bytes. */
  static final int MOST = 5_000;

  /** The index begins so many records before the end. */
  public static final int INDEXED = 1_000_000;

  private static final int MOST_OUTCOMES = 20_000;
  private static final Logger LOG = LoggerFactory.getLogger(Rejections.class);

  /** How many readings were refused for one reason, and the newest case of it. */
  public record Count(String reason, long count, String lastDetail, Instant lastAt) {}

  private final Deque<Item> newest = new ArrayDeque<>();
  private final EntryIndex index = new EntryIndex();
  private final Map<Long, Retried> outcomes = bounded(MOST_OUTCOMES);
  private final Map<String, Count> counts = new TreeMap<>();
  private final UnknownSensors unknown = new UnknownSensors();
  private volatile Consumer<Retried> listener = outcome -> {};

  /** To be told of each outcome that is news. */
  void onOutcome(Consumer<Retried> toTell) {
    listener = toTell;
  }

  /**
   * Takes a record of the topic {@code rejected}. One that cannot be read still shows that
   * something was rejected.
   *
   * @param at the record's time
   */
  public void accept(long offset, Instant at, String key, byte[] json) {
    RejectedRecord read = null;
    try {
      read = RejectedRecord.read(json);
      if (read.outcome() != null) {
        take(offset, read.outcome());
        return;
      }
      add(Item.of(offset, read.entry()));
    } catch (UncheckedIOException | NullPointerException e) {
      LOG.warn("a rejection cannot be read, offset {}, key {}: {}", offset, key, e.toString());
      add(Item.unreadable(offset, at, key));
    }
  }

  private synchronized void add(Item item) {
    if (item.offset() < index.end()) {
      return;
    }
    index.entry(item.offset(), item.reason(), item.site());
    newest.addFirst(item);
    if (newest.size() > MOST) {
      newest.removeLast();
    }
    Count before = counts.get(item.reason());
    long count = item.count() + (before == null ? 0 : before.count());
    counts.put(item.reason(), new Count(item.reason(), count, item.detail(), item.at()));
    if (item.isOfUnknownSensor()) {
      unknown.add(item);
    }
  }

  private void take(long offset, Retried outcome) {
    boolean isNews;
    synchronized (this) {
      index.other(offset);
      Retried before = outcomes.get(outcome.entry());
      isNews = before == null || !before.command().equals(outcome.command());
      // A later refusal does not undo that it was tried again before.
      if (before == null || outcome.refused() == null || before.refused() != null) {
        outcomes.put(outcome.entry(), outcome);
      }
      if (outcome.refused() == null) {
        index.retried(outcome.entry());
      }
    }
    if (isNews) {
      listener.accept(outcome);
    }
  }

  /** The newest that are wanted and below {@code before}, newest first. */
  synchronized List<Item> newest(Wanted wanted, long before, int limit) {
    return newest.stream()
        .filter(
            item ->
                item.offset() < before
                    && index.mayMatch(item.offset(), wanted)
                    && wanted.matches(item))
        .limit(limit)
        .toList();
  }

  /** Below this offset entries are not in memory; one past the newest while there are none. */
  synchronized long heldFrom() {
    return newest.isEmpty() ? index.end() : newest.peekLast().offset();
  }

  /** Whether an entry may be wanted, as far as the index knows. */
  synchronized boolean mayMatch(long offset, Wanted wanted) {
    return index.mayMatch(offset, wanted);
  }

  /** Whether the index reaches back to it. */
  synchronized boolean isIndexed(long offset) {
    return index.base() >= 0 && offset >= index.base();
  }

  /** Whether an offset is known to be no entry that could be tried again, and why. */
  public synchronized Optional<String> objection(long offset) {
    if (offset >= index.end()) {
      return Optional.of("unknown");
    }
    if (offset < index.base()) {
      return Optional.empty();
    }
    if (!index.isEntry(offset)) {
      return Optional.of("unknown");
    }
    return index.isRetried(offset) ? Optional.of("retried") : Optional.empty();
  }

  /** Whether it was tried again. */
  public synchronized boolean isRetried(long offset) {
    return index.isRetried(offset);
  }

  /** What became of it the last time it was tried again, as far as memory goes back. */
  public synchronized Optional<Retried> outcome(long offset) {
    return Optional.ofNullable(outcomes.get(offset));
  }

  /** By site and reason, of all that is indexed. */
  public synchronized List<EntryIndex.Count> indexed() {
    return index.counts();
  }

  /** The readings of each reason; the most frequent first. */
  public synchronized List<Count> counts() {
    return counts.values().stream()
        .sorted(Comparator.comparingLong(Count::count).reversed().thenComparing(Count::reason))
        .toList();
  }

  /** Sensors whose readings were refused because nobody registered them. */
  public synchronized List<UnknownSensors.Refused> unknownSensors(String site) {
    return new ArrayList<>(unknown.of(site));
  }

  private static <K, V> Map<K, V> bounded(int most) {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
      }
    };
  }
}
