package org.minusone.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.minusone.app.browser.Soon.soon;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.minusone.app.e2e.Gateway;
import org.minusone.app.e2e.RunningStack;
import org.minusone.app.e2e.RunningStack.House;

/** The line goes dead under an open page and comes back: said at once, nothing lost. */
@Tag("slow")
@ExtendWith({Chromium.class, RunningStack.class})
class StreamBreakTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  @Test
  void aBrokenStreamIsSaidWithItsLastSecondAndNothingIsLostWhenItReturns(
      House house, Browser browser) throws Exception {
    try (Gateway gateway = new Gateway(house.stack().mqttPort());
        Line line = new Line(house.stack().consoleAddress());
        Seat operator = Seat.over(line, "operator", browser, house);
        Seat witness = Seat.of("witness", browser, house)) {
      Page page = operator.page();
      gateway.publish("sites/fubao/hazmat-storage/H-13/readings", "{\"temperature\":33}");
      gateway.publish("sites/fubao/hazmat-storage/H-20/readings", "{\"temperature\":33}");
      assertThat(operator.row("H-13")).isVisible();
      assertThat(operator.row("H-20")).isVisible();
      operator.walkTo("H-13");
      // Right after a heartbeat, so that the eight seconds are counted from here.
      assertThat(page.getByText(Pattern.compile("^实时流 0\\.\\d 秒前$"))).isVisible();

      Instant broken = Instant.now();
      line.goDead();
      page.keyboard().press("a");
      assertThat(operator.row("H-13")).containsText("待发");
      operator.walkTo("H-20");
      gateway.publish("sites/fubao/hazmat-storage/H-14/readings", "{\"temperature\":36}");
      assertThat(witness.row("H-14")).isVisible();

      Locator bar = page.getByRole(AriaRole.STATUS).filter(having("实时流中断"));
      assertThat(bar).isVisible();
      assertThat(Duration.between(broken, Instant.now()))
          .as("stale at 8 s, said by 9")
          .isBetween(Duration.ofMillis(6_900), Duration.ofMillis(9_500));
      assertThat(secondsAway(lastSecond(bar.textContent()), broken)).isLessThanOrEqualTo(3);
      assertThat(operator.row("H-14")).hasCount(0);
      assertThat(operator.row("H-13")).containsText("待发");
      assertThat(witness.row("H-13")).containsText("无人确认");

      line.comeBack();
      page.keyboard().press("r");

      assertThat(operator.row("H-14")).isVisible();
      assertThat(bar).hasCount(0);
      Locator news = page.getByRole(AriaRole.STATUS).filter(having("已恢复，补收"));
      assertThat(news).containsText(Pattern.compile("补收 [1-9]\\d* 条，无缺号"));
      assertThat(operator.row("H-14")).hasCount(1);
      assertThat(witness.row("H-13")).containsText("operator");
      assertThat(operator.row("H-13")).containsText("operator");
      soon(() -> assertThat(page.title()).isEqualTo("（%d）负一秒".formatted(witness.unacknowledged())));
      Locator side =
          page.getByRole(
              AriaRole.COMPLEMENTARY, new Page.GetByRoleOptions().setName("市花路 8 号仓 3 库"));
      if (side.getByRole(AriaRole.ALERT).count() > 0) {
        page.keyboard().press("r");
      }
      assertThat(side).containsText("越限，2 级：33 °C");
    }
  }

  private static Locator.FilterOptions having(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private static LocalTime lastSecond(String bar) {
    Matcher found = Pattern.compile("画面停在 (\\d\\d:\\d\\d:\\d\\d)").matcher(bar);
    assertThat(found.find()).as(bar).isTrue();
    return LocalTime.parse(found.group(1));
  }

  /** Over midnight too. */
  private static long secondsAway(LocalTime time, Instant instant) {
    long day = Duration.ofDays(1).toSeconds();
    long after = time.toSecondOfDay() - LocalTime.ofInstant(instant, ZONE).toSecondOfDay();
    return Math.min(Math.floorMod(after, day), Math.floorMod(-after, day));
  }
}
