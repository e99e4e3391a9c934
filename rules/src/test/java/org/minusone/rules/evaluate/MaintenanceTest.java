package org.minusone.rules.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.minusone.rules.evaluate.Outcome.EVALUATED;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.Maintenance;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;
import org.minusone.model.Text;
import org.minusone.model.Weekly;
import org.minusone.rules.Rules;

/** Out of service from 12:10 to 12:20 in each story. */
final class MaintenanceTest {
  private static final Maintenance TEN_MINUTES =
      window("2026-07-01T12:10:00Z", "2026-07-01T12:20:00Z", null);

  private static Maintenance window(String from, String to, Weekly weekly) {
    return new Maintenance(
        "m",
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        from == null ? null : Instant.parse(from),
        to == null ? null : Instant.parse(to),
        weekly,
        Text.same("service"),
        "Li");
  }

  private static Story story(Rule... rules) {
    return new Story(rules).maintained(TEN_MINUTES);
  }

  @Test
  void nothingIsRaisedMeanwhileAndWhatIsStillTrueIsRaisedAtTheEnd() {
    story(Rules.store().rule())
        .at("09:00")
        .reading(26)
        .quiet()
        .at("11:00")
        .reading(36)
        .was(EVALUATED)
        .quiet()
        .at("19:00")
        .reading(31)
        .quiet()
        .at("20:30")
        .reading(31)
        .expect("alarm alarm 30.0 @20:00");
  }

  @Test
  void whatWasOnlyATestIsNeverTold() {
    story(Rules.store().rule())
        .at("11:00")
        .reading(50)
        .quiet()
        .at("18:00")
        .reading(25)
        .quiet()
        .at("21:00")
        .reading(25)
        .quiet();
  }

  @Test
  void anOpenAlertIsNotClearedByTestReadings() {
    story(Rules.store().keepFiringFor(Duration.ofMinutes(1)).rule())
        .at("09:00")
        .reading(31)
        .expect("alarm alarm 30.0")
        .at("09:30")
        .reading(20)
        .quiet() // its off-delay would be over out of service
        .at("11:00")
        .reading(20)
        .quiet()
        .at("19:00")
        .reading(20)
        .quiet()
        .at("20:10")
        .reading(31)
        .quiet()
        .at("22:00")
        .reading(20)
        .quiet()
        .at("23:10")
        .reading(20)
        .expect("cleared alarm 30.0 inside @23:00", "cleared warn 28.0 inside @23:00");
  }

  @Test
  void anOnDelayThatBeganBeforeWaitsForTheEnd() {
    Rule slow = Rules.store().above(Level.ALARM, 30, Duration.ofMinutes(5)).rule();
    story(slow)
        .at("08:00")
        .reading(31)
        .expect("warn warn 28.0")
        .at("15:00")
        .reading(31)
        .quiet()
        .tick("18:00", Duration.ZERO)
        .quiet()
        .tick("20:03", Duration.ZERO)
        .expect("alarm alarm 30.0 @20:00");
  }

  @Test
  void aTickRaisesAtTheEndAndAnEarlyOneDoesNot() {
    story(Rules.store().rule())
        .at("19:50")
        .reading(31)
        .quiet()
        .tick("20:01", Duration.ZERO)
        .quiet()
        .tick("20:02", Duration.ZERO)
        .expect("alarm alarm 30.0 @20:00");
  }

  @Test
  void aLateReadingOfThatTimeRaisesNothing() {
    story(Rules.store().rule())
        .at("20:10")
        .reading(25)
        .quiet()
        .at("19:50")
        .arriving("20:11")
        .reading(36)
        .was(Outcome.LATE)
        .quiet();
  }

  @Test
  void silenceIsToldAtTheEndIfItLasts() {
    Rule silent = Rules.silent(Family.HAZMAT_STORAGE, Duration.ofMinutes(3));
    story(silent)
        .at("09:00")
        .reading(25)
        .quiet()
        .tick("13:00")
        .quiet()
        .tick("19:59")
        .quiet()
        .tick("20:01")
        .expect("silent notice 180.0 @20:00");
    story(silent)
        .at("09:00")
        .reading(25)
        .quiet()
        .tick("13:00")
        .quiet()
        .at("19:00")
        .reading(25)
        .quiet()
        .tick("20:01")
        .quiet();
  }

