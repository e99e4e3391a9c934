package org.minusone.series;

import org.minusone.model.codec.Topics;
import org.minusone.series.store.StoreConfig;

/**
 * How series runs.
 *
 * @param group Kafka consumer group
 * @param instance this member's static name in the group, the same over restarts: it gets its
 *     partitions back at once
 * @param batchPoints written at once, at most
 * @param batchWaitMs how long Kafka may collect a batch: what a chart lags behind, at most
 */
public record SeriesConfig(
    StoreConfig store,
    String group,
    String instance,
    int batchPoints,
    int batchWaitMs,
    Topics topics) {

  /** Everything but the store. */
  public static SeriesConfig of(StoreConfig store) {
    return new SeriesConfig(
        store, "minusone-series", "minusone-series-1", 5_000, 250, Topics.DEFAULT);
  }

  public SeriesConfig withTopics(Topics names) {
    return new SeriesConfig(store, group, instance, batchPoints, batchWaitMs, names);
  }

  public SeriesConfig withInstance(String name) {
    return new SeriesConfig(store, group, name, batchPoints, batchWaitMs, topics);
  }
}
