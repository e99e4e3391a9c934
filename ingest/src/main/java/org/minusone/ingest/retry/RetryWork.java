package org.minusone.ingest.retry;

import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;
import org.minusone.ingest.retry.Reingest.Became;
import org.minusone.model.Command;
import org.minusone.model.Quarantined;
import org.minusone.model.Rejected;
import org.minusone.model.Retried;
import org.minusone.model.codec.RejectedRecord;

/**
 * Carries out one command. Entries are read in order, in a window that holds their neighbours too:
 * a message with several errors has several entries side by side, the first of which keeps its
 * bytes. Such a message is decoded once, however many of its entries are named.
 *
 * <p>What is refused again and has an entry that was not named stays that entry's. Readings that
 * were taken the first time cannot be told from those that were not: they come again and are
 * duplicates, by their identity.
 */
final class RetryWork {
  /** One message makes at most 64 entries; other instances may write between them. */
  static final int NEAR = 127;

  /** So many messages, and so many bytes of them, are on their way to Kafka at once. */
  static final int MOST_PENDING = 1_000;

  static final long MOST_BYTES = 8L << 20;

  private static final long LOOK_MS = 200;

  private final RejectedReader reader;
  private final Reingest reingest;
  private final Outcomes outcomes;
  private final InstantSource clock;
  private final BooleanSupplier closed;

  RetryWork(
      RejectedReader reader,
      Reingest reingest,
      Outcomes outcomes,
      InstantSource clock,
      BooleanSupplier closed) {
    this.reader = reader;
    this.reingest = reingest;
    this.outcomes = outcomes;
    this.clock = clock;
    this.closed = closed;
  }

  private record Entry(long offset, Quarantined said) {
    boolean isOfSameMessage(Entry other) {
      return said.sha256().equals(other.said.sha256())
          && said.topic().equals(other.said.topic())
          && said.at().equals(other.said.at());
    }

    String message() {
      return said.at() + " " + said.sha256() + " " + said.topic();
    }
  }

  private record Pending(long entry, int bytes, CompletableFuture<Became> became) {}

  /**
   * Tries again what the command names.
   *
   * @param isDone whether an outcome of this command for that entry is known already
   * @return false if ingest ends before all outcomes are kept: the command is to be read again
   */
  boolean carryOut(Command command, LongPredicate isDone) throws InterruptedException {
    TreeSet<Long> wanted = new TreeSet<>();
    for (Long entry : command.entries()) {
      if (!isDone.test(entry)) {
        wanted.add(entry);
      }
    }
    Job job = new Job(command, wanted);
    for (long[] range : ranges(wanted)) {
      reader.read(range[0], range[1], job::see);
      if (closed.getAsBoolean()) {
        return false;
      }
      job.end(range[1]);
    }
    job.finish();
    outcomes.flush();
    return !closed.getAsBoolean();
  }

  /** What is to be read: each entry with its neighbours, joined where they overlap. */
  private static List<long[]> ranges(TreeSet<Long> wanted) {
    List<long[]> ranges = new ArrayList<>();
    for (long entry : wanted) {
      long from = Math.max(0, entry - NEAR);
      long to = entry + NEAR + 1;
      if (!ranges.isEmpty() && ranges.get(ranges.size() - 1)[1] >= from) {
        ranges.get(ranges.size() - 1)[1] = to;
      } else {
        ranges.add(new long[] {from, to});
      }
    }
    return ranges;
  }

  /** One command under way. */
  private final class Job {
    private final Command command;
    private final TreeSet<Long> named;
    private final TreeSet<Long> open;
    private final Deque<Entry> window = new ArrayDeque<>();
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final Set<String> decoded = new HashSet<>();
    private long pendingBytes;

    Job(Command command, TreeSet<Long> wanted) {
      this.command = command;
      this.named = wanted;
      this.open = new TreeSet<>(wanted);
    }

