package org.minusone.console;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.minusone.console.quarantine.RejectedLog;

/** What was rejected, in a list; retention and Kafka's absence are the test's to play. */
final class FakeRejectedLog implements RejectedLog {
  private final List<Raw> all = new ArrayList<>();
  private final List<Instant> times = new ArrayList<>();
  private int begin;
  volatile boolean away;

  synchronized long add(Instant at, byte[] value) {
    all.add(new Raw(all.size(), value));
    times.add(at);
    return all.size() - 1;
  }

  /** Retention takes what is below. */
  synchronized void keepFrom(int offset) {
    begin = offset;
  }

  @Override
  public synchronized Range range() throws IOException {
    if (away) {
      throw new IOException("Kafka is away");
    }
    return new Range(begin, all.size());
  }

  @Override
  public synchronized List<Raw> read(long from, long to) throws IOException {
    Range range = range();
    int first = (int) Math.max(from, range.begin());
    int last = (int) Math.min(to, range.end());
    return first >= last ? List.of() : List.copyOf(all.subList(first, last));
  }

  @Override
  public synchronized long firstAt(Instant time) throws IOException {
    range();
    for (int i = begin; i < times.size(); i++) {
      if (!times.get(i).isBefore(time)) {
        return i;
      }
    }
    return times.size();
  }

  @Override
  public void close() {}
}
