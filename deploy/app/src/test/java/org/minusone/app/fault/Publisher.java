package org.minusone.app.fault;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * A gateway: publishes its script at QoS 1 and at a steady rate, counts what was acknowledged, and
 * after a lost connection publishes again what was not.
 */
final class Publisher implements Runnable {
  /** Held, because a logger nobody holds is made anew: that lines break here is the point. */
  private static final Logger PAHO = Logger.getLogger("org.eclipse.paho.mqttv5.client");

  static {
    PAHO.setLevel(Level.OFF);
  }

  private static final int WINDOW = 200;
  private static final int NO_SUBSCRIBERS = 0x10;
  private static final int REFUSED = 0x80;

  private final String uri;
  private final String id;
  private final List<Script.Message> script;
  private final double readingsPerSecond;
  private final Acknowledged acknowledged;
  private final Semaphore window = new Semaphore(WINDOW);
  private final ConcurrentSkipListMap<Integer, Script.Message> inFlight =
      new ConcurrentSkipListMap<>();
  private MqttAsyncClient client;

  Publisher(
      String uri,
      String id,
      List<Script.Message> script,
      double readingsPerSecond,
      Acknowledged acknowledged) {
    this.uri = uri;
    this.id = id;
    this.script = script;
    this.readingsPerSecond = readingsPerSecond;
    this.acknowledged = acknowledged;
  }

  /** Returns when everything was acknowledged. */
  @Override
  public void run() {
    try {
      reconnect();
      long begin = System.nanoTime();
      double readings = 0;
      for (int i = 0; i < script.size(); i++) {
        readings += Math.max(1, script.get(i).identities().size());
        long due = begin + (long) (readings / readingsPerSecond * 1e9);
        LockSupport.parkNanos(due - System.nanoTime());
        while (!window.tryAcquire(500, TimeUnit.MILLISECONDS)) {
          keepConnected();
        }
        inFlight.put(i, script.get(i));
        publish(i, script.get(i));
      }
      while (!inFlight.isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(100);
        keepConnected();
      }
      client.disconnectForcibly(500, 500, true);
      client.close(true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (MqttException e) {
      // All is acknowledged: how the connection ends is nobody's concern.
    }
  }

  private void publish(int index, Script.Message message) throws InterruptedException {
    try {
      client.publish(message.topic(), message.payload(), 1, false, null, new Answer(index));
    } catch (MqttException e) {
      reconnect();
    }
  }

  private void keepConnected() throws InterruptedException {
    if (!client.isConnected()) {
      reconnect();
    }
  }

  /** Until it succeeds; then everything that waits for its acknowledgement goes out again. */
  private void reconnect() throws InterruptedException {
    while (true) {
      try {
        if (client != null) {
          client.close(true);
        }
      } catch (MqttException e) {
        // Given up in any case.
      }
      try {
        client = new MqttAsyncClient(uri, id, new MemoryPersistence());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(true);
        options.setAutomaticReconnect(false);
        options.setConnectionTimeout(5);
        client.connect(options).waitForCompletion(6_000);
        for (var waiting : inFlight.entrySet()) {
          client.publish(
              waiting.getValue().topic(),
              waiting.getValue().payload(),
              1,
              false,
              null,
              new Answer(waiting.getKey()));
        }
        return;
      } catch (MqttException e) {
        TimeUnit.MILLISECONDS.sleep(300);
      }
    }
  }

  private final class Answer implements MqttActionListener {
    private final int index;

    Answer(int index) {
      this.index = index;
    }

    @Override
    public void onSuccess(IMqttToken token) {
      int[] codes = token.getReasonCodes();
      int code = codes == null || codes.length == 0 ? 0 : codes[0];
      if (code >= REFUSED) {
        return;
      }
      Script.Message message = inFlight.remove(index);
      if (message != null) {
        acknowledged.add(message, code != NO_SUBSCRIBERS);
        window.release();
      }
    }

    @Override
    public void onFailure(IMqttToken token, Throwable failure) {
      // The connection is lost: it goes out again with the next.
    }
  }
}
