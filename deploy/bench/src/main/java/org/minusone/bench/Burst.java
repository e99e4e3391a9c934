package org.minusone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.minusone.app.command.Instance;
import org.minusone.model.Family;
import org.minusone.model.Quantity;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;
import org.minusone.model.codec.Json;
import org.minusone.model.port.Counters;
import org.minusone.model.port.Sums;
import org.minusone.simulator.publish.Publisher;
import org.minusone.simulator.scenario.Report;
import org.minusone.simulator.scenario.Sample;
import org.minusone.simulator.scenario.Value;

/**
 * So many readings as fast as the broker takes them, as a run of their own on top of the demo's
 * load, until every one of them is evaluated and stored. The run is ended afterwards and its series
 * are dropped with it.
 */
final class Burst {
  private static final Duration DRAIN_PATIENCE = Duration.ofMinutes(3);
  private static final Duration SETTLE_PATIENCE = Duration.ofSeconds(10);
  private static final long POLL_MS = 250;
  private static final long WATCH_MS = 100;

  /** A box tells two quantities at once when a message carries several readings. */
  private static final List<Quantity> TOLD =
      List.of(Quantity.TEMPERATURE, Quantity.RESIDUAL_CURRENT);

  /**
   * @param readingsPerMessage how many one PUBLISH carries
   * @param perSecond readings/s from the first publish until all were evaluated and stored, by the
   *     times of the health reports that say so: a second late at most, so never too good
   * @param publishedPerSecond readings/s until the broker had acknowledged the last
   * @param cpuMicros of the demo's process for each reading, the demo's own load included
   * @param residentPeakMb the most while it lasted, MiB
   * @param equal whether every reading of the run was received, is in Kafka, was evaluated and was
   *     stored, none twice and none refused
   * @param sums of the run, as the pipeline API told them; waiting, unwritten and carried count all
   *     sites
   */
  record Figures(
      int readings,
      int readingsPerMessage,
      double perSecond,
      double publishedPerSecond,
      double cpuMicros,
      long residentPeakMb,
      boolean equal,
      Sums sums) {}

  private final Demo demo;
  private final Instance instance;
  private final List<Console.Box> boxes;
  private final String base;

  Burst(Demo demo) throws Exception {
    this.demo = demo;
    this.instance = demo.instance();
    this.base = Console.site(instance);
    this.boxes =
        Console.sensors(instance, Family.ELECTRICAL).stream()
            .filter(box -> box.quantities().containsAll(TOLD))
            .toList();
  }

  Figures publish(int readings, int aMessage) throws Exception {
    SiteId run = new SiteId(base + "@bench-" + Long.toString(System.currentTimeMillis(), 36));
    try (Publisher publisher = new Publisher("bench", Console.broker(instance), new Counters())) {
      publisher.open();
      publisher.announceRun(run, Map.of("speed", 0));
      try {
        return publish(publisher, run, readings / aMessage, aMessage);
      } finally {
        publisher.announceRun(run, Map.of("ended", true));
      }
    }
  }

  private Figures publish(Publisher publisher, SiteId run, int messages, int aMessage)
      throws Exception {
    int readings = messages * aMessage;
    Footprint before = demo.footprint();
    try (Watch watch = new Watch()) {
      Instant begun = Instant.now();
      long from = System.nanoTime();
      // Stamps of the past, a second apart: a run's clock is its own.
      long firstMs = begun.minus(Duration.ofHours(6)).toEpochMilli();
      for (int i = 0; i < messages; i++) {
        publisher.publish(run, report(i, aMessage, firstMs));
      }
      if (!publisher.awaitAcked(DRAIN_PATIENCE)) {
        throw new Unusable("the broker did not acknowledge " + publisher.unacked() + " messages");
      }
      double published = (System.nanoTime() - from) / 1e9;
      Instant done = awaitWorkedOff(run, readings);
      double seconds = Duration.between(begun, done).toMillis() / 1000.0;
      Duration cpu = demo.footprint().cpu().minus(before.cpu());
      Sums sums = settled(run, readings);
      return new Figures(
          readings,
          aMessage,
          Math.round(readings / seconds),
          Math.round(readings / published),
          Distribution.round(cpu.toNanos() / 1e3 / readings),
          watch.peakMb(),
          isComplete(sums, readings),
          sums);
    }
  }

