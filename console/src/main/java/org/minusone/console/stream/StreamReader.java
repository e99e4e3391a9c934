package org.minusone.console.stream;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.minusone.console.feed.EventLog;
import org.minusone.console.feed.LatestValues.Change;
import org.minusone.console.feed.LoggedEvent;
import org.minusone.console.feed.Position;
import org.minusone.model.Quantity;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;
import org.minusone.model.codec.Json;

/**
 * One connection. It holds a cursor into the event log, the newest heartbeat and the newest value
 * of each reading it has not been sent: nothing that grows while it is slow. It is written to
 * without blocking, when its socket has room; a socket that takes nothing for the connector's idle
 * time is closed by the server, and the browser resumes by Last-Event-ID.
 */
final class StreamReader implements WriteListener {
  /** How soon a browser tries again, ms. */
  private static final byte[] RETRY = "retry: 1000\n\n".getBytes(StandardCharsets.UTF_8);

  private static final byte[] RESET =
      EventText.of("reset", null, "{}".getBytes(StandardCharsets.UTF_8));

  private record Key(SensorId sensor, Quantity quantity) {}

  private final SiteId site;
  private final boolean allSums;
  private final Set<SensorId> sensors;
  private Set<SensorId> followed = Set.of();
  private final EventLog log;
  private final BooleanSupplier admitted;
  private final ServletOutputStream out;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  private final Map<Key, Change> readings = new LinkedHashMap<>();
  private byte[] heartbeat;
  private byte[] greeting = RETRY;
  private Position start;
  private long cursor = -1;
  private boolean eventsOpen;
  // The container calls onWritePossible first, unasked.
  private boolean awaitsRoom = true;
  private boolean unflushed;

  /**
   * @param start to continue from; null = from now on
   * @param allSums whether it is told the sums of all sites
   * @param sensors whose readings it asked for
   * @param admitted whether who opened it may still read
   */
  StreamReader(
      SiteId site,
      Position start,
      boolean allSums,
      Set<SensorId> sensors,
      EventLog log,
      BooleanSupplier admitted,
      ServletOutputStream out) {
    this.site = site;
    this.start = start;
    this.allSums = allSums;
    this.sensors = Set.copyOf(sensors);
    this.log = log;
    this.admitted = admitted;
    this.out = out;
  }

  SiteId site() {
    return site;
  }

  boolean allSums() {
    return allSums;
  }

  boolean wants(SensorId sensor) {
    return sensors.contains(sensor);
  }

  boolean isAdmitted() {
    return admitted.getAsBoolean();
  }

  CompletableFuture<Void> closed() {
    return closed;
  }

  void whenClosed(Runnable task) {
    var unused = closed.thenRun(task);
  }

  /** The log holds what was there at the console's start: events may flow. */
  void openEvents() {
    synchronized (this) {
      if (eventsOpen) {
        return;
      }
      eventsOpen = true;
      if (start == null) {
        start = log.end();
        cursor = log.endCursor();
      } else {
        OptionalLong resumed = log.resume(start);
        if (resumed.isPresent()) {
          cursor = resumed.getAsLong();
        } else {
          reset();
        }
      }
    }
    pump();
  }

  private void reset() {
    greeting = RESET;
    start = log.end();
    cursor = log.endCursor();
  }

  void beat(byte[] event) {
    synchronized (this) {
      heartbeat = event;
    }
    pump();
  }

  /**
   * Follows these from now on. For the hub's thread only.
   *
   * @return those that were not followed before
   */
  Set<SensorId> follow(Set<SensorId> these) {
    Set<SensorId> fresh = new HashSet<>(these);
    fresh.removeAll(followed);
    followed = Set.copyOf(these);
    return fresh;
  }

  /** Takes the newest values; one not yet sent is replaced. */
  void readings(List<Change> changes) {
    if (changes.isEmpty()) {
      return;
    }
    synchronized (this) {
      for (Change change : changes) {
        readings.put(new Key(change.sensor(), change.quantity()), change);
      }
    }
    pump();
  }

  /** Writes as long as the connection takes it. Never blocks. */
  synchronized void pump() {
    if (awaitsRoom || closed.isDone()) {
      return;
    }
    try {
      while (out.isReady()) {
        byte[] next = next();
        if (next != null) {
          unflushed = true;
          out.write(next);
        } else if (unflushed) {
          unflushed = false;
          out.flush();
        } else {
          return;
        }
      }
      awaitsRoom = true;
    } catch (IOException | RuntimeException e) {
      onError(e);
    }
  }

  private byte[] next() {
    if (greeting != null) {
      byte[] first = greeting;
      greeting = null;
      return first;
    }
    if (heartbeat != null) {
      byte[] beat = heartbeat;
      heartbeat = null;
      return beat;
    }
    byte[] event = nextEvent();
    return event != null ? event : nextReadings();
  }

  private byte[] nextEvent() {
    if (!eventsOpen) {
      return null;
    }
    try {
      EventLog.Step step = log.next(cursor, site, start);
      cursor = step.cursor();
      LoggedEvent event = step.event();
      return event == null ? null : EventText.of("alert", event.after().toString(), event.json());
    } catch (EventLog.Lost e) {
      reset();
      greeting = null;
      return RESET;
    }
  }

  private byte[] nextReadings() {
    if (readings.isEmpty()) {
      return null;
    }
    List<Item> items = new ArrayList<>(readings.size());
    readings.values().forEach(change -> items.add(Item.of(change)));
    readings.clear();
    return EventText.of("readings", null, Json.bytes(Map.of("items", items)));
  }

  private record Item(
      SensorId sensor, Quantity quantity, String time, Double value, String word, int flag) {
    static Item of(Change change) {
      return new Item(
          change.sensor(),
          change.quantity(),
          Instant.ofEpochMilli(change.latest().timeMs()).toString(),
          change.latest().number(),
          change.latest().word(),
          change.latest().flag().code());
    }
  }

  @Override
  public void onWritePossible() {
    synchronized (this) {
      awaitsRoom = false;
    }
    pump();
  }

  @Override
  public void onError(Throwable failure) {
    closed.complete(null);
  }

  void close() {
    closed.complete(null);
  }
}
