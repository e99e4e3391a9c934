package org.minusone.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.minusone.app.browser.Soon.soon;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.minusone.app.e2e.Desk;
import org.minusone.app.e2e.Gateway;
import org.minusone.app.e2e.RunningStack;
import org.minusone.app.e2e.RunningStack.House;
import org.minusone.model.codec.Json;

/**
 * A phone whose line goes dead, and which drops the page meanwhile. The electricians are sent by
 * hand: no rule sends them, so that each story's job is their only one.
 */
@Tag("slow")
@ExtendWith({Chromium.class, RunningStack.class})
class CrewOfflineTest {
  private static final String CREW = "electric";
  private static final String MEMBER = "lu-ping";

  private static String link(Desk desk) throws Exception {
    String body =
        "{\"role\":\"crew\",\"name\":\"陆平\",\"crew\":\"%s\",\"member\":\"%s\"}"
            .formatted(CREW, MEMBER);
    return Json.MAPPER
        .readTree(desk.post("/api/v1/sign-in-links", UUID.randomUUID().toString(), body).body())
        .path("url")
        .asText();
  }

  /** Sends the electricians to the sensor's alert. @return the job's id */
  private static String sendCrew(Desk desk, String sensor) throws Exception {
    String[] alert = {""};
    soon(
        () -> {
          for (JsonNode one : desk.get("/api/v1/alerts?state=open&limit=500").path("items")) {
            if (one.path("sensor").asText().equals(sensor)) {
              alert[0] = one.path("id").asText();
            }
          }
          assertThat(alert[0]).isNotEmpty();
        });
    dispatch(desk, alert[0], "{\"crew\":\"%s\",\"member\":\"%s\"}".formatted(CREW, MEMBER));
    for (JsonNode item : desk.get("/api/v1/jobs").path("items")) {
      if (item.path("alert").asText().equals(alert[0])
          && item.at("/job/crew").asText().equals(CREW)) {
        return item.at("/job/id").asText();
      }
    }
    throw new AssertionError("nobody was sent to " + sensor);
  }

  private static void dispatch(Desk desk, String alert, String body) throws Exception {
    var answer =
        desk.post("/api/v1/alerts/" + alert + "/dispatch", UUID.randomUUID().toString(), body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static String state(Desk desk, String job) throws Exception {
    return desk.get("/api/v1/jobs/" + job).at("/job/job/state").asText();
  }

  private static void press(Page page, String name) {
    page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true)).click();
  }

  private static Locator heading(Page page, String name) {
    return page.getByRole(AriaRole.HEADING, new GetByRoleOptions().setName(name));
  }

