package org.minusone.series.store;

import java.io.IOException;
import java.util.List;

/**
 * InfluxDB 1.x. The database is made where it is missing and we may; measurements come to be by
 * being written. It writes what it can of a batch and refuses the rest in one sentence ({@code
 * partial write: … dropped=1}), which does not say which points: writing the halves again finds
 * out, and what was written already stays as it is.
 */
final class InfluxDb1Store implements SeriesStore {
  /** The server's own limits: the points are good, and room can be made for them. */
  private static final List<String> FULL =
      List.of("max-values-per-tag limit exceeded", "max-series-per-database limit exceeded");

  private final InfluxClient client;
  private final InfluxQl influxQl;
  private final String database;
  private boolean prepared;

  InfluxDb1Store(StoreConfig config) {
    this.client = new InfluxClient(config);
    this.influxQl = new InfluxQl(config);
    this.database = config.database();
  }

  /** Retention is the database's. */
  @Override
  public void prepare(String measurement, boolean expires) throws StoreAway {
    if (prepared) {
      return;
    }
    try {
      influxQl.run("CREATE DATABASE " + InfluxQl.name(database));
    } catch (InfluxQl.Failed e) {
      // Only administrators may. It may be there all the same, and the write will tell.
      if (!e.isForbidden()) {
        throw new StoreAway("cannot create " + database + ": " + e.getMessage(), e);
      }
    } catch (IOException e) {
      throw new StoreAway("cannot create " + database + ": " + e.getMessage(), e);
    }
    prepared = true;
  }

  @Override
  public void write(List<String> lines) throws StoreRefused, StoreAway {
    try {
      client.write(lines);
    } catch (StoreRefused e) {
      if (FULL.stream().anyMatch(e.getMessage()::contains)) {
        throw new StoreAway("InfluxDB is full, raise its limit: " + e.getMessage(), e);
      }
      throw e;
    } catch (StoreAway e) {
      // It may be the database that is missing: the next attempt makes it again.
      prepared = false;
      throw e;
    }
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
