package org.minusone.app.stack;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.minusone.app.embedded.BrokerOptions;
import org.minusone.app.embedded.DataDirectory;
import org.minusone.app.embedded.EmbeddedBroker;
import org.minusone.app.embedded.EmbeddedKafka;
import org.minusone.app.embedded.EmbeddedStore;
import org.minusone.app.embedded.StartProblem;
import org.minusone.app.embedded.broker.BrokerAccess;
import org.minusone.app.embedded.broker.HouseUser;
import org.minusone.model.SiteVersion;

/** The three servers that MinusOne brings along: Kafka, the MQTT broker and the series store. */
final class EmbeddedServers implements AutoCloseable {
  private static final String STORE_USER = "minusone";
  private static final long STOP_PATIENCE_S = 8;

  /** Users of our own at the broker. */
  static final String INGEST = "minusone-ingest";

  static final String ENGINEER = "minusone-engineer";

  private final String engineerPassword;
  private final String ingestPassword;
  private final EmbeddedKafka kafka;
  private final EmbeddedBroker broker;
  private final EmbeddedStore store;

  /**
   * @param sites the live ones, whose gateways are let in; empty while Kafka is not there yet
   * @throws StartProblem if the broker would stand open to others than this machine
   */
  EmbeddedServers(DataDirectory data, BrokerPlace place, Supplier<Collection<SiteVersion>> sites)
      throws StartProblem {
    this.engineerPassword = data.password("mqtt-engineer");
    this.ingestPassword = data.password("mqtt-ingest");
    this.kafka = new EmbeddedKafka(data.kafka(), data.password("kafka"));
    List<HouseUser> house =
        List.of(
            new HouseUser(INGEST, ingestPassword, HouseUser.Rights.INGEST),
            new HouseUser(ENGINEER, engineerPassword, HouseUser.Rights.ENGINEER));
    BrokerAccess access =
        place.anonymous() ? BrokerAccess.open(house, sites) : BrokerAccess.closed(house, sites);
    try {
      this.broker =
          new EmbeddedBroker(
              data.mqtt(), new BrokerOptions(place.address(), place.port(), place.tls(), access));
    } catch (IllegalArgumentException e) {
      throw new StartProblem(e.getMessage(), e);
    }
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

  String engineerPassword() {
    return engineerPassword;
  }

  String ingestPassword() {
    return ingestPassword;
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