  /** Until the worker has all of the page: from then on it opens without a network. */
  private static void kept(Page page) {
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)");
    soon(
        () ->
            assertThat(page.evaluate("() => navigator.serviceWorker.controller != null"))
                .isEqualTo(true));
  }

  @Test
  void aPageThatThePhoneDroppedOpensWithoutANetworkAndSendsWhatWasDoneMeanwhile(
      House house, Browser browser) throws Exception {
    try (Gateway gateway = new Gateway(house.stack().mqttPort());
        Desk desk = new Desk(house.data());
        Line line = new Line(house.stack().consoleAddress());
        Seat crew = Seat.strangerOver(line, browser, house)) {
      gateway.publish("sites/fubao/flood-point/F-11/readings", "{\"depth\":16}");
      String job = sendCrew(desk, "F-11");
      Page page = crew.page();
      page.setViewportSize(390, 844);
      page.navigate(link(desk));
      assertThat(heading(page, "新洲南路下穿")).isVisible();
      kept(page);
      Object loaded =
          page.evaluate(
              """
              async () => {
                const [name] = await caches.keys();
                const kept = await (await caches.open(name)).keys();
                const paths = new Set(kept.map((request) => new URL(request.url).pathname));
                return performance.getEntriesByType("resource").map((one) => new URL(one.name).pathname)
                  .filter((path) => /^[/](assets|webjars)[/]/.test(path) && !paths.has(path))
                  .concat([...paths].filter((path) => path.startsWith("/api")));
              }
              """);
      assertThat(loaded).as("loaded and not kept, or kept and never to be").asList().isEmpty();

      line.goDead();
      page.reload();

      assertThat(heading(page, "新洲南路下穿")).isVisible();
      Locator bar = page.getByRole(AriaRole.STATUS);
      assertThat(bar).containsText(Pattern.compile("无网络，截至 \\d\\d:\\d\\d"));
      press(page, "接单");
      assertThat(page.locator(".pips .is-queued")).hasCount(1);
      assertThat(bar).containsText("1 条待发");
      page.reload();
      assertThat(page.locator(".pips .is-queued")).hasCount(1);
      press(page, "English");
      assertThat(bar).containsText(Pattern.compile("No network, as of \\d\\d:\\d\\d"));
      assertThat(state(desk, job)).isEqualTo("dispatched");
      press(page, "中文");
      press(page, "留言");
      page.locator("textarea[name=note]").fill("水已没过路缘");
      page.reload();
      press(page, "留言");
      assertThat(page.locator("textarea[name=note]")).hasValue("水已没过路缘");
      press(page, "返回");

      line.comeBack();

      soon(() -> assertThat(state(desk, job)).isEqualTo("accepted"));
      assertThat(bar).hasCount(0);
      assertThat(page.locator(".pips .is-queued")).hasCount(0);

      press(page, "退出");
      page.getByRole(AriaRole.ALERT)
          .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("退出").setExact(true))
          .click();
      assertThat(page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("登录"))).isVisible();
      assertThat(
              page.evaluate(
                  "() => Object.keys(localStorage).filter((key) => /job|desk|outbox|draft/.test(key))"))
          .asList()
          .isEmpty();
      desk.post("/api/v1/jobs/" + job + "/resolve", "done" + job, "{\"action\":\"pumped\"}");
    }
  }

  @Test
  void aJobThatWentToAnotherMeanwhileIsToldByItsPlace(House house, Browser browser)
      throws Exception {
    try (Gateway gateway = new Gateway(house.stack().mqttPort());
        Desk desk = new Desk(house.data());
        Line line = new Line(house.stack().consoleAddress());
        Seat crew = Seat.strangerOver(line, browser, house)) {
      gateway.publish("sites/fubao/flood-point/F-07/readings", "{\"depth\":16}");
      String job = sendCrew(desk, "F-07");
      Page page = crew.page();
      page.setViewportSize(390, 844);
      page.navigate(link(desk));
      assertThat(heading(page, "石厦北二街口")).isVisible();
      line.goDead();
      press(page, "接单");
      assertThat(page.locator(".pips .is-queued")).hasCount(1);
      String alert = job.substring(0, job.lastIndexOf('~'));
      dispatch(
          desk, alert, "{\"crew\":\"water\",\"member\":\"hu-bin\",\"job\":\"%s\"}".formatted(job));
      line.comeBack();

      Locator told = page.getByRole(AriaRole.ALERT);
      assertThat(told).containsText("石厦北二街口 已交给别的班组，不用去了");
      press(page, "English");
      assertThat(told)
          .containsText("Shixia North 2nd St corner was given to another crew; you need not go");
      assertThat(page.locator("body")).not().containsText("F-07");
      press(page, "Dismiss");
      assertThat(told).hasCount(0);
      press(page, "中文");
      desk.post("/api/v1/jobs/" + job + "/resolve", "done" + job, "{\"action\":\"pumped\"}");
    }
  }

  @Test
  void aRefusedStepIsToldInTheReadersLanguageAndNotInTheServersWords(House house, Browser browser)
      throws Exception {
    try (Gateway gateway = new Gateway(house.stack().mqttPort());
        Desk desk = new Desk(house.data());
        Seat crew = Seat.stranger(browser, house)) {
      gateway.publish("sites/fubao/flood-point/F-12/readings", "{\"depth\":16}");
      String job = sendCrew(desk, "F-12");
      Page page = crew.page();
      page.setViewportSize(390, 844);
      page.navigate(link(desk));
      assertThat(heading(page, "新洲南路南引道")).isVisible();
      Locator told = page.getByRole(AriaRole.ALERT);
      for (String[] one :
          new String[][] {
            {"409", "cancelled", "新洲南路南引道 已取消，不用去了"},
            {"404", "unassigned", "新洲南路南引道 答复超时，现在没人去"},
            {"404", "", "新洲南路南引道 已不是你的任务，不用去了"},
            {"409", "already-accepted", "新洲南路南引道 “接单”没有记上：本班组已接单"},
            {"409", "never-heard-of", "新洲南路南引道 “接单”没有记上：请告诉指挥中心"},
          }) {
        page.evaluate(
            """
            ([status, reason]) => {
              const real = window.fetch;
              window.fetch = (url, options) => {
                if (!String(url).endsWith("/accept")) return real(url, options);
                window.fetch = real;
                const problem = { detail: "no such job: fubao:F-12:x~1", reason: reason || undefined };
                return Promise.resolve(new Response(JSON.stringify(problem), { status: Number(status) }));
              };
            }
            """,
            List.of(one[0], one[1]));
        press(page, "接单");
        assertThat(told).containsText(one[2]);
        assertThat(page.locator("body")).not().containsText("fubao:");
        press(page, "知道了");
        assertThat(told).hasCount(0);
      }
      desk.post("/api/v1/jobs/" + job + "/resolve", "done" + job, "{\"action\":\"pumped\"}");
    }
  }
}
