package org.minusone.alerting.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.minusone.alerting.Store7.FUBAO;
import static org.minusone.alerting.Store7.HEAT;
import static org.minusone.alerting.Store7.NOON;
import static org.minusone.alerting.Store7.cleared;
import static org.minusone.alerting.Store7.foreseen;
import static org.minusone.alerting.Store7.reached;
import static org.minusone.alerting.Store7.shelve;
import static org.minusone.alerting.Store7.updated;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.minusone.alerting.Store7;
import org.minusone.alerting.lifecycle.AlertLifecycle;
import org.minusone.alerting.lifecycle.Input;
import org.minusone.alerting.lifecycle.Surroundings;
import org.minusone.alerting.notify.NotificationPipeline.Dropped;
import org.minusone.model.AlertEvent;
import org.minusone.model.AlertEventKind;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.SensorId;
import org.minusone.model.SignalKind;
import org.minusone.model.SiteId;

class NotificationPipelineTest {
  private static final Route ALL =
      new Route(null, List.of(), List.of(), List.of(), Set.of(), List.of("desk", "screen"));

  private final NotificationPipeline pipeline =
      new NotificationPipeline(List.of(ALL), name -> !name.equals("screen"), Duration.ofHours(1));

  private static AlertEvent raised(SiteId site, String sensor, int second, Level level) {
    Instant at = NOON.plusSeconds(second);
    return AlertLifecycle.decide(
            null,
            new Input.Told(
                Store7.signal(
                    site,
                    new SensorId(sensor),
                    HEAT,
                    at,
                    at,
                    SignalKind.reached(level),
                    level,
                    null,
                    null)),
            Surroundings.of(Store7.site()),
            at)
        .get(0);
  }

  @Test
  void what_stops_has_a_reason() {
    Told told = new Told();
    AlertEvent first = told.signal(foreseen("00:00", "00:00", Level.ALARM, 240));
    assertThat(pipeline.plan(first, NOON).deliveries())
        .extracting(Delivery::id, Delivery::state)
        .containsExactly(
            Tuple.tuple(first.id() + ">desk", DeliveryState.PLANNED),
            Tuple.tuple(first.id() + ">screen", DeliveryState.PLANNED));
    AlertEvent moved = told.signal(updated("00:00", "01:00", Level.ALARM, 120));
    assertThat(pipeline.plan(moved, NOON).dropped()).isEqualTo(Dropped.NO_ROUTE);
    told.command(shelve("s", "01:00", Told.alert(), "59:00", "works"));
    AlertEvent shelved = told.signal(reached("00:00", "01:30", Level.WARN));
    assertThat(shelved.kind())
        .as("a level that nobody shelved")
        .isEqualTo(AlertEventKind.UNSHELVED);
    AlertEvent inRun = raised(new SiteId("fubao@r1"), "H-07", 0, Level.CRITICAL);
    assertThat(pipeline.plan(inRun, NOON).dropped())
        .as("a run never pages a person")
        .isEqualTo(Dropped.RUN);
    assertThat(pipeline.plan(first, NOON.plusSeconds(3601)).dropped()).isEqualTo(Dropped.TOO_OLD);
  }

  @Test
  void what_gets_worse_on_the_shelf_is_told_and_so_is_a_danger_that_outlasts_it() {
    Told told = new Told();
    told.signal(reached("00:00", "00:00", Level.WARN));
    told.command(shelve("s", "01:00", Told.alert(), "59:00", "works"));
    List<AlertEvent> worse = told.all(reached("00:00", "02:00", Level.CRITICAL));
    assertThat(worse)
        .extracting(AlertEvent::kind)
        .containsExactly(AlertEventKind.ESCALATED, AlertEventKind.UNSHELVED);
    assertThat(pipeline.plan(worse.get(0), NOON).deliveries()).hasSize(2);
    assertThat(pipeline.plan(worse.get(1), NOON).dropped()).isEqualTo(Dropped.TOLD_ALREADY);
    told.command(shelve("t", "03:00", Told.alert(), "04:00", "works"));
    AlertEvent over = told.command(Store7.due("05:00", Told.alert()));
    assertThat(over.kind()).isEqualTo(AlertEventKind.UNSHELVED);
    assertThat(pipeline.plan(over, NOON).deliveries()).hasSize(2);
  }

