package org.minusone.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.minusone.app.browser.Soon.soon;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Locator.GetByRoleOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.minusone.app.e2e.Gateway;
import org.minusone.app.e2e.RunningStack;
import org.minusone.app.e2e.RunningStack.House;

/** An alert from the gateway's message to the operator's key, and what is known of it. */
@ExtendWith({Chromium.class, RunningStack.class})
class LiveListTest {
  /** From pressing to letting go, as a hand does it. */
  private static final double A_CLICK_MS = 150;

  private static final Pattern COUNTDOWN = Pattern.compile("^\u2212\\d\\d:\\d\\d$");

  @Test
  void aCrossingAppearsIsCountedAcknowledgedByKeyForAllAndExplained(House house, Browser browser)
      throws Exception {
    try (Gateway gateway = new Gateway(house.stack().mqttPort());
        Seat operator = Seat.of("operator", browser, house);
        Seat colleague = Seat.of("colleague", browser, house)) {
      Page page = operator.page();
      page.evaluate("() => { window.neverReloaded = true; }");
      long before = operator.unacknowledged();

      gateway.publish(
          "sites/fubao/hazmat-storage/H-10/readings",
          Past.minutesUntilNow("temperature", 24.1, 24.3, 24.2, 24.1, 24.2, 24.3, 24.2, 24.1));
      gateway.publish("sites/fubao/hazmat-storage/H-10/readings", "{\"temperature\":36.2}");

      Locator row = operator.row("H-10");
      assertThat(row).isVisible();
      assertThat(row).containsText("市花路 8 号仓 2 库");
      assertThat(row).containsText("库内温度");
      assertThat(row).containsText("36.2 °C");
      assertThat(row).containsText("≥ 35");
      assertThat(row.getByRole(AriaRole.IMG, new GetByRoleOptions().setName("1 级"))).isVisible();
      assertThat(row).containsText("无人确认");
      assertThat(Seat.section(row)).startsWith("待确认");
      soon(() -> assertThat(counted(page.title())).isEqualTo(operator.unacknowledged()));
      assertThat(counted(page.title())).isGreaterThan(before);
      assertThat(colleague.row("H-10")).isVisible();

      operator.walkTo("H-10");
      page.keyboard().press("a");

      assertThat(row).containsText("operator");
      assertThat(colleague.row("H-10")).containsText("operator");
      soon(() -> assertThat(Seat.section(colleague.row("H-10"))).startsWith("处置中"));
      assertThat(Seat.section(row)).as("nothing being read moves").startsWith("待确认");
      page.keyboard().press(".");
      soon(() -> assertThat(Seat.section(row)).startsWith("处置中"));
      assertThat(page.evaluate("() => window.neverReloaded")).isEqualTo(true);

      operator.walkTo("H-10");
      page.keyboard().press("Enter");

      page.waitForURL(Pattern.compile("/alerts/[^/]+$"));
      Locator main = page.getByRole(AriaRole.MAIN);
      assertThat(main.getByRole(AriaRole.HEADING, new GetByRoleOptions().setLevel(1)))
          .containsText("市花路 8 号仓 2 库");
      Locator told = main.getByRole(AriaRole.COMPLEMENTARY, new GetByRoleOptions().setName("经过"));
      assertThat(told).containsText("越限，1 级：36.2 °C");
      assertThat(told).containsText("operator 确认");
      assertThat(told).containsText("致电仓管，停止装卸，人员撤到库外");
      assertThat(main).containsText("GB 15603-2022");
      Canvas.of(main, "库内温度").assertDrawn();

      page.keyboard().press("c");
      page.keyboard().type("仓管已到，门已开");
      page.keyboard().press("Enter");
      assertThat(told.getByText("仓管已到，门已开")).isVisible();
      page.keyboard().press("Escape");
      assertThat(operator.alerts()).isVisible();

      assertThat(operator.complaints()).isEmpty();
      assertThat(colleague.complaints()).isEmpty();
    }
  }

