package org.minusone.console;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.minusone.console.feed.Feeds;
import org.minusone.model.AlertEvent;
import org.minusone.model.Reading;
import org.minusone.model.codec.Json;

/** Feeds that a test pushes by hand; caught up at once unless told otherwise. */
final class FakeFeeds implements Feeds {
  final AtomicLong offset = new AtomicLong();
  final FakeRejectedLog log = new FakeRejectedLog();
  private volatile Sink sink;
  private volatile boolean caughtUp;
  volatile boolean alive = true;
  private final boolean catchUpAtStart;

  FakeFeeds() {
    this(true);
  }

  FakeFeeds(boolean catchUpAtStart) {
    this.catchUpAtStart = catchUpAtStart;
  }

  @Override
  public void start(Sink newSink) {
    sink = newSink;
    if (catchUpAtStart) {
      catchUp();
    }
  }

  void catchUp() {
    caughtUp = true;
    sink.alertsCaughtUp();
  }

  /** As if alerting had written it. */
  synchronized void alert(AlertEvent event) {
    sink.alert(0, offset.getAndIncrement(), Json.bytes(event));
  }

  /** As if alerting had written it. */
  void delivery(String id, String json) {
    sink.delivery(id, json == null ? null : json.getBytes(StandardCharsets.UTF_8));
  }

  void reading(Reading reading) {
    sink.reading(reading);
  }

  /** As if ingest had written it. */
  synchronized long rejected(Instant at, String key, byte[] json) {
    long place = log.add(at, json);
    sink.rejected(place, at, key, json);
    return place;
  }

  @Override
  public Health health() {
    return new Health(alive, true, caughtUp, 0);
  }

  @Override
  public void close() {}
}
