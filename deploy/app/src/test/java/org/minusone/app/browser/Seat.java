package org.minusone.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Proxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.minusone.app.e2e.RunningStack.House;
import org.minusone.model.Role;
import org.minusone.model.codec.Json;

/**
 * A place in the command centre: one person at a browser of their own, in Chinese, who has just
 * come in. What the browser complains of is gathered.
 */
final class Seat implements AutoCloseable {
  static final int WIDTH = 1440;
  static final int HEIGHT = 900;

  private final BrowserContext context;
  private final Page page;
  private final String name;
  private final String address;
  private final List<String> complaints = new ArrayList<>();

  private Seat(String name, Browser browser, String address, Proxy line) {
    this.name = name;
    this.address = address;
    context =
        browser.newContext(
            new NewContextOptions()
                .setBaseURL(address)
                .setLocale("zh-CN")
                .setTimezoneId("Asia/Shanghai")
                .setViewportSize(WIDTH, HEIGHT)
                .setProxy(line));
    context.setDefaultTimeout(Soon.PATIENCE.toMillis());
    page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.type() + ": " + message.text());
          }
        });
    page.onPageError(error -> complaints.add("uncaught: " + error));
    page.onResponse(
        response -> {
          if (response.status() >= 400) {
            complaints.add(response.status() + " " + response.url());
          }
        });
  }

  /** Somebody who has not signed in. */
  static Seat stranger(Browser browser, House house) {
    return new Seat("stranger", browser, house.stack().consoleAddress(), null);
  }

  /** The same over a line that can break. */
  static Seat strangerOver(Line line, Browser browser, House house) {
    return new Seat("stranger", browser, house.stack().consoleAddress(), line.proxy());
  }

  /** Somebody who came in by a link of their own and sees the live list. */
  static Seat of(String name, Browser browser, House house) {
    return signedIn(name, Role.OPERATOR, browser, house, null);
  }

  /** The same with another role. */
  static Seat of(String name, Role role, Browser browser, House house) {
    return signedIn(name, role, browser, house, null);
  }

  /** The same over a line that can break. */
  static Seat over(Line line, String name, Browser browser, House house) {
    return signedIn(name, Role.OPERATOR, browser, house, line.proxy());
  }

  private static Seat signedIn(String name, Role role, Browser browser, House house, Proxy line) {
    Seat seat = new Seat(name, browser, house.stack().consoleAddress(), line);
    seat.page.navigate(house.stack().signInLink(name, role));
    assertThat(seat.alerts()).isVisible();
    return seat;
  }

  Page page() {
    return page;
  }

  BrowserContext context() {
    return context;
  }

  /** Goes to an address within the console, as a bookmark does. */
  void open(String path) {
    page.navigate(address + path);
  }

  /** The list of alerts on the live page, in either language. */
  Locator alerts() {
    return page.getByRole(AriaRole.LIST, new GetByRoleOptions().setName("告警").setExact(true))
        .or(page.getByRole(AriaRole.LIST, new GetByRoleOptions().setName("Alerts").setExact(true)));
  }

  /** The alert of a sensor on the live page. */
  Locator row(String sensor) {
    return alerts()
        .getByRole(AriaRole.LISTITEM)
        .filter(new Locator.FilterOptions().setHasText(sensor))
        .filter(new Locator.FilterOptions().setHas(page.locator("a[href*='/alerts/']")));
  }

  /** The heading under which a row stands. */
  static String section(Locator row) {
    return (String)
        row.evaluate(
            "li => { for (let e = li; e; e = e.previousElementSibling)"
                + " { const h = e.querySelector('h2'); if (h) return h.textContent.trim(); }"
                + " return ''; }");
  }

  /** Walks to the alert of a sensor with J and K alone. */
  void walkTo(String sensor) {
    Locator row = row(sensor);
    for (String key : List.of("J", "K")) {
      for (int step = 0; step < 60; step++) {
        if ("true".equals(row.getAttribute("aria-current"))) {
          return;
        }
        page.keyboard().press(key);
        page.evaluate("() => new Promise(requestAnimationFrame)");
      }
    }
    throw new AssertionError("J and K never come to " + sensor);
  }

  /** What the API says, as the pages ask it: with the session's cookie. */
  JsonNode get(String path) {
    APIResponse response = context.request().get(address + "/api/v1/" + path);
    assertThat(response.status()).as(path).isEqualTo(200);
    try {
      return Json.MAPPER.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The id of a sensor's open alert; empty if it has none. */
  String alertOf(String sensor) {
    for (JsonNode alert : get("alerts?site=fubao&state=open&limit=500").path("items")) {
      if (alert.path("sensor").asText().equals(sensor)) {
        return alert.path("id").asText();
      }
    }
    return "";
  }

  /** How many alerts wait for somebody. */
  long unacknowledged() {
    long count = 0;
    for (JsonNode alert : get("alerts?site=fubao&state=open&limit=500").path("items")) {
      if (alert.path("acknowledged_at").isNull()
          && !alert.path("state").asText().equals("cleared")) {
        count++;
      }
    }
    return count;
  }

  /** Errors and warnings of the browser's console, uncaught errors, refused requests. */
  List<String> complaints() {
    return complaints;
  }

  /** Leaves a picture of what was seen last in {@code target/browser}, for whoever asks why. */
  @Override
  public void close() {
    String story =
        StackWalker.getInstance()
            .walk(
                frames ->
                    frames
                        .map(StackWalker.StackFrame::getMethodName)
                        .filter(method -> !method.equals("close"))
                        .findFirst()
                        .orElse("story"));
    page.screenshot(
        new ScreenshotOptions().setPath(Path.of("target", "browser", story + "-" + name + ".png")));
    context.close();
  }
}
