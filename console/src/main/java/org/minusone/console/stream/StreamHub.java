package org.minusone.console.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.minusone.console.feed.AlertBook;
import org.minusone.console.feed.LatestValues;
import org.minusone.console.feed.LatestValues.Change;
import org.minusone.console.feed.SensorBoard;
import org.minusone.console.feed.SensorView;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;
import org.minusone.model.codec.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells all readers: alert events at once, readings each 500 ms, heartbeats each five seconds. One
 * thread for all of them.
 */
public final class StreamHub implements AutoCloseable {
  /** So many at once; a browser tab holds one. */
  public static final int MOST_READERS = 256;

  private static final Logger LOG = LoggerFactory.getLogger(StreamHub.class);
  private static final Duration TICK = Duration.ofMillis(500);
  private static final int NEAREST = 8;

  private final AlertBook alerts;
  private final LatestValues values;
  private final SensorBoard board;
  private final BiFunction<SiteId, Boolean, Heartbeat> heartbeats;
  private final long ticksPerBeat;
  private final List<StreamReader> readers = new CopyOnWriteArrayList<>();
  private final Map<SiteId, Set<SensorId>> nearest = new HashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "console-stream");
            thread.setDaemon(true);
            return thread;
          });
  private volatile ScheduledFuture<?> ticking;
  private volatile boolean caughtUp;
  private long tick;

  /**
   * @param heartbeats by site, and whether the sums are those of all sites
   */
  public StreamHub(
      AlertBook alerts,
      LatestValues values,
      SensorBoard board,
      BiFunction<SiteId, Boolean, Heartbeat> heartbeats,
      Duration beat) {
    this.alerts = alerts;
    this.values = values;
    this.board = board;
    this.heartbeats = heartbeats;
    this.ticksPerBeat = Math.max(1, beat.dividedBy(TICK));
  }

  public void start() {
    ticking =
        timer.scheduleAtFixedRate(
            this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** False once its thread died. */
  public boolean isAlive() {
    ScheduledFuture<?> task = ticking;
    return task == null || !task.isDone();
  }

  public int readers() {
    return readers.size();
  }

  /** Takes a reader in and tells it the first things. */
  void open(StreamReader reader) {
    readers.add(reader);
    reader.whenClosed(() -> readers.remove(reader));
    reader.beat(beat(reader.site(), reader.allSums()));
    if (caughtUp) {
      reader.openEvents();
    }
  }

  /** The log has news. */
  public void alertsChanged() {
    readers.forEach(StreamReader::pump);
  }

  public void alertsCaughtUp() {
    caughtUp = true;
    readers.forEach(StreamReader::openEvents);
  }

  private void tick() {
    try {
      boolean isBeat = tick++ % ticksPerBeat == 0;
      readers.stream().filter(r -> isBeat && !r.isAdmitted()).forEach(StreamReader::close);
      Map<SiteId, List<StreamReader>> bySite = new HashMap<>();
      readers.forEach(r -> bySite.computeIfAbsent(r.site(), s -> new ArrayList<>()).add(r));
      bySite.forEach((site, group) -> tick(site, group, isBeat));
    } catch (RuntimeException e) {
      LOG.error("the stream's timer failed once, and goes on", e);
    }
  }

  private void tick(SiteId site, List<StreamReader> group, boolean isBeat) {
    if (isBeat || !nearest.containsKey(site)) {
      Set<SensorId> near = new HashSet<>();
      for (SensorView view : SensorBoard.nearest(board.views(site), NEAREST)) {
        near.add(view.id());
      }
      nearest.put(site, near);
    }
    if (isBeat) {
      Map<Boolean, byte[]> beats = new HashMap<>();
      for (StreamReader reader : group) {
        reader.beat(beats.computeIfAbsent(reader.allSums(), all -> beat(site, all)));
      }
    }
    Set<SensorId> inAlert = new HashSet<>();
    alerts.open(site).forEach(alert -> inAlert.add(alert.sensor()));
    Set<SensorId> watched = new HashSet<>(nearest.get(site));
    watched.addAll(inAlert);
    List<Change> changes = values.drain(site);
    for (StreamReader reader : group) {
      // Beside an alert that is new to it stands what was heard while nobody watched that sensor.
      reader.readings(
          reader.follow(inAlert).stream().flatMap(id -> values.newest(site, id)).toList());
      reader.readings(
          changes.stream()
              .filter(c -> watched.contains(c.sensor()) || reader.wants(c.sensor()))
              .toList());
    }
  }

  private byte[] beat(SiteId site, boolean allSums) {
    return EventText.of("heartbeat", null, Json.bytes(heartbeats.apply(site, allSums)));
  }

  @Override
  public void close() {
    timer.shutdownNow();
    readers.forEach(StreamReader::close);
  }
}