  @Test
  void what_comes_again_is_told_and_the_end_of_the_one_before_only_once() {
    Told told = new Told();
    told.signal(reached("00:00", "00:00", Level.WARN));
    AlertEvent over = told.signal(cleared("00:00", "00:30", Level.WARN, "inside"));
    assertThat(over.kind()).isEqualTo(AlertEventKind.CLEARED);
    assertThat(pipeline.plan(over, NOON).deliveries()).hasSize(2);
    AlertEvent again = new Told().signal(reached("01:00", "01:00", Level.WARN));
    assertThat(pipeline.plan(again, NOON).deliveries()).hasSize(2);
    AlertEvent closed = told.supersededBy(again);
    assertThat(closed.kind()).isEqualTo(AlertEventKind.CLOSED);
    assertThat(pipeline.plan(closed, NOON).dropped()).isEqualTo(Dropped.TOLD_ALREADY);
  }

  @Test
  void a_route_says_what_and_where() {
    AlertEvent warn = raised(FUBAO, "H-07", 0, Level.WARN);
    AlertEvent alarm = raised(FUBAO, "H-07", 0, Level.ALARM);
    Route onlyAlarms =
        new Route(
            Level.ALARM,
            List.of(Family.HAZMAT_STORAGE),
            List.of(),
            List.of("fubao"),
            Set.of(),
            List.of("desk"));
    assertThat(onlyAlarms.matches(warn)).isFalse();
    assertThat(onlyAlarms.matches(alarm)).isTrue();
    Route elsewhere =
        new Route(null, List.of(), List.of(), List.of("yitian"), Set.of(), List.of("desk"));
    assertThat(elsewhere.matches(alarm)).isFalse();
    Route smoke =
        new Route(null, List.of(Family.SMOKE), List.of(), List.of(), Set.of(), List.of("desk"));
    assertThat(smoke.matches(alarm)).isFalse();
  }

  @Test
  void in_a_flood_what_matters_less_is_held_and_nothing_is_lost() {
    for (int i = 0; i < 10; i++) {
      assertThat(state(raised(FUBAO, "H-" + i, i, Level.WARN), "desk"))
          .isEqualTo(DeliveryState.PLANNED);
    }
    AlertEvent eleventh = raised(FUBAO, "H-10", 10, Level.WARN);
    assertThat(state(eleventh, "desk")).isEqualTo(DeliveryState.HELD);
    assertThat(state(eleventh, "screen")).as("cannot summarise").isEqualTo(DeliveryState.PLANNED);
    assertThat(state(raised(FUBAO, "H-11", 11, Level.CRITICAL), "desk"))
        .as("the worst never waits")
        .isEqualTo(DeliveryState.PLANNED);
    assertThat(state(raised(FUBAO, "H-12", 612, Level.WARN), "desk"))
        .as("fewer than five in ten minutes")
        .isEqualTo(DeliveryState.PLANNED);
  }

  private DeliveryState state(AlertEvent event, String receiver) {
    return pipeline.plan(event, event.at()).deliveries().stream()
        .filter(d -> d.receiver().equals(receiver))
        .map(Delivery::state)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void backoff_doubles_with_jitter_keeps_what_was_asked_for_and_ends() {
    AlertEvent event = raised(FUBAO, "H-07", 0, Level.ALARM);
    Delivery d = DeliveryLifecycle.attempting(Delivery.planned(event, "desk", false, NOON));
    assertThat(d.state()).isEqualTo(DeliveryState.ATTEMPTING);
    Duration patience = Duration.ofMinutes(10);
    Delivery waiting = DeliveryLifecycle.after(d, Outcome.later("500"), NOON, 1, patience);
    assertThat(waiting.nextAt()).isEqualTo(NOON.plusSeconds(1));
    Delivery third = DeliveryLifecycle.attempting(DeliveryLifecycle.attempting(waiting));
    assertThat(DeliveryLifecycle.after(third, Outcome.later("500"), NOON, 1, patience).nextAt())
        .isEqualTo(NOON.plusSeconds(4));
    assertThat(
            DeliveryLifecycle.after(
                    d, Outcome.later("429", Duration.ofSeconds(7)), NOON, .5, patience)
                .nextAt())
        .isEqualTo(NOON.plusSeconds(7));
    Delivery late =
        DeliveryLifecycle.after(d, Outcome.later("500"), NOON.plusSeconds(600), 1, patience);
    assertThat(late.state()).isEqualTo(DeliveryState.GIVEN_UP);
    assertThat(late.error()).isEqualTo("500");
    assertThat(DeliveryLifecycle.after(d, Outcome.never("404"), NOON, 1, patience).state())
        .isEqualTo(DeliveryState.REFUSED);
    Delivery again = DeliveryLifecycle.recovered(d, NOON);
    assertThat(again.possiblyTwice()).isTrue();
    assertThat(DeliveryLifecycle.isDue(again, NOON)).isTrue();
    assertThat(DeliveryLifecycle.recovered(waiting, NOON)).isSameAs(waiting);
  }
}