  private Report report(int message, int aMessage, long firstMs) {
    Console.Box box = boxes.get(message % boxes.size());
    int samples = aMessage == 1 ? 1 : aMessage / TOLD.size();
    long turn = message / boxes.size();
    List<Sample> told = new ArrayList<>(samples);
    for (int i = 0; i < samples; i++) {
      long number = turn * samples + i;
      List<Value> values = new ArrayList<>();
      for (Quantity quantity : aMessage == 1 ? TOLD.subList(0, 1) : TOLD) {
        values.add(Value.of(quantity, calm(box.sensor(), number)));
      }
      told.add(new Sample(firstMs + 1000 * number, values));
    }
    return new Report(box.sensor(), Family.ELECTRICAL, told);
  }

  /** Far from every limit, and not constant: 30 to 34. */
  private static double calm(SensorId sensor, long number) {
    return 30 + Math.floorMod(sensor.hashCode() + number * 7, 41) / 10.0;
  }

  /**
   * @return the time of the report that said so
   */
  private Instant awaitWorkedOff(SiteId run, int readings) throws Exception {
    long end = System.nanoTime() + DRAIN_PATIENCE.toNanos();
    while (true) {
      JsonNode pipeline = Console.get(instance, "/api/v1/pipeline?site=" + run);
      Sums sums = sums(pipeline);
      boolean evaluated = sums.evaluated() + sums.duplicate() + sums.late() >= readings;
      if (evaluated && sums.stored() + sums.refused() >= readings) {
        return told(pipeline);
      }
      if (System.nanoTime() > end) {
        throw new Unusable("not worked off in time: " + Json.text(sums));
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
  }

  private static Instant told(JsonNode pipeline) {
    Instant told = Instant.EPOCH;
    for (JsonNode part : pipeline.path("parts")) {
      if (part.path("role").asText().matches("rules|series")) {
        Instant at = Instant.parse(part.path("at").asText());
        told = at.isAfter(told) ? at : told;
      }
    }
    return told;
  }

  /**
   * The run's own sums, which stand still once all is worked off. Those over all sites do not while
   * the demo goes on: a report now and then finds a reading between two parts.
   */
  private Sums settled(SiteId run, int readings) throws Exception {
    long end = System.nanoTime() + SETTLE_PATIENCE.toNanos();
    while (true) {
      Sums sums = sums(Console.get(instance, "/api/v1/pipeline?site=" + run));
      if (isComplete(sums, readings) || System.nanoTime() > end) {
        return sums;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
  }

  private static boolean isComplete(Sums sums, int readings) {
    return sums.received() == readings
        && sums.inKafka() == readings
        && sums.rejected() == 0
        && sums.inFlight() == 0
        && sums.evaluated() == readings
        && sums.stored() == readings;
  }

  private static Sums sums(JsonNode pipeline) throws IOException {
    return Json.MAPPER.treeToValue(pipeline.path("sums"), Sums.class);
  }

  /** Looks at the demo's memory while it works. */
  private final class Watch implements AutoCloseable {
    private final AtomicLong peak = new AtomicLong();
    private final Thread thread = new Thread(this::look, "memory-watch");

    Watch() {
      thread.setDaemon(true);
      thread.start();
    }

    private void look() {
      try {
        while (true) {
          peak.accumulateAndGet(demo.footprint().residentMb(), Math::max);
          TimeUnit.MILLISECONDS.sleep(WATCH_MS);
        }
      } catch (InterruptedException | IOException e) {
        // The burst is over, or the demo is.
      }
    }

    long peakMb() {
      return peak.get();
    }

    @Override
    public void close() {
      thread.interrupt();
    }
  }
}
