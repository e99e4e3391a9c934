package org.minusone.alerting.notify.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.minusone.alerting.notify.Message;
import org.minusone.alerting.notify.Notifier;
import org.minusone.alerting.notify.Outcome;
import org.minusone.alerting.notify.Texts;
import org.minusone.model.Alert;
import org.minusone.model.codec.Json;

/**
 * To terminals on site over MQTT 5: QoS 1, retained, so that a display that comes back shows what
 * is true. When an alert is over, what is retained says so; accepted is what the broker
 * acknowledged. Topic template: {@code {site}} {@code {family}} {@code {sensor}} {@code
 * {community}} {@code {building}} (ids; {@code none} where there is none).
 */
public final class MqttDownlink implements Notifier {
  private static final int PATIENCE_S = 5;
  private static final long PATIENCE_MS = 10_000;
  private static final int NOT_AUTHORIZED = 135;

  private final Broker broker;
  private final String topic;
  private final Texts.Language language;
  private MqttClient client;

  /**
   * @param url {@code tcp://} or {@code ssl://}
   * @param user null = none
   */
  public record Broker(String url, String clientId, String user, String password) {
    /** Without what opens doors. */
    @Override
    public String toString() {
      return "Broker[" + url + "]";
    }
  }

  public MqttDownlink(Broker broker, String topic, Texts.Language language) {
    this.broker = broker;
    this.topic = topic;
    this.language = language;
  }

  @Override
  public boolean summarises() {
    return false;
  }

  @Override
  public Outcome send(Message m) {
    try {
      MqttMessage message = new MqttMessage(payload(m).getBytes(StandardCharsets.UTF_8));
      message.setQos(1);
      message.setRetained(true);
      MqttClient open = connected();
      open.publish(topicOf(m.event().alert()), message);
      return Outcome.ACCEPTED;
    } catch (MqttException e) {
      disconnect();
      String why = broker.url() + ": " + e.getReasonCode() + " " + e.getMessage();
      return e.getReasonCode() == NOT_AUTHORIZED ? Outcome.never(why) : Outcome.later(why);
    }
  }

  private String payload(Message m) {
    Alert a = m.event().alert();
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.put("delivery", m.delivery());
    body.put("alert", a.id());
    body.put("kind", m.event().kind().id());
    body.put("state", a.state().id());
    body.put("severity", a.severity() == null ? null : a.severity().number());
    body.put("title", Texts.title(m, language));
    body.set("lines", Json.MAPPER.valueToTree(Texts.lines(m, language)));
    body.put("time", m.event().time().toString());
    return Json.text(body);
  }

  private String topicOf(Alert a) {
    return topic
        .replace("{site}", a.site().value())
        .replace("{family}", a.family() == null ? "none" : a.family().id())
        .replace("{sensor}", a.sensor().value())
        .replace("{community}", or(a.place() == null ? null : a.place().communityId()))
        .replace("{building}", or(a.place() == null ? null : a.place().buildingId()));
  }

  private static String or(String id) {
    return id == null ? "none" : id;
  }

  private MqttClient connected() throws MqttException {
    if (client != null && client.isConnected()) {
      return client;
    }
    disconnect();
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setConnectionTimeout(PATIENCE_S);
    options.setKeepAliveInterval(30);
    options.setAutomaticReconnect(false);
    if (broker.user() != null) {
      options.setUserName(broker.user());
      options.setPassword(broker.password().getBytes(StandardCharsets.UTF_8));
    }
    client = new MqttClient(broker.url(), broker.clientId(), new MemoryPersistence());
    client.setTimeToWait(PATIENCE_MS);
    IMqttToken unused = client.connectWithResult(options);
    return client;
  }

  private void disconnect() {
    if (client != null) {
      try {
        client.disconnectForcibly(100, 100, false);
        client.close(true);
      } catch (MqttException e) {
        // It was broken; a new one is made for the next message.
      }
      client = null;
    }
  }

  @Override
  public void close() {
    disconnect();
  }
}
