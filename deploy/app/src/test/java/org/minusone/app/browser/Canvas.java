package org.minusone.app.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.minusone.app.browser.Soon.soon;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Locator.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;

/** A chart as its pixels say: a drawn line crosses many columns, in a colour of its own. */
record Canvas(Locator canvas) {
  /** The chart of a quantity, somewhere within a part of the page. */
  static Canvas of(Locator part, String quantity) {
    Pattern label = Pattern.compile("^" + quantity + " ?的曲线$");
    return new Canvas(
        part.getByRole(AriaRole.IMG, new GetByRoleOptions().setName(label)).locator("canvas"));
  }

  void assertDrawn() {
    soon(
        () -> {
          List<?> seen = (List<?>) canvas.evaluate(LOOK);
          assertThat((int) seen.get(0)).as("share of columns with ink, %%").isGreaterThan(50);
          assertThat((int) seen.get(1)).as("colours").isGreaterThanOrEqualTo(3);
        });
  }

  private static final String LOOK =
      """
      canvas => {
        const { width, height } = canvas;
        const data = canvas.getContext("2d").getImageData(0, 0, width, height).data;
        const columns = new Set();
        const colours = new Map();
        for (let i = 0; i < data.length; i += 4) {
          if (data[i + 3] < 200) continue;
          columns.add((i / 4) % width);
          const colour = data[i] << 16 | data[i + 1] << 8 | data[i + 2];
          colours.set(colour, (colours.get(colour) ?? 0) + 1);
        }
        const own = [...colours.values()].filter((n) => n > 20).length;
        return [Math.round(100 * columns.size / width), own];
      }
      """;
}
