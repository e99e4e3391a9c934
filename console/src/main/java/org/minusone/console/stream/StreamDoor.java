package org.minusone.console.stream;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.minusone.console.feed.AlertBook;
import org.minusone.console.feed.Position;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;

/** Turns a request that has gone asynchronous into a reader of the stream. */
public final class StreamDoor {
  private final AlertBook alerts;
  private final StreamHub hub;

  public StreamDoor(AlertBook alerts, StreamHub hub) {
    this.alerts = alerts;
    this.hub = hub;
  }

  public boolean isFull() {
    return hub.readers() >= StreamHub.MOST_READERS;
  }

  /**
   * Opens the stream on the response.
   *
   * @param start to continue from; null = from now on
   * @param site null for the default one
   * @return completes when the reader is gone; the caller then ends the request
   */
  public CompletableFuture<Void> open(
      AsyncContext async,
      SiteId site,
      boolean allSums,
      Position start,
      Set<SensorId> sensors,
      BooleanSupplier admitted)
      throws IOException {
    async.setTimeout(0);
    HttpServletResponse response = (HttpServletResponse) async.getResponse();
    response.setStatus(200);
    response.setContentType("text/event-stream");
    response.setCharacterEncoding("UTF-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Accel-Buffering", "no");
    StreamReader reader =
        new StreamReader(
            site, start, allSums, sensors, alerts.log(), admitted, response.getOutputStream());
    response.getOutputStream().setWriteListener(reader);
    hub.open(reader);
    return reader.closed();
  }
}
