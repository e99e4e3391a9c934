package org.minusone.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.model.PasswordHash;
import org.minusone.model.codec.Json;

/** What can be said of a site's files without a running system. */
class SiteCommandTest {
  @TempDir Path dir;
  private HarbourFiles files;

  @BeforeEach
  void aGoodSite() throws Exception {
    files = HarbourFiles.in(dir);
  }

  private Said site(Object... words) {
    return Said.by(new SiteCommand(), words);
  }

  @Test
  void formatsAndUnitsThatNoIngestKnowsAreToldWithLineAndNearestWord() throws Exception {
    files.write(
        "codecs.yaml",
        "codecs:",
        "  - filter: sites/harbour/flood-point/F-1/readings",
        "    codec: senml-jsn",
        "  - filter: app/+/up",
        "    codec: mapped-json",
        "    options: {sensor: /id, value: {depth: /d}}",
        "  - filter: app/+/down",
        "    codec: senml-json",
        "    units: {depth: metres}");

    Said said = site("check", dir);

    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out().replace(dir + "/", "").lines())
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("codecs.yaml:3:12:")
                    .contains("'senml-jsn'", "did you mean 'senml-json'?"))
        .anySatisfy(line -> assertThat(line).startsWith("codecs.yaml:6:").contains("mapped-json"))
        .anySatisfy(line -> assertThat(line).startsWith("codecs.yaml:9:20:").contains("'metres'"));
    assertThat(site("apply", dir).out()).contains("nothing was applied", "codecs.yaml:3:12:");
  }

  @Test
  void aTopicToConfirmOnThatItsGatewayMayNotHearIsRefused() throws Exception {
    refusesConfirmTopic("utd/+/up", "sites/{gateway}/down", "utd/+/up names none");
    refusesConfirmTopic("utd/+/up", "other/{source}/down", "it must be utd/…");
    refusesConfirmTopic(
        "sites/harbour/gateways/gw-1/readings", "a/+/b", "without + and #; this is a/+/b");
    for (String topic :
        new String[] {
          "utd/{source}/down",
          "sites/harbour/gateways/gw-2/commands",
          "sites/other/gateways/{gateway}/commands",
          "sites/harbour/gateways/{gateway}",
          "sites/harbour/flood-point/{gateway}/commands",
        }) {
      refusesConfirmTopic(
          "sites/harbour/gateways/gw-1/readings",
          topic,
          "it must be sites/harbour/gateways/{gateway}/…");
    }
    refusesConfirmTopic(
        "sites/harbour/gateways/+/readings", "sites/harbour/gateways/gw-1/commands", "it must be");
    refusesConfirmTopic(
        "sites/harbour/gateways/+/readings",
        "sites/harbour/gateways/{gateway}/readings",
        "ingest would read its own answer");
    for (String[] good :
        new String[][] {
          {"sites/harbour/gateways/gw-1/readings", "sites/harbour/gateways/{gateway}/commands"},
          {"sites/harbour/gateways/gw-1/readings", "sites/harbour/gateways/gw-1/to/{source}"},
          {"sites/harbour/gateways/+/readings", "sites/harbour/gateways/{gateway}/confirm"},
          {"utd/+/up", "utd/{source}/down"},
        }) {
      assertThat(confirming(good[0], good[1]).code()).as(good[1]).isZero();
    }
  }

  private void refusesConfirmTopic(String filter, String topic, String because) throws Exception {
    Said said = confirming(filter, topic);
    assertThat(said.code()).as(topic).isEqualTo(1);
    assertThat(said.out().replace(dir + "/", ""))
        .contains("codecs.yaml:4:")
        .contains("codec gbt26875, confirm-topic: ")
        .contains(because);
  }

  private Said confirming(String filter, String topic) throws Exception {
    files.write(
        "codecs.yaml",
        "codecs:",
        "  - filter: " + filter,
        "    codec: gbt26875",
        "    options: {confirm-topic: \"" + topic + "\"}");
    return site("check", dir);
  }

  @Test
  void aGatewaysPasswordIsShownOnceAndOnlyItsHashGoesIntoTheFiles() throws Exception {
    Said said = site("gateway", "gw-1", "--site", dir);

    assertThat(said.code()).isZero();
    assertThat(said.out()).contains("user name    harbour/gw-1", "  - id: gw-1", "gateways:");
    String password = after(said, "password     ");
    String hash = after(said, "    password: ");
    assertThat(PasswordHash.parse(hash).orElseThrow().matches(password)).isTrue();
    assertThat(said.out().indexOf(password)).isEqualTo(said.out().lastIndexOf(password));

    files.write(
        "gateways.yaml", said.out().substring(said.out().indexOf("gateways:")).split("\n\n")[0]);
    assertThat(site("check", dir).out()).contains("1 gateways").doesNotContain("gateways.yaml:");

    Said again = site("gateway", "gw-1", "--site", dir, "--json");
    assertThat(again.json().get("known").asBoolean()).isTrue();
    assertThat(again.json().get("password").asText()).isNotEqualTo(password);
    assertThat(again.json().get("username").asText()).isEqualTo("harbour/gw-1");
    assertThat(site("gateway", "gw/1", "--site", dir).code()).isEqualTo(2);
  }

  private static String after(Said said, String label) {
    return said.out()
        .lines()
        .filter(line -> line.startsWith(label))
        .map(line -> line.substring(label.length()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatIsThereIsCounted() throws Exception {
    files.write("gateways.yaml", "gateways: [{id: gw-1}]");
    files.write("codecs.yaml", "codecs: [{filter: app/+/up, codec: senml-cbor}]");

    assertThat(site("check", dir).out())
        .contains("harbour: 2 sensors {flood-point=2}, 1 rules, 0 crews, 1 gateways, 1 codecs");
    assertThat(Json.text(site("check", dir, "--json").json().get("gateways"))).isEqualTo("1");
    assertThat(site().code()).isEqualTo(2);
  }

  @Test
  void theExamplesOfTheHandbookAreASiteWithoutProblems() throws Exception {
    String page = Files.readString(Path.of("../sites/README.md"));
    HarbourFiles written = new HarbourFiles(dir.resolve("handbook"));
    Matcher block = Pattern.compile("(?s)```yaml\n# (\\S+\\.yaml)\n(.*?)```").matcher(page);
    int count = 0;
    while (block.find()) {
      written.write(block.group(1), block.group(2));
      count++;
    }
    written.write("rules/none.yaml", "groups: []");

    assertThat(count).isEqualTo(5);
    Said said = site("check", written.dir());
    assertThat(said.out()).contains("harbour: 2 sensors {flood-point=2}, 0 rules, 0 crews");
    assertThat(said.out()).contains("2 gateways, 2 codecs");
    assertThat(said.out().lines()).as("not even a warning").hasSize(1);
    assertThat(said.code()).isZero();
  }
}
