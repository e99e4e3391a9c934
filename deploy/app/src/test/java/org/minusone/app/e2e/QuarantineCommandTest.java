package org.minusone.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.app.command.QuarantineCommand;
import org.minusone.app.e2e.RunningStack.House;
import org.minusone.model.codec.Json;
import picocli.CommandLine;

/** What was rejected, from the command line, against a running instance. */
@ExtendWith(RunningStack.class)
class QuarantineCommandTest {
  private static final String TOPIC = "sites/fubao/hazmat-storage/H-19/readings";

  private record Said(int code, String out) {
    JsonNode json() {
      return Json.read(out.getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }
  }

  private static Said run(House house, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--data");
    all.add(house.data().toString());
    return run(all);
  }

  private static Said run(List<String> all) {
    StringWriter out = new StringWriter();
    CommandLine line = new CommandLine(new QuarantineCommand());
    line.setOut(new PrintWriter(out));
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          out.append(failure.getMessage());
          return 1;
        });
    return new Said(line.execute(all.toArray(String[]::new)), out.toString());
  }

  @Test
  void poisonIsListedShownAndRefusedAgainWhileNothingWasMended(House house, @TempDir Path folder)
      throws Exception {
    try (Gateway gateway = new Gateway(house.stack().mqttPort())) {
      gateway.publish(TOPIC, "{\"temperature\": hot}");
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                !run(house, "list", "--topic", TOPIC, "--json")
                    .json()
                    .at("/items/0")
                    .isMissingNode());
    String id = run(house, "list", "--topic", TOPIC, "--json").json().at("/items/0/id").asText();

    Said list = run(house, "list", "--topic", TOPIC, "--since", "1h");
    assertThat(list.code()).isZero();
    assertThat(list.out()).contains("open", "bad-payload", id, TOPIC);
    Path config = folder.resolve("minusone.yaml");
    String secret =
        Json.read(Files.readAllBytes(house.data().resolve("secrets.json")), JsonNode.class)
            .get("console")
            .asText();
    Files.writeString(
        config,
        "console: {address: \"%s\", secret: \"%s\"}\n"
            .formatted(house.stack().consoleAddress(), secret));
    Said byConfig = run(List.of("list", "--topic", TOPIC, "--config", config.toString()));
    assertThat(byConfig.out()).as("a console elsewhere, by its secret").contains(id);
    Files.writeString(config, "console: {port: 1}\n");
    assertThat(run(List.of("list", "--config", config.toString())).out())
        .contains("console.secret");
    assertThat(run(house, "list", "--reason", "bad-paylod").out())
        .contains("did you mean 'bad-payload'?");
    assertThat(run(house, "list", "--site", "fubaow").out())
        .contains("no site fubaow", "did you mean 'fubao'?");
    assertThat(run(house, "show", "first").out()).contains("'first' is no id");

    Path message = folder.resolve("message.bin");
    Said shown = run(house, "show", id, "--output", message.toString());
    assertThat(shown.out()).contains("{\"temperature\": hot}", "state    open", "minusone decode");
    assertThat(Files.readString(message)).isEqualTo("{\"temperature\": hot}");
    assertThat(run(house, "show", "0-999999").out()).contains("no entry 0-999999");

    assertThat(run(house, "retry").out()).contains("name either ids or what is meant");
    assertThat(run(house, "retry", "--topic", TOPIC).out()).contains("--yes");
    Said retried = run(house, "retry", "--topic", TOPIC, "--yes", "--json");
    assertThat(retried.code()).as("refused again").isEqualTo(1);
    assertThat(retried.json().get("done").asInt()).isEqualTo(1);
    assertThat(retried.json().get("rejected").asInt()).isEqualTo(1);
    assertThat(run(house, "show", id).out()).contains("0 readings, 1 refused again");
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(
                        run(house, "list", "--topic", TOPIC, "--json")
                            .json()
                            .at("/items/0/retry_of")
                            .asText())
                    .isEqualTo(id));
    assertThat(run(house, "retry", id).out()).contains("none of these");
  }

  @Test
  void whatIsPublishedOnAMistypedTopicIsFoundAndAnAnswerIsNot(House house) throws Exception {
    String mistyped = "sites/fubao/flood-point/F-02/telemetry";
    String elsewhere = "v1/devices/me/telemetry";
    String confirm = "sites/fubao/gateways/gw-7/confirm";
    try (Gateway gateway = new Gateway(house.stack().mqttPort())) {
      gateway.publish(confirm, "ok");
      gateway.publish(mistyped, "{\"depth\": 3}");
      gateway.publish(elsewhere, "{\"depth\": 4}");
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(run(house, "list", "--topic", elsewhere).out()).contains("bad-topic"));
    assertThat(run(house, "list", "--topic", mistyped).out()).contains("bad-topic");
    assertThat(run(house, "list", "--topic", mistyped, "--json").json().at("/items/0/detail"))
        .hasToString("\"readings end in /readings, not in /telemetry\"");
    assertThat(run(house, "list", "--topic", confirm, "--json").json().path("items"))
        .as("what gateways are told is no reading")
        .isEmpty();
  }
}
