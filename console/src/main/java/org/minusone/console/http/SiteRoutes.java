package org.minusone.console.http;

import io.javalin.http.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.minusone.console.access.Need;
import org.minusone.console.feed.LatestValues;
import org.minusone.model.Family;
import org.minusone.model.Run;
import org.minusone.model.Sensor;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.Text;
import org.minusone.model.port.SiteCatalog;

/** Sites and runs. */
public final class SiteRoutes {
  private final SiteCatalog catalog;
  private final LatestValues values;

  public SiteRoutes(SiteCatalog catalog, LatestValues values) {
    this.catalog = catalog;
    this.values = values;
  }

  public List<Route> routes() {
    return List.of(Route.get("/api/v1/sites", Need.READ, this::list));
  }

  private record SiteView(
      SiteId id,
      Text name,
      String zone,
      int version,
      boolean demonstration,
      int sensors,
      Map<Family, Integer> families) {}

  private record RunView(
      SiteId site, double speed, Instant startedAt, Instant endedAt, Instant now, boolean open) {}

  private void list(Context context) {
    List<SiteView> items = new ArrayList<>();
    for (SiteVersion site : catalog.sites()) {
      items.add(view(site));
    }
    items.sort(Comparator.comparing(SiteView::id));
    List<RunView> runs = new ArrayList<>();
    for (Run run : catalog.runs()) {
      runs.add(
          new RunView(
              run.site(),
              run.speed(),
              run.startedAt(),
              run.endedAt(),
              values.newest(run.site()).orElse(null),
              run.isOpen()));
    }
    runs.sort(Comparator.comparing(RunView::startedAt).reversed());
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("items", items);
    answer.put("runs", runs);
    Exchange.json(context, answer);
  }

  private static SiteView view(SiteVersion site) {
    Map<Family, Integer> families = new LinkedHashMap<>();
    for (Family family : Family.values()) {
      families.put(family, 0);
    }
    for (Sensor sensor : site.sensors().values()) {
      families.merge(sensor.family(), 1, Integer::sum);
    }
    return new SiteView(
        site.site(),
        site.name(),
        site.zone(),
        site.version(),
        site.demonstration(),
        site.sensors().size(),
        families);
  }
}
