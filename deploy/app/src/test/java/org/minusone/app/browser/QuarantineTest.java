package org.minusone.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.minusone.app.browser.Soon.soon;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.minusone.app.e2e.Gateway;
import org.minusone.app.e2e.RunningStack;
import org.minusone.app.e2e.RunningStack.House;
import org.minusone.model.Family;
import org.minusone.model.Quantity;
import org.minusone.model.Role;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.Text;
import org.minusone.model.port.SeriesReader;

/** What was rejected is seen, understood, mended and taken in after all. */
@Tag("slow")
@ExtendWith({Chromium.class, RunningStack.class})
class QuarantineTest {
  private static final SiteId FUBAO = new SiteId("fubao");
  private static final SensorId NEW = new SensorId("S-9901");
  private static final String TOPIC = "sites/fubao/smoke/S-9901/readings";

  @Test
  void aSensorThatNobodyRegisteredIsAdoptedAndItsReadingsAreTakenIn(House house, Browser browser)
      throws Exception {
    SiteVersion before = house.stack().sites().live(FUBAO).orElseThrow();
    Instant taken = Instant.now().minusSeconds(90);
    try (Gateway gateway = new Gateway(house.stack().mqttPort());
        Seat engineer = Seat.of("engineer", Role.ENGINEER, browser, house)) {
      Page page = engineer.page();
      engineer.open("/quarantine");
      assertThat(page.getByRole(AriaRole.MAIN)).isVisible();
      gateway.publish(
          TOPIC, "{\"ts\":%d,\"values\":{\"obscuration\":0.021}}".formatted(taken.toEpochMilli()));

      Locator row = row(page, "S-9901");
      assertThat(row).isVisible();
      assertThat(row).containsText("未知传感器");
      row.click();
      Locator pane = page.getByRole(AriaRole.COMPLEMENTARY);
      assertThat(pane).containsText("S-9901 is not registered at fubao");
      assertThat(pane).containsText("\"obscuration\": 0.021");

      page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("未登记的传感器")).click();
      assertThat(page.getByRole(AriaRole.MAIN)).containsText("{id: S-9901, community: COMMUNITY");
      house.stack().sites().publish(with(before), "engineer", Instant.now());
      page.goBack();

      pane.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("重新解码")).click();
      assertThat(
              pane.getByRole(AriaRole.GROUP, new Locator.GetByRoleOptions().setName("到达时间不变"))
                  .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("重新解码")))
          .isFocused();
      page.keyboard().press("Enter");
      assertThat(page.getByRole(AriaRole.STATUS).filter(having("已重新解码 1 条"))).isVisible();
      assertThat(pane).containsText("得到 1 条读数");
      page.getByRole(AriaRole.GROUP, new GetByRoleOptions().setName("是否处理"))
          .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("待处理"))
          .click();
      assertThat(row(page, "S-9901")).hasCount(0);

      soon(
          () ->
              assertThat(
                      house
                          .stack()
                          .series()
                          .range(
                              new SensorKey(FUBAO, NEW),
                              Quantity.OBSCURATION,
                              taken.minusSeconds(1),
                              taken.plusSeconds(1),
                              10))
                  .extracting(SeriesReader.Point::value)
                  .containsExactly(0.021));
      soon(() -> assertThat(house.stack().sums().areEqual()).isTrue());
      assertThat(engineer.complaints()).isEmpty();
    } finally {
      house.stack().sites().publish(before, "engineer", Instant.now());
    }
  }

  @Test
  void anOperatorReadsWhatWasRejectedAndIsNotOfferedToRetryIt(House house, Browser browser)
      throws Exception {
    try (Gateway gateway = new Gateway(house.stack().mqttPort());
        Seat operator = Seat.of("operator", browser, house)) {
      gateway.publish("sites/fubao/hazmat-storage/H-18/readings", "{\"temperature\": warm}");
      Page page = operator.page();
      page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("隔离区")).click();
      Locator row = row(page, "H-18");
      assertThat(row).containsText("报文读不懂");
      row.click();
      assertThat(page.getByRole(AriaRole.COMPLEMENTARY)).containsText("{\"temperature\": warm}");
      assertThat(page.getByRole(AriaRole.MAIN)).containsText("重新解码由工程师操作");
      assertThat(
              page.getByRole(AriaRole.COMPLEMENTARY)
                  .getByRole(
                      AriaRole.BUTTON,
                      new Locator.GetByRoleOptions().setName("重新解码").setExact(true)))
          .hasCount(0);
      assertThat(operator.complaints()).isEmpty();
    }
  }

  private static SiteVersion with(SiteVersion site) {
    Map<SensorId, Sensor> sensors = new HashMap<>(site.sensors());
    sensors.put(
        NEW,
        new Sensor(
            NEW,
            Family.SMOKE,
            Text.same("adopted"),
            site.sensors().values().iterator().next().place(),
            null,
            List.of(Quantity.OBSCURATION)));
    return new SiteVersion(
        site.site(),
        site.version(),
        site.appliedAt(),
        site.appliedBy(),
        site.name(),
        site.zone(),
        site.demonstration(),
        sensors,
        site.rules(),
        site.crews(),
        site.admitsUnknown(),
        site.gateways(),
        site.codecs());
  }

  private static Locator row(Page page, String text) {
    return page.locator(".q-table").getByRole(AriaRole.ROW).filter(having(text)).first();
  }

  private static Locator.FilterOptions having(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }
}
