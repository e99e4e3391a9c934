package org.minusone.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.minusone.app.e2e.Gateway;
import org.minusone.app.e2e.RunningStack;
import org.minusone.app.e2e.RunningStack.House;

/** What happened is told whole, whichever comes first: an answer or the stream. */
@Tag("slow")
@ExtendWith({Chromium.class, RunningStack.class})
class WhatHappenedTest {
  /** Holds back what the stream brings by {@code streamLateMs}. */
  private static final String LATE_STREAM =
      """
      const real = window.fetch;
      window.streamLateMs = 0;
      window.fetch = async (url, options) => {
        const response = await real(url, options);
        if (!String(url).includes("/api/v1/stream")) return response;
        const late = new TransformStream({
          async transform(chunk, out) {
            await new Promise((resolve) => setTimeout(resolve, window.streamLateMs));
            out.enqueue(chunk);
          },
        });
        const { status, headers } = response;
        return new Response(response.body.pipeThrough(late), { status, headers });
      };
      """;

  @Test
  void anAcknowledgementIsToldThoughItsAnswerComesBeforeTheStream(House house, Browser browser)
      throws Exception {
    try (Gateway gateway = new Gateway(house.stack().mqttPort());
        Seat operator = Seat.of("operator", browser, house)) {
      Page page = operator.page();
      page.addInitScript(LATE_STREAM);
      page.reload();
      gateway.publish("sites/fubao/hazmat-storage/H-11/readings", "{\"temperature\":33}");
      operator.row("H-11").waitFor();
      operator.walkTo("H-11");
      assertThat(told(page)).containsText("越限，2 级：33 °C");

      page.evaluate("() => { window.streamLateMs = 2500; }");
      page.keyboard().press("a");

      assertThat(operator.row("H-11")).containsText("operator");
      assertThat(told(page)).containsText("operator 确认");
    }
  }

  @Test
  void whatTheStreamBringsWhileAnAlertIsReadIsToldToo(House house, Browser browser)
      throws Exception {
    try (Gateway gateway = new Gateway(house.stack().mqttPort());
        Seat operator = Seat.of("operator", browser, house);
        Seat colleague = Seat.of("colleague", browser, house)) {
      Page page = operator.page();
      AtomicReference<Route> asked = new AtomicReference<>();
      AtomicReference<APIResponse> early = new AtomicReference<>();
      page.route(
          (Predicate<String>) url -> url.contains("/api/v1/alerts/") && url.contains("H-04"),
          route -> {
            early.set(route.fetch());
            asked.set(route);
          });
      gateway.publish("sites/fubao/hazmat-storage/H-04/readings", "{\"temperature\":33}");
      colleague.row("H-04").waitFor();
      operator.row("H-04").waitFor();
      operator.walkTo("H-04");
      page.waitForCondition(() -> asked.get() != null);

      colleague.walkTo("H-04");
      colleague.page().keyboard().press("a");
      assertThat(operator.row("H-04")).containsText("colleague");
      asked.get().fulfill(new Route.FulfillOptions().setResponse(early.get()));

      assertThat(told(page)).containsText("越限，2 级：33 °C");
      assertThat(told(page)).containsText("colleague 确认");
      assertThat(operator.complaints()).isEmpty();
    }
  }

  private static Locator told(Page page) {
    return page.getByRole(AriaRole.COMPLEMENTARY, new GetByRoleOptions().setName("库"))
        .filter(new Locator.FilterOptions().setHasText("经过"));
  }
}
