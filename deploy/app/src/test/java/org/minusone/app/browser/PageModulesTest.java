package org.minusone.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minusone.app.e2e.RunningStack;
import org.minusone.app.e2e.RunningStack.House;

/**
 * The pure modules of the pages, imported where they run: in which order alerts stand, and how
 * signed time reads.
 */
@ExtendWith({Chromium.class, RunningStack.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageModulesTest {
  private Seat seat;

  @BeforeAll
  void sitDown(House house, Browser browser) {
    seat = Seat.stranger(browser, house);
    seat.open("/");
    seat.page()
        .evaluate(
            """
            async () => {
              window.order = await import("/assets/js/order.js");
              window.time = await import("/assets/js/time.js");
              window.scale = await import("/assets/js/chart-scale.js");
              const noon = Date.parse("2026-03-01T04:00:00Z");
              const iso = (s) => new Date(noon + 1000 * s).toISOString();
              const number = { 1: "critical", 2: "alarm", 3: "warn", 4: "notice" };
              // What an alert needs to be ordered: reached (level, since when, s from noon), coming (level, s left).
              const alert = (id, severity, more) => ({ id, state: "active", severity: number[severity],
                level: number[severity], worst: number[severity], coming: [], started_at: iso(0),
                crossed_at: iso(0), cleared_at: null, acknowledged_at: null, ...more });
              window.past = (id, n, since, more) =>
                alert(id, n, { started_at: iso(since), crossed_at: iso(since), ...more });
              window.ahead = (id, n, left, more) => alert(id, n, { state: "forewarned", level: null,
                worst: null, crossed_at: null,
                coming: [{ level: number[n], limit: 1, at: iso(0), eta_s: left, eta_low_s: left * 0.57, eta_high_s: left * 1.96 }], ...more });
              window.taken = { acknowledged_at: iso(0), acknowledged_by: "x" };
              window.over = { state: "cleared", level: null, cleared_at: iso(30) };
              window.text = (order) => [order.unacknowledged, order.inHand, order.cleared].map((ids) => ids.join(" ")).join(" | ");
            }
            """);
  }

  @AfterAll
  void standUp() {
    seat.close();
  }

  private Object ask(String expression) {
    return seat.page().evaluate("() => (" + expression + ")");
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = ';',
      value = {
        "past('b', 2, 9), past('a', 1, 0)                 ; a b     |  | ",
        "ahead('b', 2, 10), ahead('a', 1, 600)            ; a b     |  | ",
        "ahead('b', 2, 300), ahead('a', 2, 100)           ; a b     |  | ",
        "past('b', 2, 9), ahead('a', 2, 600)              ; a b     |  | ",
        "past('b', 2, 1), past('a', 2, 9)                 ; a b     |  | ",
        "past('b', 2, 5), past('a', 2, 5)                 ; a b     |  | ",
        "past('b', 1, 0, taken), past('a', 4, 0)          ; a       | b | ",
        "past('a', 1, 0, over), past('b', 3, 0)           ; b       |  | a",
        "past('a', 1, 0, {...over, state: 'closed'})      ;         |  | ",
        "past('b', 2, 9), past('a', 3, 0, {severity: 'critical', coming: ahead('', 1, 60).coming}) ; a b |  | ",
      })
  void alertsStandInTheOrderInWhichTheyMatter(String alerts, String order) {
    assertThat(squeezed(ask("text(order.ideal([" + alerts + "]))"))).isEqualTo(squeezed(order));
  }

  @Test
  void whatIsOverStaysWhileACrewIsOut() {
    String closed = "past('a', 1, 0, {...over, ...taken, state: 'closed', jobs: [{state: '%s'}]})";
    for (String state : List.of("accepted", "en_route", "arrived")) {
      assertThat(ask("order.ideal([" + closed.formatted(state) + "]).out.join()")).isEqualTo("a");
    }
    assertThat(ask("order.ideal([" + closed.formatted("resolved") + "]).out.join()")).isEqualTo("");
    assertThat(ask("order.mostUrgent([" + closed.formatted("arrived") + "])")).isNull();
  }

  @Test
  void whatIsBeingReadDoesNotMove() {
    Object seen =
        ask(
            """
            (() => {
              const list = [past("b", 2, 0), past("c", 2, -9)];
              const shown = order.arrange(null, list, false).order;
              const say = (a) => [text(a.order), a.waiting, a.above];
              const worse = [past("b", 2, 0), past("c", 1, -9)];
              const newer = [...list, past("x", 4, 5), past("y", 1, 6)];
              const full = [...newer, past("z", 1, 7), past("w", 3, 8)];
              const inHand = [past("b", 2, 0, taken), past("c", 2, -9)];
              const closed = [past("b", 2, 0, { ...over, ...taken, state: "closed" }), past("c", 2, -9)];
              return [
                say(order.arrange(shown, list, true)),
                say(order.arrange(shown, worse, true)),
                say(order.arrange(shown, worse, false)),
                say(order.arrange(shown, newer, true)),
                say(order.arrange(shown, full, true)),
                say(order.arrange(shown, inHand, true)),
                say(order.arrange(shown, closed, true)),
              ];
            })()
            """);

    List<List<Object>> steps =
        ((List<?>) seen).stream().map(step -> List.<Object>copyOf((List<?>) step)).toList();
    assertThat(steps.get(0)).as("nothing happened").isEqualTo(List.of("b c |  | ", 0, 0));
    assertThat(steps.get(1)).as("escalated, held").isEqualTo(List.of("b c |  | ", 1, 0));
    assertThat(steps.get(2)).as("escalated, free").isEqualTo(List.of("c b |  | ", 0, 0));
    assertThat(steps.get(3).get(0))
        .as("two newcomers above, nobody pushed")
        .asString()
        .endsWith(" b c |  | ");
    assertThat(steps.get(3).get(2)).isEqualTo(0);
    assertThat(steps.get(4).get(0)).as("four slots").asString().endsWith(" b c |  | ");
    assertThat(steps.get(4).get(2)).as("the others are counted, not hidden").isEqualTo(2);
    assertThat(steps.get(5)).as("acknowledged, held").isEqualTo(List.of("b c |  | ", 1, 0));
    assertThat(steps.get(6)).as("closed, held").isEqualTo(List.of("b c |  | ", 1, 0));
  }

  @Test
  void theMostUrgentAndTheNextCrossing() {
    assertThat(
            ask(
                "order.mostUrgent([past('a', 1, 0, taken), past('b', 3, 0), ahead('c', 2, 60)]).id"))
        .isEqualTo("c");
    assertThat(ask("order.mostUrgent([past('a', 1, 0, taken), past('b', 1, 0, over)])")).isNull();
    String noon = "Date.parse('2026-03-01T04:00:00Z')";
    assertThat(
            ask(
                "order.nextCrossing([ahead('a', 3, 50), ahead('b', 1, 90), past('c', 1, 0)], "
                    + noon
                    + ").id"))
        .isEqualTo("a");
    assertThat(
            ask(
                "order.nextCrossing([ahead('a', 3, 50), ahead('b', 1, 90)], "
                    + noon
                    + " + 60000).id"))
        .as("what is due was not seen; the next one is still ahead")
        .isEqualTo("b");
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "time.before(252000), \u221204:12",
    "time.before(251001), \u221204:12",
    "time.before(1), \u221200:01",
    "time.before(0), \u221200:00",
    "time.before(-90000), \u221200:00",
    "time.before(3822000), \u22121:03:42",
    "time.past(12000), +00:12",
    "time.past(12999), +00:12",
    "time.past(0), +00:00",
    "time.past(-1), +00:00",
    "time.past(3600000), +1:00:00",
    "time.past(183600000), +2d 03h",
    "time.span(222), 3:42",
  })
  void signedTimeReadsBelowZeroBeforeTheLimitAndAboveItAfter(String expression, String text) {
    assertThat(ask(expression)).isEqualTo(text);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = ';',
      value = {
        "[10, 40, 70]; 10 40 70",
        "[10, 12, 70]; 10 27 70",
        "[70, 12, 10]; 70 27 10",
        "[90, 95, 99]; 66 83 100",
        "[-5, 0, 5]; 0 17 34",
        "[]; ''",
      })
  void labelsOfNearLimitsPushEachOtherApart(String wanted, String places) {
    assertThat(ask("scale.spread(" + wanted + ", 17, 0, 100).join(' ')")).isEqualTo(places);
  }

  @Test
  void clocksAreTheSitesAndTheServers() {
    assertThat(ask("time.clock(Date.parse('2026-03-01T04:05:06Z'), 'Asia/Shanghai')"))
        .isEqualTo("12:05:06");
    assertThat(ask("time.clock(Date.parse('2026-03-01T16:00:00Z'), 'Asia/Shanghai')"))
        .as("midnight is 00, not 24")
        .isEqualTo("00:00:00");
    assertThat(
            ask(
                "time.dayClock(Date.parse('2026-02-28T04:05:00Z'),"
                    + " Date.parse('2026-03-01T04:05:06Z'), 'Asia/Shanghai')"))
        .isEqualTo("02-28 12:05");
    assertThat(
            ask(
                "(() => { const c = new time.ServerClock(); const none = c.now(1000);"
                    + " c.heard(5000, 1000); c.heard(5100, 1300); return {none, now: c.now(2000)}; })()"))
        .as("the heartbeat that travelled fastest tells the time best")
        .isEqualTo(Map.of("none", 1000, "now", 6000));
  }

  private static String squeezed(Object text) {
    return Stream.of(text.toString().split("\\|", -1))
        .map(String::strip)
        .reduce((a, b) -> a + " | " + b)
        .orElseThrow();
  }
}
