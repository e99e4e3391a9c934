package org.minusone.app.export;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Says, in a line that is written over, how far an export has come: each second, from the second
 * one on. A short export says nothing.
 */
public final class ExportProgress {
  private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final PrintWriter talk;
  private final Instant to;
  private final LongSupplier nanos;
  private final long began;
  private Instant from;
  private long sayAt;
  private boolean said;

  /**
   * @param from null = where the first row is
   * @param nanos a clock that only goes on, {@code System::nanoTime}
   */
  public ExportProgress(PrintWriter talk, Instant from, Instant to, LongSupplier nanos) {
    this.talk = talk;
    this.from = from;
    this.to = to;
    this.nanos = nanos;
    this.began = nanos.getAsLong();
    this.sayAt = began + SILENT_NANOS;
  }

  void at(long rows, Instant time) {
    if (from == null) {
      from = time;
    }
    long now = nanos.getAsLong();
    if (now - sayAt < 0) {
      return;
    }
    sayAt = now + EVERY_NANOS;
    said = true;
    talk.print("\r" + line(rows, time, now - began) + "   ");
    talk.flush();
  }

  private String line(long rows, Instant time, long tookNanos) {
    double share =
        Math.min(
            1,
            (double) Duration.between(from, time).toMillis()
                / Math.max(1, Duration.between(from, to).toMillis()));
    double seconds = tookNanos / 1e9;
    // Before a hundredth is done the rest would be a guess.
    String left = share < 0.01 ? "" : ", %,.0f s left".formatted(seconds * (1 - share) / share);
    return String.format(
        Locale.ROOT,
        "%,d readings, at %s, %.0f %% of the range, %,.0f a second%s",
        rows,
        time.truncatedTo(ChronoUnit.SECONDS),
        share * 100,
        rows / seconds,
        left);
  }

  /** Leaves the line, if there is one. */
  public void end() {
    if (said) {
      talk.println();
      talk.flush();
    }
  }

  /** Since it was made. */
  public Duration took() {
    return Duration.ofNanos(nanos.getAsLong() - began);
  }
}
