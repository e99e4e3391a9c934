package org.minusone.series.store;

import java.util.List;

/** InfluxDB 2.x: the bucket is there, and measurements come to be by being written. */
final class InfluxDb2Store implements SeriesStore {
  private final InfluxClient client;

  InfluxDb2Store(StoreConfig config) {
    this.client = new InfluxClient(config);
  }

  @Override
  public void prepare(String measurement, boolean expires) {
    // Retention is the bucket's.
  }

  @Override
  public void write(List<String> lines) throws StoreRefused, StoreAway {
    client.write(lines);
  }

  @Override
  public boolean answers() {
    return client.answers();
  }

  @Override
  public void close() {
    client.close();
  }
}
