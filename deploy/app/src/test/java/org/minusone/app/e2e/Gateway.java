package org.minusone.app.e2e;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;

/** A gateway as a stranger would write one: MQTT 5, QoS 1, no credentials. */
public final class Gateway implements AutoCloseable {
  private final MqttClient client;

  public Gateway(int port) throws MqttException {
    client =
        new MqttClient(
            "tcp://127.0.0.1:" + port, "test-" + UUID.randomUUID(), new MemoryPersistence());
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(true);
    client.connect(options);
  }

  /** Returns when the broker has acknowledged it. */
  public void publish(String topic, String payload) throws MqttException {
    client.publish(topic, payload.getBytes(StandardCharsets.UTF_8), 1, false);
  }

  @Override
  public void close() throws MqttException {
    client.disconnect();
    client.close();
  }
}
