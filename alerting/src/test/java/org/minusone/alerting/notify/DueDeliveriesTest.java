package org.minusone.alerting.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.minusone.alerting.Store7.NOON;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.minusone.alerting.Store7;
import org.minusone.alerting.notify.DeliveryDesk.Change;
import org.minusone.model.AlertEvent;
import org.minusone.model.Level;

/** What finding the next attempts costs, in looks, with very many deliveries known. */
class DueDeliveriesTest {
  private static final int MANY = 10_000;

  private Instant now = NOON;
  private final DeliveryDesk desk =
      new DeliveryDesk(
          new NotifyConfig(
              Map.of(), List.of(), Duration.ofHours(1), null, Duration.ofMinutes(1), null),
          new Store7.Catalog(),
          () -> now,
          new Random(7));

  private static final Map<Level, AlertEvent> EVENTS = new EnumMap<>(Level.class);

  private static Delivery planned(int i, String receiver, Level level) {
    AlertEvent event =
        EVENTS.computeIfAbsent(level, l -> new Told().signal(Store7.reached("00:00", "00:00", l)));
    String alert = "alert-" + i;
    return new Delivery(
        Delivery.id(alert + "#1", receiver),
        event.alert().site(),
        receiver,
        alert,
        alert + "#1",
        event.at(),
        event,
        List.of(),
        DeliveryState.PLANNED,
        0,
        false,
        NOON,
        NOON,
        null,
        null,
        List.of());
  }

  private static Delivery waiting(int i, String receiver, Instant until) {
    return planned(i, receiver, Level.ALARM)
        .with(DeliveryState.WAITING, 1, false, until, "HTTP 500");
  }

  /** Looks that one step takes. */
  private long cost(Runnable step) {
    long before = desk.looks();
    step.run();
    return desk.looks() - before;
  }

  @Test
  void what_waits_costs_nothing_until_its_time_comes() {
    List<Delivery> recorded = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      recorded.add(waiting(i, "desk", NOON.plusSeconds(60 + i)));
    }
    desk.take(0, recorded);
    assertThat(cost(() -> assertThat(desk.due(r -> 32)).isEmpty())).isLessThan(3);
    now = NOON.plusSeconds(62);
    long few =
        cost(
            () ->
                assertThat(desk.due(r -> 32))
                    .extracting(c -> c.delivery().alert())
                    .containsExactly("alert-0", "alert-1", "alert-2"));
    assertThat(few).isLessThan(10);
    assertThat(desk.counts()).containsEntry(DeliveryState.WAITING, (long) MANY);
    assertThat(desk.message(desk.due(r -> 1).get(0)).earlier()).isEmpty();
  }

  @Test
  void a_receiver_that_hangs_costs_nothing_and_holds_up_no_other() {
    List<Delivery> recorded = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      recorded.add(planned(i, "hanging", Level.CRITICAL));
    }
    recorded.add(planned(MANY, "good", Level.WARN));
    desk.take(0, recorded);
    List<Change> first = desk.due(r -> 32);
    assertThat(first).hasSize(33).extracting(c -> c.delivery().receiver()).contains("good");
    first.forEach(c -> desk.put(desk.attempting(c)));
    desk.put(new Change(0, planned(MANY + 1, "good", Level.WARN)));
    long step =
        cost(
            () ->
                assertThat(desk.due(r -> r.equals("hanging") ? 0 : 31))
                    .extracting(c -> c.delivery().alert())
                    .containsExactly("alert-" + (MANY + 1)));
    assertThat(step).isLessThan(10);
  }

  @Test
  void the_worst_goes_first_then_the_oldest_and_none_twice() {
    Delivery warn = planned(1, "desk", Level.WARN);
    Delivery critical = planned(2, "desk", Level.CRITICAL);
    desk.take(0, List.of(warn, critical));
    List<Change> due = desk.due(r -> 1);
    assertThat(due).containsExactly(new Change(0, critical));
    desk.put(desk.attempting(due.get(0)));
    assertThat(desk.due(r -> 1)).containsExactly(new Change(0, warn));
    desk.release(0);
    assertThat(desk.due(r -> 9)).isEmpty();
    assertThat(desk.counts()).isEmpty();
  }
}