    void see(long offset, byte[] value) throws InterruptedException {
      seen(offset);
      Quarantined said = null;
      try {
        said = RejectedRecord.read(value).entry();
      } catch (UncheckedIOException e) {
        // Said below, if it is one that was asked for.
      }
      if (said == null || said.sha256() == null || said.topic() == null || said.at() == null) {
        if (open.remove(offset)) {
          refuse(offset, "the entry itself cannot be read");
        }
        return;
      }
      window.addLast(new Entry(offset, said));
    }

    /** All before {@code offset} has been shown: what has its neighbours can be decoded. */
    private void seen(long offset) throws InterruptedException {
      while (!open.isEmpty() && open.first() + NEAR < offset) {
        handle(open.pollFirst());
      }
      while (!window.isEmpty() && window.peekFirst().offset() + 2L * NEAR < offset) {
        window.removeFirst();
      }
    }

    /** A range was shown up to its end. */
    void end(long to) throws InterruptedException {
      while (!open.isEmpty() && open.first() < to) {
        handle(open.pollFirst());
      }
      window.clear();
    }

    private void handle(long offset) throws InterruptedException {
      Entry entry = window.stream().filter(one -> one.offset() == offset).findFirst().orElse(null);
      if (entry == null) {
        refuse(offset, "it is no longer kept: entries are kept 30 days");
        return;
      }
      if (!decoded.add(entry.message())) {
        outcomes.write(Retried.done(offset, clock.instant(), command.by(), command.id(), 0, 0));
        return;
      }
      byte[] payload = payload(entry);
      if (payload == null) {
        refuse(offset, "no entry near it keeps the bytes of its message");
      } else if (payload.length < entry.said().size()) {
        refuse(
            offset,
            "only the first "
                + payload.length
                + " of its "
                + entry.said().size()
                + " bytes are kept");
      } else {
        give(entry, payload);
      }
    }

    private byte[] payload(Entry entry) {
      if (entry.said().bytes() != null) {
        return entry.said().payload();
      }
      for (Entry other : window) {
        if (other.said().bytes() != null && other.isOfSameMessage(entry)) {
          return other.said().payload();
        }
      }
      return null;
    }

    private void give(Entry entry, byte[] payload) throws InterruptedException {
      Set<Rejected> notAgain = new HashSet<>();
      for (Entry other : window) {
        if (!named.contains(other.offset()) && other.isOfSameMessage(entry)) {
          notAgain.add(new Rejected(other.said().reason(), other.said().detail()));
        }
      }
      notAgain.remove(new Rejected(entry.said().reason(), entry.said().detail()));
      pending.addLast(
          new Pending(
              entry.offset(),
              payload.length,
              reingest.again(
                  new Reingest.Message(
                      entry.offset(),
                      entry.said().topic(),
                      payload,
                      entry.said().at().toEpochMilli(),
                      entry.said().client(),
                      notAgain))));
      pendingBytes += payload.length;
      while (pending.size() > MOST_PENDING || (pending.size() > 1 && pendingBytes > MOST_BYTES)) {
        settle(pending.removeFirst());
      }
    }

    private void refuse(long offset, String why) throws InterruptedException {
      outcomes.write(Retried.refused(offset, clock.instant(), command.by(), command.id(), why));
    }

    void finish() throws InterruptedException {
      while (!pending.isEmpty()) {
        settle(pending.removeFirst());
      }
    }

    /** Only once Kafka has all of it may the outcome say so. */
    private void settle(Pending one) throws InterruptedException {
      pendingBytes -= one.bytes();
      while (!closed.getAsBoolean()) {
        try {
          Became became = one.became().get(LOOK_MS, TimeUnit.MILLISECONDS);
          outcomes.write(
              Retried.done(
                  one.entry(),
                  clock.instant(),
                  command.by(),
                  command.id(),
                  became.readings(),
                  became.rejected()));
          return;
        } catch (TimeoutException e) {
          // Kafka takes its time; closing is looked at again.
        } catch (ExecutionException e) {
          refuse(one.entry(), "a defect of ours: " + e.getCause());
          return;
        }
      }
    }
  }
}
