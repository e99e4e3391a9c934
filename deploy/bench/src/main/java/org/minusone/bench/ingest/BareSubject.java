package org.minusone.bench.ingest;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import javax.net.SocketFactory;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * What ingest is held against: Paho, which counts a message and lets it be acknowledged at once.
 * {@code BareSubject MQTT SESSIONS}. Several sessions share the subscription.
 */
final class BareSubject {
  private BareSubject() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream out = Child.claimOutput();
    int sessions = Integer.parseInt(arguments[1]);
    LongAdder messages = new LongAdder();
    List<MqttAsyncClient> clients = new ArrayList<>();
    for (int i = 1; i <= sessions; i++) {
      MqttAsyncClient client =
          new MqttAsyncClient(
              arguments[0], "bench-bare-" + sessions + "-" + i, new MemoryPersistence());
      client.setCallback(new Counting(messages));
      MqttConnectionOptions options = new MqttConnectionOptions();
      options.setSocketFactory(new NoDelay());
      client.connect(options).waitForCompletion(10_000);
      String filter = (sessions == 1 ? "" : "$share/bare/") + "bare/+/+/+/readings";
      client
          .subscribe(new MqttSubscription[] {new MqttSubscription(filter, 1)})
          .waitForCompletion(10_000);
      clients.add(client);
    }
    Child.serve(out, Map.of("ready", true), line -> Map.of("count", messages.sum()));
    System.exit(0);
  }

  /** As ingest has it: otherwise acknowledgements wait for the broker's delayed ones. */
  private static final class NoDelay extends SocketFactory {
    @Override
    public Socket createSocket() throws IOException {
      Socket socket = new Socket();
      socket.setTcpNoDelay(true);
      return socket;
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }
  }

  private record Counting(LongAdder messages) implements MqttCallback {
    @Override
    public void messageArrived(String topic, MqttMessage message) {
      messages.increment();
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
      System.err.println("lost: " + response);
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {
      System.err.println("error: " + exception);
    }

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
  }
}
