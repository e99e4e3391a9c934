package org.minusone.simulator.replay;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.minusone.model.port.Counters;
import org.minusone.simulator.publish.Publisher;
import org.minusone.simulator.publish.PublisherConfig;
import org.minusone.simulator.scenario.Report;

/**
 * Publishes a recording as a run: opens it, publishes each row with its own stamp at the recorded
 * pace times the speed, waits until all is acknowledged, ends it. Rows go out in order of time over
 * all sensors; of one instant, by sensor id.
 *
 * <p>The file is read twice: once to count, and to see whether it is in order of time, then it is
 * streamed; one that is not in order is held in memory, some 36 bytes a row.
 */
public final class Replay {
  private static final long PROGRESS_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final Duration ACKED_ATMOST = Duration.ofSeconds(60);
  private static final int MOST_UNSORTED = 20_000_000;

  private final ReplayRequest request;
  private final PublisherConfig config;

  /** How far it has come, about twice a second and at the end. */
  @FunctionalInterface
  public interface Progress {
    Progress NONE = (rows, total, recorded, elapsed, left) -> {};

    /**
     * Called on the replay's own thread.
     *
     * @param rows readings published
     * @param total readings to publish
     * @param recorded the time the recording is at
     * @param elapsed by the wall clock
     * @param left expected until the end, by the pace so far; null while that is unknown
     */
    void at(long rows, long total, Instant recorded, Duration elapsed, Duration left);
  }

  /**
   * Opens nothing yet.
   *
   * @param config with one connection the broker sees the rows in order of time over all sensors;
   *     with several, only each sensor's
   */
  public Replay(ReplayRequest request, PublisherConfig config) {
    this.request = request;
    this.config = config;
  }

  /**
   * Blocks until the end; interrupt the thread to stop it, then the run is ended all the same.
   *
   * @throws UnreadableRecording if the file cannot be replayed at all
   * @throws IOException if the broker cannot be reached or does not acknowledge
   */
  public ReplayResult run(Progress progress) throws IOException, InterruptedException {
    long started = System.nanoTime();
    Skipped skipped = new Skipped();
    Survey survey = Survey.of(request, skipped);
    if (!survey.sorted() && survey.read() > MOST_UNSORTED) {
      throw new UnreadableRecording(
          "%s: %d rows that are not in order of time, at most %d; sort the file by time"
              .formatted(request.file(), survey.read(), MOST_UNSORTED));
    }
    Counters counters = new Counters();
    if (survey.read() > 0) {
      try (RowSource rows =
              survey.sorted()
                  ? RowSource.streamed(request, survey.plannedMs())
                  : new RowTable(request, (int) survey.read());
          Publisher publisher = new Publisher("replay", config, counters)) {
        publisher.open();
        publish(rows, publisher, survey, progress);
      }
    }
    return new ReplayResult(
        request.run(),
        survey.rows(),
        survey.read(),
        survey.outside(),
        counters.total("published"),
        counters.total("acked"),
        survey.sensors(),
        survey.read() == 0 ? null : Instant.ofEpochMilli(survey.firstMs()),
        survey.read() == 0 ? null : Instant.ofEpochMilli(survey.lastMs()),
        Duration.ofNanos(System.nanoTime() - started),
        skipped.counts(),
        skipped.examples());
  }

  private void publish(RowSource rows, Publisher publisher, Survey survey, Progress progress)
      throws IOException, InterruptedException {
    // CONTRACTS §1: max is written as 0.
    publisher.announceRun(request.run(), Map.of("speed", written(request.speed())));
    try {
      play(rows, publisher, survey, progress);
      if (!publisher.awaitAcked(ACKED_ATMOST)) {
        throw new IOException(
            "the broker did not acknowledge %d messages within %d s"
                .formatted(publisher.unacked(), ACKED_ATMOST.toSeconds()));
      }
    } finally {
      // Also when it was interrupted: a run left open would last another hour.
      boolean interrupted = Thread.interrupted();
      if (publisher.isConnected()) {
        publisher.announceRun(request.run(), Map.of("ended", true));
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Number written(double speed) {
    if (Double.isInfinite(speed)) {
      return 0;
    }
    return speed == Math.rint(speed) && speed < 1e15 ? (Number) (long) speed : (Number) speed;
  }

  private void play(RowSource rows, Publisher publisher, Survey survey, Progress progress)
      throws IOException, InterruptedException {
    double planned = Double.isInfinite(request.speed()) ? 0 : rows.plannedMs(request.pace());
    Pace pace = request.pace();
    Instants instants = new Instants(rows);
    long start = System.nanoTime();
    long told = start;
    long done = 0;
    Instant recorded = Instant.ofEpochMilli(survey.firstMs());
    for (List<Report> reports = instants.next(); !reports.isEmpty(); reports = instants.next()) {
      long recordedMs = reports.get(0).dueMs();
      long due = start + (long) (pace.dueMs(recordedMs) * 1e6);
      for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
        TimeUnit.NANOSECONDS.sleep(Math.min(due - now, PROGRESS_NANOS));
        if (System.nanoTime() - told >= PROGRESS_NANOS) {
          told = tell(progress, done, survey.read(), recorded, start, planned);
        }
      }
      for (Report report : reports) {
        publisher.publish(request.run(), report);
        done += report.readings();
      }
      recorded = Instant.ofEpochMilli(recordedMs);
      if (System.nanoTime() - told >= PROGRESS_NANOS) {
        told = tell(progress, done, survey.read(), recorded, start, planned);
      }
    }
    tell(progress, done, survey.read(), recorded, start, planned);
  }

  /**
   * @param plannedMs how long all of it takes; 0 where only the broker sets the pace
   * @return when it told
   */
  private static long tell(
      Progress progress, long done, long total, Instant recorded, long start, double plannedMs) {
    long now = System.nanoTime();
    double elapsedMs = (now - start) / 1e6;
    Duration left = null;
    if (plannedMs > 0) {
      left = Duration.ofMillis((long) Math.max(0, done == total ? 0 : plannedMs - elapsedMs));
    } else if (done > 0) {
      left = Duration.ofMillis((long) (elapsedMs * (total - done) / done));
    }
    progress.at(done, total, recorded, Duration.ofNanos(now - start), left);
    return now;
  }
}
