package org.minusone.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.app.e2e.Desk;
import org.minusone.app.e2e.Gateway;
import org.minusone.app.e2e.RunningStack;
import org.minusone.app.e2e.RunningStack.House;
import org.minusone.app.e2e.Told;
import org.minusone.app.stack.EmbeddedStack;
import org.minusone.app.stack.Progress;
import org.minusone.app.stack.StackOptions;

/** A receiver refuses, is mended, and an operator has it told again. */
@Tag("slow")
@ExtendWith(Chromium.class)
class SendAgainTest {
  @TempDir Path data;

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void whatWasRefusedIsSentAgainFromThePageOfItsAlert(Browser browser) throws Exception {
    StackOptions free = new StackOptions(data, 0, freePort());
    String broker = "tcp://127.0.0.1:" + free.broker().port();
    try (Told told = new Told();
        House house =
            new House(
                EmbeddedStack.start(
                    new StackOptions(data, free.console(), free.broker(), told.telling(broker)),
                    RunningStack.fubao(),
                    Progress.SILENT),
                data);
        Gateway gateway = new Gateway(house.stack().mqttPort());
        Desk desk = new Desk(data);
        Seat operator = Seat.of("operator", browser, house)) {
      told.answers = 402;
      gateway.publish("sites/fubao/hazmat-storage/H-15/readings", "{\"temperature\":33}");
      await()
          .atMost(Soon.PATIENCE)
          .until(() -> desk.get("/api/v1/deliveries?site=fubao").at("/items/0/error").isTextual());
      operator.open("/pipeline");
      Locator failed = operator.page().locator("table.undelivered");
      assertThat(failed).containsText("HTTP 402");

      told.answers = 204;
      int before = told.bodies.size();
      String alert = operator.alertOf("H-15");
      operator.open("/alerts/" + alert);
      Locator line =
          operator
              .page()
              .getByRole(AriaRole.LISTITEM)
              .filter(new Locator.FilterOptions().setHasText("HTTP 402"))
              .first();
      line.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("重发")).click();
      Locator centre =
          operator
              .page()
              .getByRole(AriaRole.LISTITEM)
              .filter(new Locator.FilterOptions().setHasText("centre: 对方服务已收"));
      assertThat(centre.first()).isVisible();
      assertThat(operator.page().getByText("operator 要求向 centre 重发通知").first()).isVisible();
      assertThat(told.bodies).hasSizeGreaterThan(before);

      for (JsonNode one : desk.get("/api/v1/alerts/" + alert).path("deliveries")) {
        if (one.path("state").asText().equals("accepted")) {
          String id = URLEncoder.encode(one.path("id").asText(), StandardCharsets.UTF_8);
          assertThat(desk.post("/api/v1/deliveries/" + id + "/resend", "late", "{}").body())
              .contains("\"delivered\"");
        }
      }
      assertThat(operator.complaints()).isEmpty();
    }
  }
}
