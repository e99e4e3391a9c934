package org.minusone.alerting.notify;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.minusone.alerting.notify.DeliveryDesk.Change;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the attempts: that one begins is on the topic before it is sent, its outcome after it. What
 * is known of deliveries is one thread's; a plan, an outcome and the clock each wake it. One thread
 * per receiver sends, so that one who hangs holds up nobody else.
 */
final class Attempts implements AutoCloseable {
  static final int MOST_IN_FLIGHT_A_RECEIVER = 32;
  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration SWEEP = Duration.ofMinutes(10);

  private final NotifyConfig config;
  private final DeliveryDesk desk;
  private final DeliveryRecords records;
  private final InstantSource clock;
  private final MeterRegistry meters;
  private final Timer firstAttempt;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(task -> daemon("notify-desk", task));
  private final Map<String, ExecutorService> senders = new HashMap<>();
  private final Map<String, Integer> inFlight = new HashMap<>();

  /** Attempts recorded as begun, with their partition. */
  private final Map<String, Integer> open = new HashMap<>();

  /** Which assignment of a partition is this instance's; one that ended says nothing any more. */
  private final Map<Integer, Long> epochs = new HashMap<>();

  /** The same for the threads that send; ends as soon as the partition is to go. */
  private final Map<Integer, Long> sending = new ConcurrentHashMap<>();

  private long lastEpoch;
  private Instant swept = Instant.MIN;
  private volatile boolean ending;
  private volatile boolean halted;
  private volatile String failure;
  private volatile Map<DeliveryState, Long> states = Map.of();

  private record Begun(Change change, long epoch) {}

  Attempts(
      NotifyConfig config,
      DeliveryDesk desk,
      DeliveryRecords records,
      InstantSource clock,
      MeterRegistry meters) {
    this.config = config;
    this.desk = desk;
    this.records = records;
    this.clock = clock;
    this.meters = meters;
    this.firstAttempt =
        Timer.builder("minusone.notify.first.attempt")
            .description("From an alert's event to the first attempt to tell somebody")
            .publishPercentileHistogram()
            .register(meters);
    for (String receiver : config.names()) {
      senders.put(
          receiver, Executors.newSingleThreadExecutor(task -> daemon("notify-" + receiver, task)));
    }
  }

