package org.minusone.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.minusone.app.browser.Soon.soon;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Locator.GetByRoleOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.minusone.app.e2e.Gateway;
import org.minusone.app.e2e.RunningStack;
import org.minusone.app.e2e.RunningStack.House;

/** Every sensor can be found, and every reading accounted for. */
@ExtendWith({Chromium.class, RunningStack.class})
class SensorsAndSumsTest {

  @Test
  void aSensorIsFoundBySearchFamilyAndStateAndShowsItsSeries(House house, Browser browser)
      throws Exception {
    try (Gateway gateway = new Gateway(house.stack().mqttPort());
        Seat operator = Seat.of("operator", browser, house)) {
      gateway.publish(
          "sites/fubao/hazmat-storage/H-12/readings",
          Past.minutesUntilNow("temperature", 21.1, 21.3, 21.2, 21.6, 21.2, 21.3, 21.2, 21.4));
      gateway.publish("sites/fubao/hazmat-storage/H-16/readings", "{\"temperature\":33}");
      assertThat(operator.row("H-16")).isVisible();
      Page page = operator.page();

      follow(page, "传感器");
      Locator main = page.getByRole(AriaRole.MAIN);
      Locator states = main.getByRole(AriaRole.GROUP, new GetByRoleOptions().setName("状态"));
      Locator families = main.getByRole(AriaRole.GROUP, new GetByRoleOptions().setName("类别"));
      assertThat(states.getByRole(AriaRole.BUTTON).first()).hasText("全部 1,295");
      chip(families, "危化品存储").click();
      assertThat(states.getByRole(AriaRole.BUTTON).first()).hasText("全部 22");
      assertThat(sensor(main, "H-12")).isVisible();
      assertThat(main.getByText(Pattern.compile("^[EFPS]-\\d+"))).hasCount(0);

      chip(states, "告警中").click();
      assertThat(sensor(main, "H-16")).isVisible();
      assertThat(sensor(main, "H-12")).hasCount(0);
      assertThat(sensor(main, "H-22")).hasCount(0);

      chip(families, "全部").click();
      chip(states, "全部").click();
      assertThat(sensor(main, "E-0010")).isVisible();
      page.keyboard().press("/");
      page.keyboard().type("桂花路 12 号仓 2 库");
      assertThat(sensor(main, "H-12")).containsText("正常");
      assertThat(sensor(main, "H-12")).containsText("21.4 °C");
      assertThat(main.getByRole(AriaRole.ROW).filter(having("H-"))).hasCount(1);

      sensor(main, "H-12").getByRole(AriaRole.LINK).click();
      page.waitForURL("**/sensors/H-12");
      assertThat(main.getByRole(AriaRole.HEADING, new GetByRoleOptions().setLevel(1)))
          .hasText("桂花路 12 号仓 2 库");
      assertThat(main).containsText("压缩气体");
      assertThat(main).containsText("≥ 28 / 32 / 35");
      Canvas.of(main, "库内温度").assertDrawn();
      assertThat(main.getByText("这段时间没有读数")).hasCount(0);

      gateway.publish("sites/fubao/hazmat-storage/H-12/readings", "{\"temperature\":22.7}");
      assertThat(main.getByRole(AriaRole.ROW).filter(having("22.7 °C"))).isVisible();
      assertThat(operator.complaints()).isEmpty();
    }
  }

  @Test
  void theSumsAreShownAndAreEqual(House house, Browser browser) throws Exception {
    try (Gateway gateway = new Gateway(house.stack().mqttPort());
        Seat operator = Seat.of("operator", browser, house)) {
      gateway.publish("sites/fubao/hazmat-storage/H-17/readings", "{\"temperature\":22}");
      gateway.publish("sites/fubao/hazmat-storage/H-17/readings", "{\"temperature\":");
      Page page = operator.page();

      follow(page, "数据链路");

      Locator main = page.getByRole(AriaRole.MAIN);
      assertThat(main).containsText("每条读数都有去处");
      soon(
          () -> {
            String shown = main.innerText().replaceAll("[\\s,]+", " ");
            assertThat(shown).contains("差 0");
            long received = after(shown, "收到");
            assertThat(received).isPositive();
            assertThat(received)
                .isEqualTo(after(shown, "入 Kafka") + after(shown, "拒收，已存") + after(shown, "在途"));
            assertThat(after(shown, "拒收，已存")).isPositive();
            assertThat(after(shown, "已评估")).isPositive();
            assertThat(after(shown, "入库")).isPositive();
          });
      assertThat(main).containsText("报文读不懂");
      for (String part : List.of("接入", "规则", "告警", "时序库", "控制台")) {
        assertThat(main.getByRole(AriaRole.ROW).filter(having(part)).first()).containsText("正常");
      }
      assertThat(operator.complaints()).isEmpty();
    }
  }

  private static void follow(Page page, String name) {
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true)).click();
  }

  private static Locator chip(Locator group, String name) {
    return group.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name));
  }

  private static Locator sensor(Locator main, String id) {
    return main.getByRole(AriaRole.ROW).filter(having(id));
  }

  private static Locator.FilterOptions having(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  /** The number that stands after a word. */
  private static long after(String shown, String word) {
    Matcher found =
        Pattern.compile(Pattern.quote(word) + " (\\d+(?: \\d{3})*)(?! ?\\d)").matcher(shown);
    assertThat(found.find()).as(word + " in " + shown).isTrue();
    return Long.parseLong(found.group(1).replace(" ", ""));
  }
}
