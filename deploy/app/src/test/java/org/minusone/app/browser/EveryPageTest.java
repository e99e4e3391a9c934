package org.minusone.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.minusone.app.e2e.Gateway;
import org.minusone.app.e2e.RunningStack;
import org.minusone.app.e2e.RunningStack.House;

/** What must hold on every page, in both languages, on a desk and on a phone. */
@Tag("slow")
@ExtendWith({Chromium.class, RunningStack.class})
class EveryPageTest {
  private static final List<int[]> SIZES = List.of(new int[] {1440, 900}, new int[] {390, 844});

  /** Settled: drawn after the last resize, and nothing is loading any more. */
  private static final String SETTLE =
      """
      async () => {
        const frame = () => new Promise(requestAnimationFrame);
        for (let i = 0; i < 120 && document.querySelector("[aria-busy=true]"); i++) await frame();
        for (let i = 0; i < 4; i++) await frame();
      }
      """;

  @Test
  void noPageOverflowsComplainsOrLeadsNowhere(House house, Browser browser) throws Exception {
    try (Gateway gateway = new Gateway(house.stack().mqttPort());
        Seat operator = Seat.of("operator", browser, house)) {
      gateway.publish("sites/fubao/hazmat-storage/H-15/readings", "{\"temperature\":33}");
      gateway.publish("sites/fubao/smoke/S-0600/readings", "{\"state\":\"fire\"}");
      gateway.publish(
          "sites/fubao/flood-point/F-08/readings",
          Past.minutesUntilNow("depth", 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
      for (String sensor : List.of("H-15", "S-0600", "F-08")) {
        assertThat(operator.row(sensor)).isVisible();
      }
      List<String> paths =
          List.of(
              "/",
              "/alerts/" + operator.alertOf("H-15"),
              "/alerts/" + operator.alertOf("S-0600"),
              "/alerts/" + operator.alertOf("F-08"),
              "/sensors",
              "/sensors/F-08",
              "/sensors/S-0600",
              "/pipeline",
              "/quarantine",
              "/quarantine/unknown");

      Map<String, String> links = new LinkedHashMap<>();
      List<String> wide = new ArrayList<>();
      for (String language : List.of("en", "zh")) {
        operator.page().evaluate("to => localStorage.setItem('language', to)", language);
        for (String path : paths) {
          visit(operator, path, language, wide, links);
        }
      }

      assertThat(wide).as("pages wider than their window").isEmpty();
      assertThat(links.keySet()).contains("/", "/sensors", "/pipeline", "/quarantine");
      assertThat(dead(operator, links)).as("links that lead nowhere").isEmpty();
      assertThat(operator.complaints()).isEmpty();
    }
  }

  private static void visit(
      Seat seat, String path, String language, List<String> wide, Map<String, String> links) {
    Page page = seat.page();
    seat.open(path);
    assertThat(page.getByRole(AriaRole.MAIN)).isVisible();
    assertThat(page.locator("html")).hasAttribute("lang", language.equals("zh") ? "zh-CN" : "en");
    for (int[] size : SIZES) {
      page.setViewportSize(size[0], size[1]);
      page.evaluate(SETTLE);
      int width = (int) page.evaluate("() => document.scrollingElement.scrollWidth");
      if (width > size[0]) {
        wide.add("%s %s at %d is %d wide".formatted(language, path, size[0], width));
      }
    }
    page.setViewportSize(Seat.WIDTH, Seat.HEIGHT);
    assertThat(page.getByRole(AriaRole.ALERT)).hasCount(0);
    for (Object link :
        (List<?>)
            page.evaluate(
                "() => [...document.querySelectorAll('a[href]')].map((a) => a.getAttribute('href'))")) {
      links.putIfAbsent((String) link, path);
    }
  }

  /** One link of a kind is followed to the end, all are asked for. */
  private static List<String> dead(Seat seat, Map<String, String> links) {
    List<String> dead = new ArrayList<>();
    Set<String> followed = new TreeSet<>();
    links.forEach(
        (link, from) -> {
          if (!link.startsWith("/")) {
            dead.add(link + " on " + from + " leads out of the house");
            return;
          }
          int status = seat.context().request().get(link).status();
          if (status != 200) {
            dead.add(link + " on " + from + " is " + status);
          } else if (followed.add(link.replaceFirst("^(/\\w+/).*", "$1"))) {
            seat.open(link);
            seat.page().evaluate(SETTLE);
            if (seat.page().getByRole(AriaRole.ALERT).count() > 0) {
              dead.add(link + " on " + from + " shows a failure");
            }
          }
        });
    return dead;
  }

  @Test
  void anAddressOfNothingSaysSoAndOffersAWayBack(House house, Browser browser) {
    try (Seat operator = Seat.of("operator", browser, house)) {
      Page page = operator.page();
      operator.open("/alerts/no-such-alert");
      assertThat(page.getByRole(AriaRole.ALERT)).containsText("找不到这条告警");
      page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("返回列表")).click();
      assertThat(operator.alerts()).isVisible();

      operator.open("/sensors/no-such-sensor");
      assertThat(page.getByRole(AriaRole.ALERT)).containsText("站点没有这个传感器");
      page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("全部传感器")).click();
      page.waitForURL("**/sensors");
      assertThat(page.getByRole(AriaRole.TABLE)).isVisible();
    }
  }
}