  @Test
  void whatIsForewarnedCountsDownWithAMinusAndItsGlyphIsHollow(House house, Browser browser)
      throws Exception {
    try (Gateway gateway = new Gateway(house.stack().mqttPort());
        Seat operator = Seat.of("operator", browser, house)) {
      gateway.publish(
          "sites/fubao/hazmat-storage/H-18/readings",
          Past.minutesUntilNow(
              "temperature", 22, 22.6, 23.2, 23.8, 24.4, 25, 25.6, 26.2, 26.8, 27.4));

      Locator row = operator.row("H-18");
      assertThat(row).containsText("预警：库内温度");
      assertThat(row).containsText("27.4 °C");
      assertThat(row).containsText("→ 30");
      assertThat(row.getByRole(AriaRole.IMG, new GetByRoleOptions().setName("2 级 预警"))).isVisible();
      assertCountsDown(row);

      operator.walkTo("H-18");
      Locator side = side(operator.page(), "新洲南路 15 号库");
      assertThat(side).containsText("新洲南路 15 号库将到 30 °C");
      assertThat(side).containsText("80 % 在");
      assertThat(side).containsText("9 分钟升 5.4 °C");
      assertThat(side).containsText("致电仓管");
      Canvas.of(side, "库内温度").assertDrawn();
      assertThat(operator.complaints()).isEmpty();
    }
  }

  /** A flood is taken seriously from .7 of its limit on, and by then a lower one is reached. */
  @Test
  void aRisingFloodShowsWhatIsReachedAndCountsDownToWhatIsComing(House house, Browser browser)
      throws Exception {
    try (Gateway gateway = new Gateway(house.stack().mqttPort());
        Seat operator = Seat.of("operator", browser, house)) {
      gateway.publish(
          "sites/fubao/flood-point/F-05/readings",
          Past.minutesUntilNow(
              "depth", 0, 0, 0, 0, 0, 0, 0.6, 1.8, 3, 4.2, 5.4, 6.6, 7.8, 9, 10.2, 11.4));

      Locator row = operator.row("F-05");
      assertThat(row).containsText("11.4 cm");
      assertThat(row).containsText("→ 15");
      assertThat(row).containsText("4 级，将到 3 级");
      assertThat(row.getByRole(AriaRole.IMG, new GetByRoleOptions().setName("4 级").setExact(true)))
          .isVisible();
      assertThat(row.getByRole(AriaRole.IMG, new GetByRoleOptions().setName("3 级 预警"))).isVisible();
      assertCountsDown(row);

      operator.walkTo("F-05");
      Locator side = side(operator.page(), "桂花路低洼段");
      assertThat(side).containsText("到 15 cm 前在两端放置路障");
      Canvas.of(side, "水深").assertDrawn();
      assertThat(operator.complaints()).isEmpty();
    }
  }

  /** It also opens the sound, whose bar then goes: what is under the finger must not jump. */
  @Test
  void theFirstClickHitsWhatItWasAimedAt(House house, Browser browser) throws Exception {
    try (Gateway gateway = new Gateway(house.stack().mqttPort());
        Seat operator = Seat.of("operator", browser, house)) {
      gateway.publish("sites/fubao/hazmat-storage/H-21/readings", "{\"temperature\":33}");
      Locator row = operator.row("H-21");
      assertThat(row).containsText("无人确认");

      row.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("确认"))
          .click(new Locator.ClickOptions().setDelay(A_CLICK_MS));

      assertThat(row).containsText("operator");
      assertThat(operator.page().getByText("声音未开")).hasCount(0);
    }
  }

  /**
   * Two looks, no reload: a minus sign, and less time left. The forecast may move once more with
   * the last of the readings; then the looks begin again.
   */
  private static void assertCountsDown(Locator row) {
    Locator countdown = row.getByText(COUNTDOWN);
    int first = Integer.MIN_VALUE;
    int second = 0;
    for (int look = 0; look < 3 && second >= first; look++) {
      String shown = countdown.textContent();
      assertThat(countdown).not().hasText(shown);
      first = secondsLeft(shown);
      second = secondsLeft(countdown.textContent());
    }
    assertThat(second).isPositive().isLessThan(first);
  }

  private static Locator side(Page page, String name) {
    return page.getByRole(AriaRole.COMPLEMENTARY, new Page.GetByRoleOptions().setName(name));
  }

  private static int secondsLeft(String countdown) {
    String[] parts = countdown.strip().substring(1).split(":");
    return 60 * Integer.parseInt(parts[0]) + Integer.parseInt(parts[1]);
  }

  /** The count in a title, 0 without one. */
  private static long counted(String title) {
    Matcher count = Pattern.compile("^（(\\d+)）负一秒$").matcher(title);
    return count.matches() ? Long.parseLong(count.group(1)) : 0;
  }
}
