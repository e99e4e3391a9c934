package org.minusone.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.app.stack.EmbeddedStack;
import org.minusone.app.stack.Progress;
import org.minusone.app.stack.StackOptions;

/** The whole stack, told to tell: a webhook, and terminals on its own broker. */
@Tag("slow")
class TellingTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path data;

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void a_webhook_and_the_terminals_on_site_are_told() throws Exception {
    StackOptions options = new StackOptions(data, 0, freePort());
    String broker = "tcp://127.0.0.1:" + options.broker().port();
    try (Told told = new Told();
        EmbeddedStack stack =
            EmbeddedStack.start(
                new StackOptions(data, options.console(), options.broker(), told.telling(broker)),
                RunningStack.fubao(),
                Progress.SILENT);
        Gateway gateway = new Gateway(stack.mqttPort())) {
      Queue<String> shown = new ConcurrentLinkedQueue<>();
      gateway.publish("sites/fubao/smoke/S-0450/readings", "{\"obscuration\":0.2}");
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(told.bodies)
                      .anySatisfy(
                          body -> {
                            assertThat(body.at("/minusone/event/alert/sensor").asText())
                                .isEqualTo("S-0450");
                            assertThat(body.at("/minusone/event/kind").asText())
                                .isEqualTo("raised");
                          })
                      .anySatisfy(
                          body -> {
                            assertThat(body.at("/minusone/event/alert/sensor").asText())
                                .isEqualTo("S-0450");
                            assertThat(body.at("/minusone/event/kind").asText())
                                .isEqualTo("dispatched");
                          }));
      // A terminal that comes later is shown what is true: it is retained.
      MqttClient terminal =
          new MqttClient(
              "tcp://127.0.0.1:" + stack.mqttPort(), "terminal", new MemoryPersistence());
      try {
        terminal.connect();
        IMqttMessageListener take =
            (topic, message) ->
                shown.add(
                    message.isRetained()
                        + " "
                        + new String(message.getPayload(), StandardCharsets.UTF_8));
        terminal.subscribe(
            new MqttSubscription[] {new MqttSubscription("alerts/fubao/smoke/S-0450", 1)},
            new IMqttMessageListener[] {take});
        await()
            .atMost(SOON)
            .untilAsserted(
                () -> assertThat(shown).anyMatch(t -> t.startsWith("true ") && t.contains("派单")));
      } finally {
        terminal.disconnect();
        terminal.close();
      }
    }
  }
}
