package org.minusone.rules.topology;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * {@code readings} → one processor with one store → {@code signals} and {@code quality}. The store
 * is in memory with a changelog, uncached: a put is on its way to Kafka when {@code process}
 * returns.
 */
public final class RulesTopology {
  static final String STORE = "sensors";

  /** The sinks. */
  static final String SIGNALS = "signals";

  static final String QUALITY = "quality";

  private RulesTopology() {}

  public static Topology build(Wiring wiring) {
    Topology topology = new Topology();
    topology.addSource(
        "readings",
        Serdes.String().deserializer(),
        new TolerantReadings(wiring.skipped()),
        wiring.topics().readings());
    topology.addProcessor("rules", () -> new SensorProcessor(wiring), "readings");
    topology.addStateStore(store(), "rules");
    topology.addSink(
        SIGNALS,
        wiring.topics().signals(),
        Serdes.String().serializer(),
        Serdes.ByteArray().serializer(),
        "rules");
    topology.addSink(
        QUALITY,
        wiring.topics().quality(),
        Serdes.String().serializer(),
        Serdes.ByteArray().serializer(),
        "rules");
    return topology;
  }

  static StoreBuilder<KeyValueStore<String, byte[]>> store() {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
        .withCachingDisabled();
  }
}
