package org.minusone.alerting.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.minusone.alerting.Store7.NOON;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.minusone.alerting.Store7;
import org.minusone.model.AlertEvent;
import org.minusone.model.Command;
import org.minusone.model.Level;

class DeliveryLifecycleTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Outcome TROUBLE = Outcome.later("HTTP 500");

  private static final AlertEvent EVENT =
      new Told().signal(Store7.reached("00:00", "00:00", Level.ALARM));

  private final Delivery planned = Delivery.planned(EVENT, "centre", false, NOON);

  @Test
  void its_id_is_the_same_whoever_plans_it() {
    Delivery again = Delivery.planned(EVENT, "centre", false, NOON.plusSeconds(90));
    assertThat(again.id()).isEqualTo(planned.id()).isEqualTo(EVENT.id() + ">centre");
  }

  @Test
  void what_the_service_took_is_over_and_not_due_again() {
    Delivery took = after(DeliveryLifecycle.attempting(planned), Outcome.ACCEPTED, NOON);
    assertThat(took.state()).isEqualTo(DeliveryState.ACCEPTED);
    assertThat(took.attempts()).isEqualTo(1);
    assertThat(took.possiblyTwice()).isFalse();
    assertThat(DeliveryLifecycle.isDue(took, NOON.plus(HOUR))).isFalse();
  }

  @Test
  void what_never_will_go_through_is_not_tried_again() {
    Delivery refused = after(DeliveryLifecycle.attempting(planned), Outcome.never("404"), NOON);
    assertThat(refused.state()).isEqualTo(DeliveryState.REFUSED);
    assertThat(refused.error()).isEqualTo("404");
  }

  @Test
  void backoff_doubles_to_five_minutes_and_the_patience_ends_it() {
    Delivery d = planned;
    Instant now = NOON;
    Duration[] expected = new Duration[10];
    for (int n = 0; n < expected.length; n++) {
      expected[n] = Duration.ofSeconds(Math.min(300, 1L << n));
      d = after(DeliveryLifecycle.attempting(d), TROUBLE, now);
      assertThat(d.state()).isEqualTo(DeliveryState.WAITING);
      assertThat(Duration.between(now, d.nextAt())).isEqualTo(expected[n]);
      assertThat(DeliveryLifecycle.isDue(d, d.nextAt().minusMillis(1))).isFalse();
      assertThat(DeliveryLifecycle.isDue(d, d.nextAt())).isTrue();
      now = d.nextAt();
    }
    while (d.state() == DeliveryState.WAITING) {
      d = after(DeliveryLifecycle.attempting(d), TROUBLE, now);
      now = d.nextAt() == null ? now : d.nextAt();
    }
    assertThat(d.state()).isEqualTo(DeliveryState.GIVEN_UP);
    assertThat(d.error()).isEqualTo("HTTP 500");
    assertThat(Duration.between(NOON, d.endedAt())).isBetween(HOUR.minusMinutes(5), HOUR);
  }

  @Test
  void jitter_draws_from_nothing_to_all_and_retry_after_is_the_least() {
    Delivery attempting = DeliveryLifecycle.attempting(planned);
    assertThat(DeliveryLifecycle.after(attempting, TROUBLE, NOON, 0, HOUR).nextAt())
        .isEqualTo(NOON);
    Outcome busy = Outcome.later("HTTP 429", Duration.ofSeconds(40));
    assertThat(DeliveryLifecycle.after(attempting, busy, NOON, 0.3, HOUR).nextAt())
        .isEqualTo(NOON.plusSeconds(40));
  }

  @Test
  void an_attempt_whose_outcome_was_lost_is_made_again_at_once_under_its_id_and_says_so() {
    Delivery cut = DeliveryLifecycle.attempting(planned);
    Instant later = NOON.plusSeconds(8);
    Delivery again = DeliveryLifecycle.recovered(cut, later);
    assertThat(again.id()).isEqualTo(planned.id());
    assertThat(again.possiblyTwice()).isTrue();
    assertThat(DeliveryLifecycle.isDue(again, later)).isTrue();
    Delivery took = after(DeliveryLifecycle.attempting(again), Outcome.ACCEPTED, later);
    assertThat(took.possiblyTwice()).as("stays said").isTrue();
    assertThat(took.attempts()).isEqualTo(2);
    assertThat(DeliveryLifecycle.recovered(took, later)).isSameAs(took);
  }

  @Test
  void one_that_was_handed_over_before_it_was_sent_is_no_attempt_and_no_repeat() {
    Delivery back = DeliveryLifecycle.notBegun(DeliveryLifecycle.attempting(planned), NOON);
    assertThat(back.attempts()).isZero();
    assertThat(back.possiblyTwice()).isFalse();
    assertThat(DeliveryLifecycle.isDue(back, NOON)).isTrue();
  }

  private static AlertEvent resend(String command) {
    Told told = new Told();
    told.signal(Store7.reached("00:00", "00:00", Level.ALARM));
    return told.command(
        Store7.detailed(
            Command.Kind.RESEND,
            command,
            "70:00",
            Told.alert(),
            Command.Details.ofDelivery(EVENT.id() + ">centre")));
  }

  @Test
  void one_that_failed_is_sent_again_by_hand_as_if_it_were_new_and_each_wish_counts_once() {
    AlertEvent wish = resend("c1");
    Delivery refused = after(DeliveryLifecycle.attempting(planned), Outcome.never("402"), NOON);
    Instant later = NOON.plus(HOUR).plus(HOUR);
    Delivery again = DeliveryLifecycle.asked(refused, wish, later);
    assertThat(again.id()).isEqualTo(planned.id());
    assertThat(again.event()).isEqualTo(EVENT);
    assertThat(again.attempts()).isZero();
    assertThat(DeliveryLifecycle.isDue(again, later)).isTrue();
    assertThat(again.resends())
        .containsExactly(new Delivery.Resend(wish.id(), "Li Na", later, 1, "402"));
    assertThat(DeliveryLifecycle.asked(again, wish, later)).as("read again").isSameAs(again);
    Delivery waiting = after(DeliveryLifecycle.attempting(again), TROUBLE, later);
    assertThat(waiting.state()).as("patience began anew").isEqualTo(DeliveryState.WAITING);
    Delivery failed = after(DeliveryLifecycle.attempting(waiting), Outcome.never("402"), later);
    assertThat(DeliveryLifecycle.asked(failed, wish, later))
        .as("read again after it failed again")
        .isSameAs(failed);
  }

  @Test
  void one_that_was_told_is_not_sent_again_and_one_under_way_just_goes_on() {
    AlertEvent wish = resend("c1");
    Delivery took = after(DeliveryLifecycle.attempting(planned), Outcome.ACCEPTED, NOON);
    assertThat(DeliveryLifecycle.asked(took, wish, NOON)).isSameAs(took);
    Delivery begun = DeliveryLifecycle.attempting(planned);
    Delivery noted = DeliveryLifecycle.asked(begun, wish, NOON);
    assertThat(noted.state()).isEqualTo(DeliveryState.ATTEMPTING);
    assertThat(noted.attempts()).isEqualTo(1);
    Delivery failed = after(noted, Outcome.never("402"), NOON);
    assertThat(DeliveryLifecycle.asked(failed, wish, NOON)).as("its time is over").isSameAs(failed);
  }

  private static Delivery after(Delivery d, Outcome outcome, Instant now) {
    return DeliveryLifecycle.after(d, outcome, now, 1, HOUR);
  }
}
