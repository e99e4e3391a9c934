package org.minusone.series;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How series consumes. */
final class ConsumerSettings {
  /**
   * A fetch waits for so much, or for {@link SeriesConfig#batchWaitMs}: batching by size and time.
   */
  private static final int FETCH_BYTES = 256 * 1024;

  private ConsumerSettings() {}

  static Map<String, Object> with(Map<String, Object> kafka, SeriesConfig config) {
    Map<String, Object> all = new HashMap<>();
    all.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    all.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    all.put(ConsumerConfig.GROUP_ID_CONFIG, config.group());
    all.put(ConsumerConfig.CLIENT_ID_CONFIG, config.instance());
    all.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, config.instance());
    all.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
    all.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
    // A batch that is bad through and through is bisected to its last point, over a slow line too.
    all.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 1_800_000);
    // Offsets follow the store, by our own hand.
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, config.batchPoints());
    all.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, FETCH_BYTES);
    all.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, config.batchWaitMs());
    // Bounded memory while the store is away and a backlog waits.
    all.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 4 * 1024 * 1024);
    all.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    all.putAll(kafka);
    return all;
  }
}
