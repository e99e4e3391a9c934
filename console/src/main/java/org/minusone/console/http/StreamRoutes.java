package org.minusone.console.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.minusone.console.access.Access;
import org.minusone.console.access.Gate;
import org.minusone.console.access.Need;
import org.minusone.console.feed.Position;
import org.minusone.console.stream.StreamDoor;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;

/** The event stream. */
public final class StreamRoutes {
  private static final int MOST_SENSORS = 200;

  private final StreamDoor door;
  private final SiteChoice sites;
  private final Access access;
  private final Cookies cookies;

  public StreamRoutes(StreamDoor door, SiteChoice sites, Access access, Cookies cookies) {
    this.door = door;
    this.sites = sites;
    this.access = access;
    this.cookies = cookies;
  }

  public List<Route> routes() {
    return List.of(Route.get("/api/v1/stream", Need.READ, this::open));
  }

  private void open(Context context) {
    SiteId site = sites.of(context);
    boolean allSums = sites.named(context).isEmpty();
    Position start = start(context);
    Set<SensorId> sensors = sensors(context.queryParam("sensors"));
    if (door.isFull()) {
      throw new Problem(503, "too-many-readers", "too many streams are open");
    }
    BooleanSupplier admitted = admitted(context);
    context.future(
        () -> {
          try {
            return door.open(
                context.req().getAsyncContext(), site, allSums, start, sensors, admitted);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** A browser that comes back says where it was; that is newer than what it first asked for. */
  private static Position start(Context context) {
    String last = context.header("Last-Event-ID");
    String text = last == null || last.isEmpty() ? context.queryParam("from") : last;
    if (text == null || text.isEmpty()) {
      return null;
    }
    return Position.parse(text)
        .orElseThrow(() -> Problem.badRequest("not a position that we gave: " + text));
  }

  private static Set<SensorId> sensors(String text) {
    Set<SensorId> sensors = new HashSet<>();
    if (text == null || text.isEmpty()) {
      return sensors;
    }
    for (String id : text.split(",", -1)) {
      if (!SensorId.isValid(id) || sensors.size() == MOST_SENSORS) {
        throw Problem.badRequest("sensors is up to " + MOST_SENSORS + " ids, set apart by commas");
      }
      sensors.add(new SensorId(id));
    }
    return sensors;
  }

  /** A stream outlives its request: it is cut when the session or the token ends. */
  private BooleanSupplier admitted(Context context) {
    Gate.Verdict verdict = Exchange.verdict(context);
    String cookie = cookies.read(context);
    if (verdict.session() != null) {
      return () -> access.session(cookie).isPresent();
    }
    String token = context.header("Authorization").substring("Bearer ".length()).strip();
    return () -> access.tokens().person(token).isPresent();
  }
}
