package org.minusone.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.minusone.app.e2e.RunningStack;
import org.minusone.app.e2e.RunningStack.House;
import org.minusone.model.Role;

/** A person comes in by a link, and nobody comes in by it again. */
@ExtendWith({Chromium.class, RunningStack.class})
class SignInTest {
  @Test
  void aLinkLetsOnePersonInAndLeavesTheAddressBar(House house, Browser browser) {
    String link = house.stack().signInLink("first", Role.OPERATOR);
    assertThat(link).contains("#token=");

    try (Seat first = Seat.stranger(browser, house);
        Seat second = Seat.stranger(browser, house)) {
      first.page().navigate(link);
      assertThat(first.alerts()).isVisible();
      assertThat(first.page().url()).doesNotContain("token").isEqualTo(withoutToken(link));
      assertThat(first.page().getByText("first")).isVisible();
      assertThat(first.complaints()).isEmpty();

      second.page().navigate(link);
      Locator form = signIn(second.page());
      assertThat(form).containsText("这条链接已用过或已过期");
      assertThat(second.page().url()).doesNotContain("token");
      assertThat(second.alerts()).hasCount(0);

      link(form).fill("what somebody else pasted");
      form.getByRole(AriaRole.BUTTON).click();
      assertThat(form).containsText("链接里没有 #token=");

      link(form).fill("");
      form.getByRole(AriaRole.BUTTON).click();
      assertThat(form).containsText("请填写姓名和密码");
      form.getByLabel("姓名或账号").fill("nobody");
      form.getByLabel("密码").fill("no password of ours");
      form.getByRole(AriaRole.BUTTON).click();
      assertThat(form).containsText("姓名或密码不对");

      link(form).fill(house.stack().signInLink("second", Role.OPERATOR));
      form.getByRole(AriaRole.BUTTON).click();
      assertThat(second.alerts()).isVisible();
      assertThat(form).hasCount(0);

      first.page().reload();
      assertThat(first.alerts()).isVisible();
    }
  }

  @Test
  void whoHasNoLinkSeesNothingButTheFormAndWhatToDo(House house, Browser browser) {
    try (Seat stranger = Seat.stranger(browser, house)) {
      stranger.open("/sensors/H-22");

      assertThat(signIn(stranger.page())).containsText("./minusone token --link");
      assertThat(stranger.page().getByText("桂花路 12 号仓 4 库")).hasCount(0);
    }
  }

  private static Locator signIn(Page page) {
    return page.getByRole(AriaRole.DIALOG, new GetByRoleOptions().setName("登录负一秒"));
  }

  private static Locator link(Locator form) {
    return form.getByLabel("登录链接");
  }

  private static String withoutToken(String link) {
    return link.substring(0, link.indexOf('#'));
  }
}
