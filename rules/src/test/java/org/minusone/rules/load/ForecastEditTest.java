package org.minusone.rules.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.minusone.model.Rule;

/** Only the keys of one rule's forecast change; all else stays to the letter. */
final class ForecastEditTest {
  private static final Rule.Stretch STRETCH = new Rule.Stretch(.9, 1.25);

  private static String file(String... forecast) {
    return """
        # 积水 🌧 and why
        groups:
          - name: flood-point
            rules:
              - rule: other   # not this one
                family: flood-point
                quantity: depth
                above: {alarm: 27}
                forecast: {to: alarm, horizon: 5m}

              - rule: street
                family: flood-point
                quantity: depth # cm
                above: {alarm: 15}
        %s
                guidance: {zh: [立刻去], en: [Go]}   # last
        """
        .formatted(String.join("\n", forecast));
  }

  private static String edit(String text) {
    return ForecastEdit.edit(text, "street", .6, STRETCH, "9 crossings").orElseThrow();
  }

  @Test
  void intoBraces() {
    assertThat(edit(file("        forecast: {to: alarm, horizon: 15m} # ahead")))
        .isEqualTo(
            file(
                "        forecast: {to: alarm, horizon: 15m, probability: 0.6, interval: [0.9, 1.25],",
                "          calibrated: \"9 crossings\"} # ahead"));
  }

  @Test
  void intoEmptyBraces() {
    assertThat(edit(file("        forecast: {}")))
        .isEqualTo(
            file(
                "        forecast: {probability: 0.6, interval: [0.9, 1.25],",
                "          calibrated: \"9 crossings\"}"));
  }

  @Test
  void belowTheLastLine() {
    assertThat(
            edit(
                file(
                    "        forecast:",
                    "          to: alarm",
                    "          # a quarter of an hour",
                    "          horizon: 15m   # minutes")))
        .isEqualTo(
            file(
                "        forecast:",
                "          to: alarm",
                "          # a quarter of an hour",
                "          horizon: 15m   # minutes",
                "          probability: 0.6",
                "          interval: [0.9, 1.25]",
                "          calibrated: \"9 crossings\""));
  }

  @Test
  void whatWasCalibratedBeforeIsReplaced() {
    String once = edit(file("        forecast: {to: alarm, horizon: 15m}"));
    String twice =
        ForecastEdit.edit(once, "street", .75, new Rule.Stretch(1, 2), "12 \"new\" ones")
            .orElseThrow();
    assertThat(twice)
        .isEqualTo(
            file(
                "        forecast: {to: alarm, horizon: 15m, probability: 0.75, interval: [1, 2],",
                "          calibrated: \"12 \\\"new\\\" ones\"}"));
  }

  @Test
  void whatHasNoNewValueIsLeftAsItIs() {
    String text = file("        forecast: {probability: 0.5, interval: [1, 3]}");
    assertThat(ForecastEdit.edit(text, "street", null, null, "few").orElseThrow())
        .isEqualTo(
            file(
                "        forecast: {probability: 0.5, interval: [1, 3],",
                "          calibrated: \"few\"}"));
  }

  @Test
  void aFileThatEndsInTheForecast() {
    String text =
        "groups:\n- name: g\n  rules:\n  - rule: street\n    family: flood-point\n"
            + "    quantity: depth\n    above: {alarm: 15}\n    forecast:\n      horizon: 15m";
    assertThat(edit(text))
        .isEqualTo(
            text
                + "\n      probability: 0.6\n      interval: [0.9, 1.25]\n"
                + "      calibrated: \"9 crossings\"\n");
  }

  @Test
  void aSharedForecastIsNotTouched() {
    String text =
        file("        forecast: *ahead")
            .replace("forecast: {to: alarm, horizon: 5m}", "forecast: &ahead {horizon: 5m}");
    assertThat(ForecastEdit.edit(text, "street", .6, STRETCH, "x")).isEmpty();
  }

  @Test
  void aRuleThatIsNotThereOrForeseesNothing() {
    assertThat(ForecastEdit.edit(file("        deadband: 1"), "street", .6, STRETCH, "x"))
        .isEmpty();
    assertThat(ForecastEdit.edit(file("        deadband: 1"), "lane", .6, STRETCH, "x")).isEmpty();
  }
}
