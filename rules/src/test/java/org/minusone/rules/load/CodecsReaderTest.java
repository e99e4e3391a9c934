package org.minusone.rules.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.minusone.model.CodecChoice;
import org.minusone.model.Quantity;
import org.minusone.model.SiteId;
import org.minusone.model.codec.Json;

class CodecsReaderTest {
  private static final SiteId DEMO = new SiteId("demo");

  private SiteFolder site;

  @BeforeEach
  void aGoodSite(@TempDir Path dir) throws IOException {
    site = SiteFolder.good(dir);
  }

  @Test
  void readsChoicesInTheOrderInWhichTheyAreAsked() throws IOException {
    site.write(
        "codecs.yaml",
        "codecs:",
        "  - filter: sites/demo/gateways/gw-7/readings",
        "    codec: senml-json",
        "    quantities: {temp: temperature}",
        "    units: {temperature: °F}",
        "    ignore: [lon, lat]",
        "  - filter: application/+/device/+/event/up",
        "    codec: mapped-json",
        "    options:",
        "      each: /data/*",
        "      strict: true",
        "      none: ~",
        "      values: {state: {path: /s, scale: 0.1, words: {0: normal, \"1\": fire}}}",
        "      list: [1, 2.5, \"3\", [x], 20000000000]",
        "  - {filter: sites/demo/gateways/+/readings, codec: thingsboard}");

    List<CodecChoice> codecs = site.load().draft().codecs();

    assertThat(site.problems()).isEmpty();
    assertThat(codecs)
        .containsExactly(
            new CodecChoice(
                "sites/demo/gateways/gw-7/readings",
                "senml-json",
                Map.of("temp", Quantity.TEMPERATURE),
                Map.of(Quantity.TEMPERATURE, "°F"),
                Set.of("lon", "lat"),
                Map.of()),
            new CodecChoice(
                "application/+/device/+/event/up",
                "mapped-json",
                Map.of(),
                Map.of(),
                Set.of(),
                Map.of(
                    "each",
                    "/data/*",
                    "strict",
                    true,
                    "values",
                    Map.of(
                        "state",
                        Map.of(
                            "path",
                            "/s",
                            "scale",
                            0.1,
                            "words",
                            Map.of("0", "normal", "1", "fire"))),
                    "list",
                    List.of(1, 2.5, "3", List.of("x"), 20_000_000_000L))),
            CodecChoice.of("sites/demo/gateways/+/readings", "thingsboard"));
    for (CodecChoice choice : codecs) {
      assertThat(Json.read(Json.bytes(choice), CodecChoice.class))
          .as("the same behind a topic")
          .isEqualTo(choice);
    }
  }

  @Test
  void saysWhatIsWrongAtItsLineAndWithTheNearestWord() throws IOException {
    site.write(
        "codecs.yaml",
        "codecs:",
        "  - {filter: sites/demo/#, codec: senml-jsn}",
        "  - {filter: sites/demo/gateways/+/readings, codec: thingsboard}",
        "  - {filtre: a/b, codec: thingsboard, quantities: {t: temprature}}",
        "  - {filter: a/b, codec: thingsboard, units: {temperature: °X, state: V, dept: V}}",
        "  - {filter: a/c, codec: thingsboard, options: {x: 1}, ignore: [t], quantities: {t: gas}}",
        "  - filter: a/d",
        "    codec: mapped-json",
        "    options:",
        "      valuse:",
        "        state: 5",
        "  - {filter: sites/demo/smoek/+/readings, codec: thingsboard}",
        "  - {filter: sites/demo/smoke/S-1/data, codec: thingsboard}");

    assertThat(site.problems())
        .containsExactly(
            "codecs.yaml:2:35: unknown codec 'senml-jsn', did you mean 'senml-json'?",
            "codecs.yaml:3:14: never asked: 'sites/demo/#' at line 2 takes all of it;"
                + " put the narrower filter first",
            "codecs.yaml:4:6: unknown key 'filtre', did you mean 'filter'?",
            "codecs.yaml:4:55: unknown quantity 'temprature', did you mean 'temperature'?",
            "codecs.yaml:5:60: unknown unit of temperature '°X', did you mean '°C'?",
            "codecs.yaml:5:71: 'state' is a word and has no unit",
            "codecs.yaml:5:74: unknown quantity 'dept', did you mean 'depth'?",
            "codecs.yaml:6:48: codec thingsboard has no options",
            "codecs.yaml:6:65: 't' stands under 'quantities' as well",
            "codecs.yaml:11:16: codec mapped-json, valuse.state: no such option",
            "codecs.yaml:12:14: never asked: 'sites/demo/#' at line 2 takes all of it;"
                + " put the narrower filter first",
            "codecs.yaml:12:14: warning: unknown family 'smoek', did you mean 'smoke'?",
            "codecs.yaml:13:14: never asked: 'sites/demo/#' at line 2 takes all of it;"
                + " put the narrower filter first",
            "codecs.yaml:13:14: warning: no reading comes there: topics are"
                + " sites/{site}/{family}/{sensor}/readings and"
                + " sites/{site}/gateways/{gateway}/readings");
  }

  @Test
  void givesUpOnOptionsThatContainThemselves() throws IOException {
    site.write(
        "codecs.yaml",
        "codecs:",
        "  - filter: a/b",
        "    codec: mapped-json",
        "    options: &all",
        "      values: {again: *all}");
    assertThat(site.problems()).anyMatch(problem -> problem.contains("nested more than 20 deep"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sites/demo/#",
        "sites/demo/+/+/readings",
        "sites/demo/gateways/gw-1/readings",
        "spBv1.0/Fubao/#",
        "application/+/device/+/event/up",
        "a",
        "/leading/level",
        "site/demo/x",
      })
  void takesFiltersOfItsOwnTopicsAndOfOtherTrees(String filter) {
    assertThat(TopicFilters.problem(filter, DEMO)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', has 1 to 256",
    "#, takes in every tree",
    "+/demo/#, takes in every tree",
    "$SYS/#, no filter begins with",
    "$share/g/a/b, no filter begins with",
    "sites, is not this site's",
    "sites/#, is not this site's",
    "sites/demo, is not this site's",
    "sites/+/smoke/S-1/readings, is not this site's",
    "sites/other/#, is not this site's",
    "sites/demo@r1/#, is not this site's",
    "a/#/b, stands alone on the last level",
    "a/b#, stands alone on the last level",
    "a/b+/c, stands alone on a level",
  })
  void refusesFiltersThatAreMalformedOrReachTooFar(String filter, String why) {
    assertThat(TopicFilters.problem(filter, DEMO).orElse("")).contains(why);
  }

  @ParameterizedTest
  @CsvSource({
    "a/#, a/b/c, true",
    "a/#, a, true",
    "a/+/c, a/b/c, true",
    "a/+/c, a/+/c, true",
    "a/b/c, a/+/c, false",
    "a/+, a/b/c, false",
    "a/+, a/#, false",
    "a/+/#, a/b/#, true",
  })
  void knowsWhichFilterTakesAllOfAnother(String wide, String narrow, boolean all) {
    assertThat(TopicFilters.covers(wide, narrow)).isEqualTo(all);
  }
}
