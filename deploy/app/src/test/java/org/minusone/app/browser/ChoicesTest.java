package org.minusone.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.minusone.app.e2e.RunningStack;
import org.minusone.app.e2e.RunningStack.House;

/** What a person chooses stays chosen in this browser. */
@Tag("slow")
@ExtendWith({Chromium.class, RunningStack.class})
class ChoicesTest {
  @Test
  void languageAndThemeSwitchAndOutliveAReload(House house, Browser browser) {
    try (Seat operator = Seat.of("operator", browser, house)) {
      Page page = operator.page();
      Locator html = page.locator("html");
      assertThat(html).hasAttribute("lang", "zh-CN");

      button(page, "English").click();
      assertThat(html).hasAttribute("lang", "en");
      assertThat(link(page, "Sensors")).isVisible();
      page.reload();
      assertThat(html).hasAttribute("lang", "en");
      assertThat(link(page, "Sensors")).isVisible();
      assertThat(page.getByText("传感器")).hasCount(0);
      assertThat(page).hasTitle(Pattern.compile("MinusOne$"));

      String dark = switchTheme(page, "Dark", "dark");
      String light = switchTheme(page, "Light", "light");
      assertThat(light).isNotEqualTo(dark);
      switchTheme(page, "Dark", "dark");

      button(page, "中文").click();
      assertThat(html).hasAttribute("lang", "zh-CN");
      page.reload();
      assertThat(html).hasAttribute("lang", "zh-CN");
      assertThat(link(page, "传感器")).isVisible();
      assertThat(page).hasTitle(Pattern.compile("负一秒$"));
      assertThat(html).hasAttribute("data-theme", "dark");
      assertThat(operator.complaints()).isEmpty();
    }
  }

  /** Presses the theme button until it says {@code word}; returns the ground's colour. */
  private static String switchTheme(Page page, String word, String theme) {
    Locator button = button(page, "Theme");
    for (int press = 0; press < 3 && !button.textContent().strip().equals(word); press++) {
      String before = button.textContent();
      button.click();
      assertThat(button).not().hasText(before);
    }
    assertThat(button).hasText(word);
    assertThat(page.locator("html")).hasAttribute("data-theme", theme);
    page.reload();
    assertThat(page.locator("html")).hasAttribute("data-theme", theme);
    assertThat(button(page, "Theme")).hasText(word);
    return (String) page.evaluate("() => getComputedStyle(document.body).backgroundColor");
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name));
  }

  private static Locator link(Page page, String name) {
    return page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName(name).setExact(true));
  }
}
