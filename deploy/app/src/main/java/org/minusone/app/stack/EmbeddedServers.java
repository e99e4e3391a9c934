package org.minusone.app.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.minusone.app.embedded.DataDirectory;
import org.minusone.app.embedded.EmbeddedBroker;
import org.minusone.app.embedded.EmbeddedKafka;
import org.minusone.app.embedded.EmbeddedStore;
import org.minusone.app.embedded.StartProblem;

/** The three servers that MinusOne brings along: Kafka, the MQTT broker and the series store. */
final class EmbeddedServers implements AutoCloseable {
  private static final String STORE_USER = "minusone";
  private static final long STOP_PATIENCE_S = 8;

  private final EmbeddedKafka kafka;
  private final EmbeddedBroker broker;
  private final EmbeddedStore store;

  /**
   * @param mqttPort 0 picks a free one
   */
  EmbeddedServers(DataDirectory data, int mqttPort) throws StartProblem {
    this.kafka = new EmbeddedKafka(data.kafka(), data.password("kafka"));
    this.broker = new EmbeddedBroker(data.mqtt(), mqttPort);
    this.store = new EmbeddedStore(data.store(), STORE_USER, data.password("store"));
  }

  void start(Progress progress) throws Exception {
    List<AutoCloseable> started = new ArrayList<>();
    try {
      Together.start(
          () -> {
            kafka.start();
            synchronized (started) {
              started.add(kafka);
            }
            progress.say("Kafka 4.3.1      " + kafka.bootstrap());
          },
          () -> {
            broker.start();
            synchronized (started) {
              started.add(broker);
            }
            progress.say("HiveMQ CE 2025.5 " + broker.url());
          },
          () -> {
            store.start();
            synchronized (started) {
              started.add(store);
            }
            progress.say("QuestDB 9.3.4    " + store.url());
          });
    } catch (Exception e) {
      Together.close(STOP_PATIENCE_S, started);
      throw e;
    }
  }

  Map<String, Object> kafkaProperties() {
    return kafka.clientProperties();
  }

  EmbeddedKafka kafka() {
    return kafka;
  }

  EmbeddedBroker broker() {
    return broker;
  }

  EmbeddedStore store() {
    return store;
  }

  @Override
  public void close() {
    Together.close(STOP_PATIENCE_S, List.of(kafka, broker, store));
  }
}
