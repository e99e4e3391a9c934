package org.minusone.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.minusone.app.e2e.Desk;
import org.minusone.app.e2e.Gateway;
import org.minusone.app.e2e.RunningStack;
import org.minusone.app.e2e.RunningStack.House;
import org.minusone.model.codec.Json;

/** A crew member with a phone, in the rain. */
@ExtendWith({Chromium.class, RunningStack.class})
class CrewPageTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private static JsonNode job(Desk desk, String sensor) throws Exception {
    for (JsonNode item : desk.get("/api/v1/jobs?state=all").path("items")) {
      if (item.path("alert").asText().startsWith("fubao:" + sensor + ":")) {
        return item.path("job");
      }
    }
    return Json.MAPPER.createObjectNode();
  }

  private static String link(Desk desk, String crew, String member) throws Exception {
    String body =
        "{\"role\":\"crew\",\"name\":\"phone\",\"crew\":\"%s\",\"member\":\"%s\"}"
            .formatted(crew, member);
    return Json.MAPPER
        .readTree(desk.post("/api/v1/sign-in-links", UUID.randomUUID().toString(), body).body())
        .path("url")
        .asText();
  }

  private static void press(Page page, String name) {
    page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true)).click();
  }

  @Test
  void aJobIsAcceptedDoneWithoutANetworkAndReported(House house, Browser browser) throws Exception {
    try (Gateway gateway = new Gateway(house.stack().mqttPort());
        Desk desk = new Desk(house.data());
        Seat operator = Seat.of("operator", browser, house);
        Seat crew = Seat.stranger(browser, house)) {
      gateway.publish("sites/fubao/smoke/S-0350/readings", "{\"obscuration\":0.2}");
      await().atMost(SOON).until(() -> job(desk, "S-0350").path("crew").isTextual());
      JsonNode sent = job(desk, "S-0350");
      Page page = crew.page();
      page.setViewportSize(390, 844);
      page.navigate(link(desk, sent.path("crew").asText(), sent.path("member").asText()));
      assertThat(page.url()).as("no token stays in the address").endsWith("/crew");
      var own = page.locator(".jobs button", new Page.LocatorOptions().setHasText("S-0350"));
      // The only job is shown at once; of several the list is.
      if (own.count() > 0) {
        own.first().click();
      }
      await().atMost(SOON).until(() -> job(desk, "S-0350").path("seen_at").isTextual());
      assertThat(job(desk, "S-0350").path("state").asText())
          .as("seen is not accepted")
          .isEqualTo("dispatched");
      String said = "{\"note\":\"钥匙在门卫\"}";
      String path = "/api/v1/jobs/" + job(desk, "S-0350").path("id").asText() + "/message";
      desk.post(path, UUID.randomUUID().toString(), said);
      assertThat(page.locator(".said").getByText("钥匙在门卫")).isVisible();
      await()
          .atMost(SOON)
          .until(
              () -> {
                JsonNode now = job(desk, "S-0350");
                return now.path("seen_at").asText().compareTo(now.path("told_at").asText()) > 0
                    && now.path("told_at").asText().compareTo(now.path("dispatched_at").asText())
                        > 0;
              });
      press(page, "接单");
      await()
          .atMost(SOON)
          .until(() -> job(desk, "S-0350").path("state").asText().equals("accepted"));

      press(page, "留言");
      page.locator("textarea[name=note]").fill("需要灭火毯");
      press(page, "发送");
      assertThat(operator.row("S-0350")).containsText("：需要灭火毯");
      operator.row("S-0350").click();
      press(operator.page(), "知道了");
      assertThat(operator.row("S-0350")).not().containsText("需要灭火毯");
      assertThat(page.locator(".log").getByText("operator 看到了")).isVisible();

      crew.context().setOffline(true);
      press(page, "我已出发");
      assertThat(page.locator(".pips .is-queued")).hasCount(1);
      assertThat(page.getByText("待发", new Page.GetByTextOptions().setExact(true)).first())
          .isVisible();
      assertThat(job(desk, "S-0350").path("state").asText()).isEqualTo("accepted");
      crew.context().setOffline(false);
      await()
          .atMost(SOON)
          .until(() -> job(desk, "S-0350").path("state").asText().equals("en_route"));

      // What else is wrong there is on its page: no other crew is sent for it.
      gateway.publish("sites/fubao/electrical/E-0276/readings", "{\"load\":130}");
      assertThat(page.locator(".others li").getByText("130 %")).isVisible();
      assertThat(job(desk, "E-0276").isEmpty()).as("one crew for the place").isTrue();
      gateway.publish("sites/fubao/electrical/E-0276/readings", "{\"load\":20}");

      press(page, "我已到场");
      press(page, "填写处置结果");
      page.locator("textarea[name=action]").fill("灶台干烧，已关火");
      press(page, "提交");
      await()
          .atMost(SOON)
          .until(() -> job(desk, "S-0350").path("state").asText().equals("resolved"));
      assertThat(job(desk, "S-0350").at("/report/action").asText()).isEqualTo("灶台干烧，已关火");
    }
  }

  @Test
  void aPhoneNeedsNoSidewaysScrollingInEitherLanguage(House house, Browser browser)
      throws Exception {
    try (Desk desk = new Desk(house.data());
        Seat crew = Seat.stranger(browser, house)) {
      Page page = crew.page();
      page.setViewportSize(360, 640);
      page.navigate(link(desk, "upkeep", "chen-jie"));
      assertThat(page.getByText("没有任务")).isVisible();
      for (String language : new String[] {"English", "中文"}) {
        press(page, language);
        Object wide = page.evaluate("document.documentElement.scrollWidth > innerWidth");
        assertThat(wide).as("sideways scrolling").isEqualTo(false);
      }
    }
  }
}