  @Test
  void whatIsSilentBeforeStaysSoUntilItReportsInService() {
    Rule silent = Rules.silent(Family.HAZMAT_STORAGE, Duration.ofMinutes(3));
    story(silent)
        .at("01:00")
        .reading(25)
        .quiet()
        .tick("09:00")
        .expect("silent notice 180.0 @04:00")
        .at("15:00")
        .reading(25)
        .quiet()
        .at("20:30")
        .reading(25)
        .expect("cleared notice 180.0 reporting");
  }

  @Test
  void aLineThatIsDownIsToldAtTheEnd() {
    Rule silent = Rules.silent(Family.HAZMAT_STORAGE, Duration.ofMinutes(30));
    story(silent)
        .at("09:00")
        .reading(25)
        .quiet()
        .at("12:00")
        .word(Quantity.OFFLINE_WORD)
        .quiet()
        .tick("13:00")
        .quiet()
        .tick("20:01")
        .expect("silent notice 1800.0 @20:00");
  }

  @Test
  void doubtIsToldByTheFirstReadingInService() {
    story(Rules.store().rule())
        .at("09:00")
        .reading(25)
        .quiet()
        .at("11:00")
        .failing()
        .reading(25)
        .quiet()
        .at("21:00")
        .failing()
        .reading(25)
        .expect("suspect")
        .at("22:00")
        .reading(25)
        .expect("cleared reporting");
  }

  @Test
  void theForecastTakesNothingInAndStartsAfresh() {
    Story street = story(Rules.street().rule());
    street.at("11:00").ramp(0, 2, 8, 60).quiet(); // 14 cm at 18:00, by test
    assertThat(street.isForewarned()).isFalse();
    street.at("20:30").reading(9).quiet().at("21:30").reading(9).quiet();
    assertThat(street.isForewarned()).isFalse();
  }

  @Test
  void aRuleThatChangesMeanwhileKeepsWhatIsOpen() {
    story(Rules.store().rule())
        .at("09:00")
        .reading(31)
        .expect("alarm alarm 30.0")
        .at("12:00")
        .reading(20)
        .quiet()
        .rules(2, Rules.store().deadband(2).rule())
        .quiet()
        .at("21:00")
        .reading(20)
        .expect("cleared alarm 30.0 inside", "cleared warn 28.0 inside");
  }

  @Test
  void aWeeklyWindowGoesByTheWallClockOfItsZone() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    Maintenance weekly =
        window(
            null,
            null,
            new Weekly(
                Set.of(DayOfWeek.SATURDAY), LocalTime.of(23, 0), LocalTime.of(4, 0), berlin));
    // The night of 25 October 2026 has 25 hours: from Saturday 21:00Z to Sunday 03:00Z.
    assertThat(end(weekly, "2026-10-24T20:59:59Z")).isEqualTo(Maintenance.NEVER);
    assertThat(end(weekly, "2026-10-24T21:00:00Z")).isEqualTo(ms("2026-10-25T03:00:00Z"));
    assertThat(end(weekly, "2026-10-25T02:59:59Z")).isEqualTo(ms("2026-10-25T03:00:00Z"));
    assertThat(end(weekly, "2026-10-25T03:00:00Z")).isEqualTo(Maintenance.NEVER);
    assertThat(end(weekly, "2026-10-31T22:00:00Z")).isEqualTo(ms("2026-11-01T03:00:00Z"));
  }

  @Test
  void windowsThatTouchAreOne() {
    Service service =
        new Service(
            List.of(TEN_MINUTES, window("2026-07-01T12:20:00Z", "2026-07-01T12:30:00Z", null)));
    assertThat(service.resumesMs(ms("2026-07-01T12:15:00Z"))).isEqualTo(ms("2026-07-01T12:30:00Z"));
  }

  private static long end(Maintenance window, String at) {
    return window.endMs(ms(at));
  }

  private static long ms(String at) {
    return Instant.parse(at).toEpochMilli();
  }
}
