package org.minusone.rules.topology;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * {@code readings} → one processor with one store → {@code signals} and {@code quality}; and beside
 * it {@code signals} → one with another → {@code signals} for the rules over other rules. The
 * stores are in memory with a changelog, uncached: a put is on its way to Kafka when {@code
 * process} returns.
 */
public final class RulesTopology {
  static final String STORE = "sensors";
  static final String PLACES = "places";

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
    topology.addStateStore(store(STORE), "rules");
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
    topology.addSource(
        "told",
        Serdes.String().deserializer(),
        Serdes.ByteArray().deserializer(),
        wiring.topics().signals());
    topology.addProcessor("together", () -> new PlaceProcessor(wiring), "told");
    topology.addStateStore(store(PLACES), "together");
    topology.addSink(
        "signals-together",
        wiring.topics().signals(),
        Serdes.String().serializer(),
        Serdes.ByteArray().serializer(),
        "together");
    return topology;
  }

  static StoreBuilder<KeyValueStore<String, byte[]>> store(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
        .withCachingDisabled();
  }
}
