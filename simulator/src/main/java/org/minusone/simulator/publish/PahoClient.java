package org.minusone.simulator.publish;

import java.nio.charset.StandardCharsets;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, from CONNECT until it is lost; the next one gets a client of its own. The session
 * is clean: what must be sent again is known to the {@link Gateway}, not to Paho.
 */
final class PahoClient implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PahoClient.class);
  private static final int KEEP_ALIVE_S = 30;
  private static final long STOP_MS = 1000;
  private static final int UNLIMITED = 65_535;

  private final PublisherConfig config;
  private final MqttAsyncClient client;

  PahoClient(PublisherConfig config, String clientId) throws MqttException {
    this.config = config;
    this.client = new MqttAsyncClient(config.uri(), clientId, new MemoryPersistence());
  }

  /**
   * Connects.
   *
   * @param lost told when the connection is gone, perhaps before this returns
   * @return the broker's Receive Maximum
   */
  int connect(Runnable lost) throws MqttException {
    client.setCallback(new LossListener(lost));
    IMqttToken token = client.connect(options());
    token.waitForCompletion(config.connectTimeout().toMillis());
    Integer granted =
        token.getResponseProperties() == null
            ? null
            : token.getResponseProperties().getReceiveMaximum();
    return granted == null ? UNLIMITED : granted;
  }

  private MqttConnectionOptions options() {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(true);
    options.setAutomaticReconnect(false);
    options.setKeepAliveInterval(KEEP_ALIVE_S);
    options.setConnectionTimeout((int) Math.max(1, config.connectTimeout().toSeconds()));
    options.setSocketFactory(new NoDelaySockets());
    if (config.username() != null) {
      options.setUserName(config.username());
    }
    if (config.password() != null) {
      options.setPassword(config.password().getBytes(StandardCharsets.UTF_8));
    }
    return options;
  }

  boolean isConnected() {
    return client.isConnected();
  }

  /** Sends at QoS 1. */
  void publish(Outgoing message, MqttActionListener acknowledged) throws MqttException {
    client.publish(
        message.topic(), new MqttMessage(message.payload(), 1, false, null), null, acknowledged);
  }

  @Override
  public void close() {
    try {
      if (client.isConnected()) {
        client.disconnect(0).waitForCompletion(STOP_MS);
      } else {
        client.disconnectForcibly(0, STOP_MS, false);
      }
    } catch (MqttException e) {
      log.debug("{}: {}", client.getClientId(), reason(e));
    }
    try {
      client.close(true);
    } catch (MqttException e) {
      log.debug("{}: {}", client.getClientId(), reason(e));
    }
  }

  /** What went wrong, for a person. */
  static String reason(MqttException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
