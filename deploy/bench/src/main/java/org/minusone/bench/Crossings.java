package org.minusone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.minusone.app.command.Instance;
import org.minusone.model.AlertEvent;
import org.minusone.model.AlertEventKind;
import org.minusone.model.Family;
import org.minusone.model.Quantity;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;
import org.minusone.model.port.Counters;
import org.minusone.simulator.publish.Publisher;
import org.minusone.simulator.scenario.Report;
import org.minusone.simulator.scenario.Sample;
import org.minusone.simulator.scenario.Value;

/**
 * Lets one electrical box after the other jump over a limit and times how soon the alert is on the
 * event stream. The schedule is the clock's: a slow answer delays no later crossing, so that none
 * is left out of the figures (open loop). A box and quantity is used again only after its alert has
 * cleared, so that each crossing is a new one.
 */
final class Crossings implements AutoCloseable {
  private static final long LOST_AFTER_S = 10;

  /** A box is back to normal within a minute and its alert clears a minute later. */
  private static final long CALM_PATIENCE_S = 240;

  /** What jumps, and to what: residual current, mA, against 300; cable, °C, against 70. */
  private static final Map<Quantity, Double> JUMPS =
      Map.of(Quantity.RESIDUAL_CURRENT, 320.0, Quantity.TEMPERATURE, 75.0);

  private record Target(SensorId sensor, Quantity quantity) {}

  /**
   * Figures of one round, ms.
   *
   * @param whole from just before the publish call to the event on the stream
   * @param toIngest of it: to the arrival at ingest, through client and broker
   * @param toAlert of it: from there until alerting has decided, through Kafka and rules
   * @param toStream of it: from there to the stream, through Kafka and console
   * @param lost crossings whose event did not come within ten seconds; by name, for who looks after
   * @param latestMs how far the bench itself was behind its schedule at most: it shares the cores
   * @param load average of the last minute at its end
   */
  record Round(
      Distribution whole,
      Distribution toIngest,
      Distribution toAlert,
      Distribution toStream,
      List<String> lost,
      double latestMs,
      double load) {}

  private record Steps(double whole, double toIngest, double toAlert, double toStream) {}

  private static final class Pending {
    final long publishedMs = System.currentTimeMillis();
    final long publishedNanos = System.nanoTime();
    volatile Steps steps;
  }

  private final Map<Target, Pending> pending = new ConcurrentHashMap<>();
  private final Set<Target> inAlert = ConcurrentHashMap.newKeySet();
  private final SiteId site;
  private final List<Target> targets;
  private final Publisher publisher;
  private final AlertStream stream;
  private int next;

  /**
   * @param leaveAlone sensors that others tell a story with
   */
  Crossings(Instance instance, Set<SensorId> leaveAlone) throws Exception {
    this.site = new SiteId(Console.site(instance));
    this.targets = targets(Console.sensors(instance, Family.ELECTRICAL), leaveAlone);
    this.stream = AlertStream.open(instance, this::heard);
    for (JsonNode alert : Console.get(instance, "/api/v1/alerts?limit=2000").path("items")) {
      if (!alert.path("quantity").isNull() && !alert.path("level").isNull()) {
        inAlert.add(
            new Target(
                new SensorId(alert.path("sensor").asText()),
                Quantity.of(alert.path("quantity").asText())));
      }
    }
    this.publisher = new Publisher("bench", Console.broker(instance), new Counters());
    publisher.open();
  }

  private static List<Target> targets(List<Console.Box> boxes, Set<SensorId> leaveAlone) {
    List<Target> targets = new ArrayList<>();
    for (Quantity quantity : List.of(Quantity.RESIDUAL_CURRENT, Quantity.TEMPERATURE)) {
      for (Console.Box box : boxes) {
        if (box.quantities().contains(quantity) && !leaveAlone.contains(box.sensor())) {
          targets.add(new Target(box.sensor(), quantity));
        }
      }
    }
    return targets;
  }

  private void heard(AlertEvent event, long nanos) {
    if (event.alert().quantity() == null || event.alert().group() != null) {
      return;
    }
    Target target = new Target(event.alert().sensor(), event.alert().quantity());
    if (event.kind() == AlertEventKind.CLEARED || event.kind() == AlertEventKind.CLOSED) {
      inAlert.remove(target);
      return;
    }
    inAlert.add(target);
    Pending one = pending.get(target);
    if (event.kind() == AlertEventKind.RAISED && one != null && one.steps == null) {
      double whole = (nanos - one.publishedNanos) / 1e6;
      double toIngest = event.arrivalMs() - one.publishedMs;
      double toAlert = event.at().toEpochMilli() - event.arrivalMs();
      one.steps = new Steps(whole, toIngest, toAlert, whole - toIngest - toAlert);
    }
  }

  /**
   * @param perSecond crossings a second, evenly spread
   */
  Round provoke(int count, double perSecond) throws Exception {
    Set<Target> chosen = choose(count);
    pending.clear();
    long start = System.nanoTime();
    long latest = 0;
    int k = 0;
    for (Target target : chosen) {
      long due = start + (long) (k++ * 1e9 / perSecond);
      for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
        LockSupport.parkNanos(due - now);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
      Pending one = new Pending();
      pending.put(target, one);
      latest = Math.max(latest, one.publishedNanos - due);
      publisher.publish(site, report(target, one.publishedMs));
    }
    awaitAll();
    return round(latest);
  }

  private static Report report(Target target, long timeMs) {
    Value value = Value.of(target.quantity(), JUMPS.get(target.quantity()));
    return new Report(
        target.sensor(), Family.ELECTRICAL, List.of(new Sample(timeMs, List.of(value))));
  }

  /** The next ones that are calm; waits until there are enough. */
  private Set<Target> choose(int count) throws InterruptedException, Unusable {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CALM_PATIENCE_S);
    Set<Target> chosen = new LinkedHashSet<>();
    while (true) {
      for (int i = 0; i < targets.size() && chosen.size() < count; i++) {
        Target target = targets.get(next++ % targets.size());
        if (!inAlert.contains(target)) {
          chosen.add(target);
        }
      }
      if (chosen.size() == count) {
        return chosen;
      }
      if (System.nanoTime() > end || stream.hasEnded()) {
        throw new Unusable(
            "only %d of %d crossings can be new ones: provoke fewer (--crossings)"
                .formatted(chosen.size(), count));
      }
      chosen.clear();
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  private void awaitAll() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LOST_AFTER_S);
    while (System.nanoTime() < end && pending.values().stream().anyMatch(p -> p.steps == null)) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private Round round(long latestNanos) throws Unusable {
    if (stream.hasEnded()) {
      throw new Unusable("the event stream ended in the middle of a round");
    }
    List<Steps> steps = new ArrayList<>();
    List<String> lost = new ArrayList<>();
    pending.forEach(
        (target, one) -> {
          if (one.steps == null) {
            lost.add(target.sensor() + " " + target.quantity().id());
          } else {
            steps.add(one.steps);
          }
        });
    return new Round(
        Distribution.of(steps.stream().map(Steps::whole).toList()),
        Distribution.of(steps.stream().map(Steps::toIngest).toList()),
        Distribution.of(steps.stream().map(Steps::toAlert).toList()),
        Distribution.of(steps.stream().map(Steps::toStream).toList()),
        lost,
        Distribution.round(latestNanos / 1e6),
        Findings.Machine.load());
  }

  @Override
  public void close() {
    publisher.close();
    stream.close();
  }
}