  static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  void start() {
    var unused =
        thread.scheduleWithFixedDelay(
            () -> carefully(this::tick), 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Why they have stopped; null while they go on. */
  String failure() {
    return failure;
  }

  Map<DeliveryState, Long> states() {
    return states;
  }

  private void carefully(Runnable step) {
    if (halted || failure != null) {
      return;
    }
    try {
      step.run();
    } catch (RuntimeException e) {
      if (!halted) {
        failure = String.valueOf(e);
        LOG.error("deliveries have stopped", e);
      }
    }
  }

  private void wake(Runnable step) {
    hand(thread, () -> carefully(step));
  }

  private static void hand(ExecutorService to, Runnable what) {
    try {
      to.execute(what);
    } catch (RejectedExecutionException e) {
      LOG.debug("closing: who comes next goes by what is recorded");
    }
  }

  /** For another thread, which waits. */
  private <T> T ask(Supplier<T> question) {
    try {
      return thread.submit(question::get).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** What an event of a partition is to bring about. */
  record Planned(int partition, NotificationPipeline.Plan plan) {}

  /** Takes plans in. They are recorded, not awaited. */
  void plan(List<Planned> plans) {
    ask(
        () -> {
          plans.forEach(p -> desk.follow(p.partition(), p.plan()).forEach(this::record));
          return null;
        });
    wake(this::begin);
  }

  /** Records again what Kafka did not take. */
  void recordAgain(List<Change> refused) {
    ask(
        () -> {
          refused.stream().filter(desk::isCurrent).forEach(records::write);
          return null;
        });
  }

  /** Goes on with a partition. @return how many attempts are to be made again */
  int take(int partition, Collection<Delivery> recorded) {
    return ask(
        () -> {
          List<Change> changes = desk.take(partition, recorded);
          lastEpoch++;
          epochs.put(partition, lastEpoch);
          sending.put(partition, lastEpoch);
          changes.forEach(this::record);
          return changes.size();
        });
  }

  /** Begins no attempt there any more; on any thread. */
  void stopSending(Set<Integer> partitions) {
    sending.keySet().removeAll(partitions);
  }

  /** Whether attempts are under way there. */
  boolean areUnderWay(Set<Integer> partitions) {
    return ask(() -> open.values().stream().anyMatch(partitions::contains));
  }

  void release(Set<Integer> partitions) {
    stopSending(partitions);
    ask(
        () -> {
          epochs.keySet().removeAll(partitions);
          open.values().removeIf(partitions::contains);
          partitions.forEach(desk::release);
          return null;
        });
  }

  private void tick() {
    desk.summaries().forEach(this::record);
    begin();
    Instant now = clock.instant();
    if (swept.plus(SWEEP).isBefore(now)) {
      swept = now;
      desk.forgotten().forEach(records::forget);
    }
    states = desk.counts();
  }

  private void record(Change change) {
    desk.put(change);
    records.write(change);
  }

  private int room(String receiver) {
    return config.receivers().containsKey(receiver)
        ? MOST_IN_FLIGHT_A_RECEIVER - inFlight.getOrDefault(receiver, 0)
        : Integer.MAX_VALUE;
  }

  /** Records that attempts begin; those that Kafka has are sent. */
  private void begin() {
    for (Change due : desk.due(this::room)) {
      String receiver = due.delivery().receiver();
      Begun begun = new Begun(desk.attempting(due), epochs.getOrDefault(due.partition(), 0L));
      Notifier notifier = config.receivers().get(receiver);
      Message message = desk.message(due);
      desk.put(begun.change());
      if (notifier == null) {
        finish(begun, Outcome.never("no such receiver any more"));
        continue;
      }
      inFlight.merge(receiver, 1, Integer::sum);
      open.put(begun.change().delivery().id(), due.partition());
      records.write(
          begun.change(),
          failed -> {
            if (failed == null) {
              hand(senders.get(receiver), () -> send(begun, notifier, message));
            } else {
              ended(begun, Outcome.later("not recorded: " + failed));
            }
          });
    }
  }

  private void send(Begun begun, Notifier notifier, Message message) {
    if (halted) {
      return; // its record says that it began; who comes next makes it
    }
    Delivery d = begun.change().delivery();
    if (ending || !Objects.equals(sending.get(begun.change().partition()), begun.epoch())) {
      ended(begun, null);
      return;
    }
    if (d.attempts() == 1 && d.event() != null && d.resends().isEmpty()) {
      firstAttempt.record(Duration.between(d.eventAt(), clock.instant()));
    }
    Outcome outcome;
    try {
      outcome = notifier.send(message);
    } catch (RuntimeException defect) {
      LOG.error("the channel of {} failed", d.receiver(), defect);
      outcome = Outcome.later(String.valueOf(defect));
    }
    ended(begun, outcome);
  }

  /**
   * On any thread.
   *
   * @param outcome null = not begun: the partition is no longer this instance's to send for
   */
  private void ended(Begun begun, Outcome outcome) {
    wake(
        () -> {
          inFlight.merge(begun.change().delivery().receiver(), -1, Integer::sum);
          finish(begun, outcome);
          begin();
        });
  }

  private void finish(Begun begun, Outcome outcome) {
    Change attempted = begun.change();
    if (!Objects.equals(epochs.get(attempted.partition()), begun.epoch())) {
      return; // the partition went meanwhile: who has it makes the attempt again
    }
    open.remove(attempted.delivery().id());
    if (outcome == null) {
      record(desk.notBegun(attempted));
      return;
    }
    Change after = desk.after(attempted, outcome);
    record(after);
    Delivery d = after.delivery();
    if (d.state().isOver()) {
      meters
          .counter("minusone.notify.deliveries", "receiver", d.receiver(), "state", d.state().id())
          .increment();
    }
    if (d.state().isFailed()) {
      LOG.error("{} {}: {}", d.id(), d.state().id(), d.error());
    }
  }

  /** Begins none any more; what is under way may still end. */
  void end() {
    ending = true;
  }

  @Override
  public void close() {
    ending = true;
    thread.shutdownNow();
    senders.values().forEach(ExecutorService::shutdownNow);
  }

  /** Ends as a killed process does, as far as a test can: nothing more is recorded. */
  void halt() {
    halted = true;
    close();
  }
}
