package org.minusone.alerting.topology;

import java.time.InstantSource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;
import org.minusone.model.codec.JsonSerde;
import org.minusone.model.codec.Topics;
import org.minusone.model.port.HealthBoard;
import org.minusone.model.port.InputFlow;
import org.minusone.model.port.SiteCatalog;

/**
 * {@code signals} and {@code commands} (keyed by site, equally partitioned) through one processor
 * to {@code alerts}; what is due goes back onto {@code commands}. Stores are in memory with a
 * changelog each and without caching: {@code alerts-kept}, {@code runs-ended} and {@code
 * own-trouble}, of which one task tells on {@code signals}.
 */
public final class AlertTopology {
  static final String KEPT = "alerts-kept";
  static final String RUNS_ENDED = "runs-ended";
  static final String OWN_TROUBLE = "own-trouble";
  static final String ALERTS = "alerts";
  static final String TO_ITSELF = "to-itself";
  static final String SIGNALS = "to-signals";

  private AlertTopology() {}

  /**
   * The topology, to be started.
   *
   * @param clock wall time
   */
  public static Topology build(
      Topics topics,
      SiteCatalog sites,
      InputFlow input,
      HealthBoard board,
      InstantSource clock,
      CommittedOffsets committed,
      AlertMeters meters) {
    return new Topology()
        .addSource(
            "signals", new StringDeserializer(), new ByteArrayDeserializer(), topics.signals())
        .addSource(
            "commands", new StringDeserializer(), new ByteArrayDeserializer(), topics.commands())
        .addProcessor(
            "lifecycle",
            () -> new AlertProcessor(topics, sites, input, board, clock, committed, meters),
            "signals",
            "commands")
        .addStateStore(
            Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(KEPT),
                    Serdes.String(),
                    new JsonSerde<>(Kept.class))
                .withCachingDisabled(),
            "lifecycle")
        .addStateStore(
            Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(RUNS_ENDED), Serdes.String(), Serdes.Long())
                .withCachingDisabled(),
            "lifecycle")
        .addStateStore(
            Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(OWN_TROUBLE), Serdes.String(), Serdes.Long())
                .withCachingDisabled(),
            "lifecycle")
        .addSink(
            SIGNALS,
            topics.signals(),
            new StringSerializer(),
            new JsonSerde<>(Object.class).serializer(),
            "lifecycle")
        .addSink(
            ALERTS,
            topics.alerts(),
            new StringSerializer(),
            new JsonSerde<>(Object.class).serializer(),
            "lifecycle")
        .addSink(
            TO_ITSELF,
            topics.commands(),
            new StringSerializer(),
            new JsonSerde<>(Object.class).serializer(),
            "lifecycle");
  }
}
