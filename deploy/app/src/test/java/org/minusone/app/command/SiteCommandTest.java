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
