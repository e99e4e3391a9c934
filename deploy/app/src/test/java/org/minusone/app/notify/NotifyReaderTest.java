package org.minusone.app.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.alerting.notify.NotifyConfig;
import org.minusone.app.config.ConfigProblem;
import org.minusone.model.AlertEventKind;
import org.minusone.model.Level;

class NotifyReaderTest {
  @TempDir Path dir;

  private NotifyConfig read(String... lines) throws Exception {
    Path file = dir.resolve("notify.yaml");
    Files.write(file, List.of(lines));
    return NotifyReader.read(file, null, InstantSource.system());
  }

  @Test
  void the_example_is_read() throws Exception {
    Path example = Path.of(System.getProperty("minusone.home"), "deploy", "notify.example.yaml");
    NotifyConfig config = NotifyReader.read(example, "http://c", InstantSource.system());
    assertThat(config.names()).hasSize(9).contains("centre", "screens", "city");
    assertThat(config.routes()).hasSize(6);
    assertThat(config.routes().get(1).atLeast()).isEqualTo(Level.ALARM);
    assertThat(config.routes().get(2).events())
        .containsExactlyInAnyOrder(
            AlertEventKind.DISPATCHED, AlertEventKind.REASSIGNED, AlertEventKind.CANCELLED);
    assertThat(config.giveUpAfter()).isEqualTo(Duration.ofHours(1));
    assertThat(config.deadManEvery()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void a_secret_may_stand_in_a_file() throws Exception {
    Files.writeString(dir.resolve("hook.url"), "http://127.0.0.1:1/x\n");
    assertThat(
            read("receivers:", "  - {name: a, webhook: {url_file: hook.url}}", "routes: [{to: a}]")
                .names())
        .containsExactly("a");
  }

  @Test
  void what_is_wrong_is_told_with_its_place_and_the_nearest_word() {
    wrong(
        "2:15: unknown key 'webhok', did you mean 'webhook'?",
        "receivers:",
        "  - {name: a, webhok: {url: http://127.0.0.1/}}",
        "routes: [{to: a}]");
    wrong(
        "3:16: unknown receiver 'b'; known: a",
        "receivers:",
        "  - {name: a, webhook: {url: http://127.0.0.1/}}",
        "routes: [{to: [b]}]");
    wrong(
        "missing key 'url' (or 'url_file')",
        "receivers:",
        "  - {name: a, webhook: {secret: x}}",
        "routes: [{to: a}]");
    wrong(
        "cannot read nowhere: is it there, and may this user read it?",
        "receivers:",
        "  - {name: a, webhook: {url: http://127.0.0.1/, secret_file: nowhere}}",
        "routes: [{to: a}]");
    wrong(
        "unknown event 'rased', did you mean 'eased'?",
        "receivers:",
        "  - {name: a, webhook: {url: http://127.0.0.1/}}",
        "routes: [{to: a, events: [rased]}]");
    wrong(
        "make 'webhook' and 'mail' two",
        "receivers:",
        "  - {name: a, webhook: {url: http://127.0.0.1/}, mail: {host: h}}",
        "routes: [{to: a}]");
    wrong(
        "'user' and 'password' (or 'password_file') go together",
        "receivers:",
        "  - {name: a, mail: {host: h, from: a@b, to: c@d, user: u}}",
        "routes: [{to: a}]");
  }

  private void wrong(String expected, String... lines) {
    assertThatThrownBy(() -> read(lines))
        .isInstanceOf(ConfigProblem.class)
        .hasMessageContaining("notify.yaml:")
        .hasMessageContaining(expected);
  }
}
