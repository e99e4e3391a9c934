package org.minusone.series;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.minusone.model.port.Part;
import org.minusone.model.port.PartHealth;
import org.minusone.series.store.SeriesStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Series as a whole: Kafka → store.
 *
 * <p>Start it before ingest: the backlog it finds is counted as carried, and what ingest put there
 * a moment before would be counted by both.
 */
public final class SeriesApp implements Part {
  private static final Logger log = LoggerFactory.getLogger(SeriesApp.class);

  private final SeriesConfig config;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final Supplier<SeriesStore> stores;
  private final MeterRegistry meters;
  private final SeriesCounts counts = new SeriesCounts();
  private volatile SeriesWriter writer;
  private volatile Thread thread;
  private volatile boolean died;
  private SeriesStore store;

  /**
   * @param kafka client properties: where Kafka is, and how to be let in
   */
  public SeriesApp(SeriesConfig config, Map<String, Object> kafka, MeterRegistry meters) {
    this(
        config,
        () -> new KafkaConsumer<>(ConsumerSettings.with(kafka, config)),
        () -> config.store().store(),
        meters);
  }

  SeriesApp(
      SeriesConfig config,
      Supplier<Consumer<byte[], byte[]>> consumers,
      Supplier<SeriesStore> stores,
      MeterRegistry meters) {
    this.config = config;
    this.consumers = consumers;
    this.stores = stores;
    this.meters = meters;
  }

  @Override
  public String name() {
    return "series";
  }

  /**
   * Returns once the backlog is measured. The store may be away: readings wait in Kafka.
   *
   * @throws org.apache.kafka.common.KafkaException if Kafka does not answer or has no such topic
   */
  @Override
  public void start() {
    store = stores.get();
    Consumer<byte[], byte[]> consumer = consumers.get();
    SeriesWriter starting =
        new SeriesWriter(
            consumer, store, config.topics().readings(), config.topics().quality(), counts, meters);
    try {
      starting.begin();
    } catch (RuntimeException e) {
      consumer.close();
      store.close();
      throw e;
    }
    writer = starting;
    thread = new Thread(() -> work(starting), "series-writer");
    thread.setDaemon(true);
    thread.start();
  }

  private void work(SeriesWriter working) {
    try {
      working.run();
    } catch (RuntimeException e) {
      died = true;
      log.error("Series stopped: {}", e.toString(), e);
    }
  }

  @Override
  public PartHealth health() {
    SeriesWriter working = writer;
    if (working == null) {
      PartHealth.Check notYet = new PartHealth.Check("store", false, false, "not started");
      return new PartHealth(true, false, 0, List.of(notYet), Map.of(), Map.of());
    }
    String problem = working.storeProblem();
    String refusal = working.lastRefusal();
    return new PartHealth(
        !died,
        working.isAssigned(),
        counts.unwritten(),
        List.of(
            new PartHealth.Check("store", problem.isEmpty(), false, problem),
            new PartHealth.Check("refused-readings", refusal.isEmpty(), false, refusal)),
        counts.snapshot(),
        Map.of("write_p99_ms", working.writeP99Ms()));
  }

  @Override
  public void close() {
    if (writer == null) {
      return;
    }
    writer.close();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(3));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    store.close();
  }
}
