package org.minusone.alerting.notify;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.minusone.model.codec.Topics;
import org.minusone.model.port.Part;
import org.minusone.model.port.PartHealth;
import org.minusone.model.port.SiteCatalog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notification, wired. Several instances share the work. Gauges: {@code deliveries_<state>}, as
 * many as are known in each. While all is well a beat goes to the dead man's address: who watches
 * there is told by its absence.
 */
public final class NotifyApp implements Part {
  private static final Logger LOG = LoggerFactory.getLogger(NotifyApp.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final NotifyConfig config;
  private final BooleanSupplier allIsWell;
  private final DeliveryWorker worker;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final ScheduledExecutorService beats =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "notify-dead-man");
            thread.setDaemon(true);
            return thread;
          });
  private volatile boolean started;

  /**
   * @param kafka client properties
   * @param clock wall time
   * @param allIsWell whether every required check of the whole is good
   */
  public NotifyApp(
      NotifyConfig config,
      Topics topics,
      Map<String, Object> kafka,
      SiteCatalog sites,
      InstantSource clock,
      MeterRegistry meters,
      BooleanSupplier allIsWell) {
    this.config = config;
    this.allIsWell = allIsWell;
    this.worker = new DeliveryWorker(topics, config, kafka, sites, clock, meters, new Random());
  }

  @Override
  public String name() {
    return "notify";
  }

  @Override
  public void start() {
    worker.start();
    started = true;
    if (config.deadMan() != null) {
      long every = config.deadManEvery().toMillis();
      beats.scheduleAtFixedRate(() -> beat(config.deadMan()), 0, every, TimeUnit.MILLISECONDS);
    }
  }

  private void beat(URI where) {
    if (!allIsWell.getAsBoolean()) {
      return;
    }
    try {
      HttpRequest request =
          HttpRequest.newBuilder(where)
              .timeout(PATIENCE)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString("{\"status\":\"ok\"}"))
              .build();
      http.send(request, HttpResponse.BodyHandlers.discarding());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      LOG.warn("the dead man's address could not be reached: {}", String.valueOf(e));
    }
  }

  @Override
  public PartHealth health() {
    Map<DeliveryState, Long> states = new EnumMap<>(DeliveryState.class);
    states.putAll(worker.states());
    Map<String, Double> gauges = new HashMap<>();
    states.forEach((state, n) -> gauges.put("deliveries_" + state.id(), (double) n));
    long lost =
        states.getOrDefault(DeliveryState.GIVEN_UP, 0L)
            + states.getOrDefault(DeliveryState.REFUSED, 0L);
    String why = worker.failure();
    return new PartHealth(
        why == null,
        started && why == null,
        0,
        List.of(
            new PartHealth.Check(
                "deliveries", why == null && worker.isCaughtUp(), true, why == null ? null : why),
            new PartHealth.Check(
                "delivered",
                lost == 0,
                false,
                lost == 0 ? null : lost + " of the last two days could not be delivered")),
        Map.of(),
        gauges);
  }

  @Override
  public void close() {
    beats.shutdownNow();
    worker.close();
    config.receivers().values().forEach(NotifyApp::closeQuietly);
  }

  private static void closeQuietly(Notifier notifier) {
    try {
      notifier.close();
    } catch (RuntimeException e) {
      LOG.warn("a channel did not close", e);
    }
  }
}
