package org.minusone.rules.topology;

import static org.minusone.rules.topology.RulesTopology.STORE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.minusone.model.Reading;
import org.minusone.model.Signal;
import org.minusone.model.Verdict;
import org.minusone.model.codec.Json;

/**
 * A task over an input log, with a changelog and topics of signals and verdicts that a crash cuts
 * off where it likes after the last commit, each for itself: Kafka keeps order within a partition
 * only.
 */
final class CrashingTask {
  private final House house;
  private final List<Reading> log;

  private Map<String, byte[]> committedState = Map.of();
  private int committedSignals;
  private int committedVerdicts;
  private final List<Map<String, byte[]>> writes = new ArrayList<>();
  final List<Signal> signals = new ArrayList<>();
  final List<Verdict> verdicts = new ArrayList<>();

  private SensorProcessor processor;
  private MockProcessorContext<String, byte[]> context;
  private KeyValueStore<String, byte[]> store;
  private Map<String, byte[]> seen = Map.of();

  /** Next offset to be processed. */
  int next;

  private int furthest;

  CrashingTask(House house, List<Reading> log) {
    this.house = house;
    this.log = log;
    start(Map.of());
  }

  private void start(Map<String, byte[]> state) {
    Properties config = new Properties();
    config.put("application.id", "test");
    config.put("bootstrap.servers", "none:1");
    context = new MockProcessorContext<>(config);
    store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
    state.forEach(store::put);
    seen = Map.copyOf(state);
    processor = new SensorProcessor(house.wiring());
    processor.init(context);
    next = house.committed == null ? 0 : house.committed.intValue();
  }

  boolean isAtEnd() {
    return next == log.size();
  }

  void step() {
    Reading reading = log.get(next);
    house.nowMs = Math.max(house.nowMs, reading.arrivalMs());
    context.setRecordMetadata("minusone.readings", 0, next);
    processor.process(new Record<>(reading.key().toString(), reading, reading.arrivalMs()));
    next++;
    furthest = Math.max(furthest, next);
    collect();
  }

  /** While records that were read before are read again, the input lags: nothing may tick. */
  void tick() {
    house.current = next == furthest;
    context.scheduledPunctuators().get(0).getPunctuator().punctuate(house.nowMs);
    collect();
  }

  private void collect() {
    context
        .forwarded()
        .forEach(
            f -> {
              byte[] json = (byte[]) f.record().value();
              if (f.childName().orElseThrow().equals(RulesTopology.QUALITY)) {
                verdicts.add(Json.read(json, Verdict.class));
              } else {
                signals.add(Json.read(json, Signal.class));
              }
            });
    context.resetForwards();
    Map<String, byte[]> now = new HashMap<>();
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      all.forEachRemaining(entry -> now.put(entry.key, entry.value));
    }
    Map<String, byte[]> write = new HashMap<>();
    now.forEach(
        (key, value) -> {
          if (!Arrays.equals(value, seen.get(key))) {
            write.put(key, value);
          }
        });
    if (!write.isEmpty()) {
      writes.add(write);
    }
    seen = now;
  }

  void commit() {
    house.committed = (long) next;
    committedState = seen;
    committedSignals = signals.size();
    committedVerdicts = verdicts.size();
    writes.clear();
  }

  /** Loses everything but a random beginning of what was written after the last commit. */
  void crash(Random random) {
    int of = writes.size();
    crash(
        of == 0 ? 0 : random.nextInt(of + 1),
        random.nextInt(signals.size() - committedSignals + 1),
        random.nextInt(verdicts.size() - committedVerdicts + 1));
  }

  /** Keeps so many of the state's writes and of the signals, and no verdicts, since then. */
  void crash(int keptWrites, int keptSignals) {
    crash(keptWrites, keptSignals, 0);
  }

  private void crash(int keptWrites, int keptSignals, int keptVerdicts) {
    Map<String, byte[]> state = new HashMap<>(committedState);
    writes.subList(0, keptWrites).forEach(state::putAll);
    signals.subList(committedSignals + keptSignals, signals.size()).clear();
    verdicts.subList(committedVerdicts + keptVerdicts, verdicts.size()).clear();
    writes.clear();
    committedState = Map.copyOf(state);
    committedSignals = signals.size();
    committedVerdicts = verdicts.size();
    start(state);
  }

  int writesInDoubt() {
    return writes.size();
  }

  int signalsInDoubt() {
    return signals.size() - committedSignals;
  }
}
