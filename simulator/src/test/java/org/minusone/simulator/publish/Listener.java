package org.minusone.simulator.publish;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** Hears all that is published. */
public final class Listener implements AutoCloseable {
  /** One message. */
  public record Heard(String topic, String payload) {}

  private final LinkedBlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
  private final MqttAsyncClient client;

  public Listener(int port) throws MqttException {
    client = new MqttAsyncClient("tcp://127.0.0.1:" + port, "listener", new MemoryPersistence());
    client.setCallback(
        new MqttCallback() {
          @Override
          public void messageArrived(String topic, MqttMessage message) {
            heard.add(new Heard(topic, new String(message.getPayload(), StandardCharsets.UTF_8)));
          }

          @Override
          public void disconnected(MqttDisconnectResponse response) {}

          @Override
          public void mqttErrorOccurred(MqttException exception) {}

          @Override
          public void deliveryComplete(IMqttToken token) {}

          @Override
          public void connectComplete(boolean reconnect, String uri) {}

          @Override
          public void authPacketArrived(int reasonCode, MqttProperties properties) {}
        });
    client.connect().waitForCompletion(10_000);
    client.subscribe("sites/#", 1).waitForCompletion(10_000);
  }

  /** So far, in order of arrival. */
  public List<Heard> heard() {
    return new CopyOnWriteArrayList<>(heard);
  }

  /** Forgets what it heard. */
  public void clear() {
    heard.clear();
  }

  @Override
  public void close() throws MqttException {
    client.disconnectForcibly(0, 500, false);
    client.close(true);
  }
}
