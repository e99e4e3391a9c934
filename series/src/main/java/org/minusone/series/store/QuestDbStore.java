package org.minusone.series.store;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * QuestDB through its InfluxDB line-protocol endpoint. Tables are made before the first write: one
 * that line protocol makes by itself would neither expire nor take a reading written twice for one.
 */
final class QuestDbStore implements SeriesStore {
  private final InfluxClient client;
  private final QuestDbSql sql;
  private final long retentionDays;
  private final Set<String> prepared = new HashSet<>();

  QuestDbStore(StoreConfig config) {
    this.client = new InfluxClient(config);
    this.sql = new QuestDbSql(config);
    this.retentionDays = config.retention().toDays();
  }

  @Override
  public void prepare(String measurement, boolean expires) throws StoreAway {
    if (prepared.contains(measurement)) {
      return;
    }
    try {
      sql.run(
          "create table if not exists "
              + QuestDbSql.name(measurement)
              + " (timestamp timestamp, site symbol, family symbol, sensor symbol capacity 4096,"
              + " quantity symbol, value double, state varchar, flag int)"
              + " timestamp(timestamp) partition by day"
              + (expires ? " TTL " + retentionDays + " DAYS" : "")
              + " WAL DEDUP UPSERT KEYS(timestamp, site, sensor, quantity)");
    } catch (IOException e) {
      throw new StoreAway("cannot create " + measurement + ": " + e.getMessage(), e);
    }
    prepared.add(measurement);
  }

  @Override
  public void write(List<String> lines) throws StoreRefused, StoreAway {
    try {
      client.write(lines);
    } catch (StoreRefused e) {
      if (e.getMessage().contains("table does not exist")) {
        // Dropped behind our back: no fault of the points. The next attempt prepares it again.
        prepared.clear();
        throw new StoreAway(e.getMessage(), e);
      }
      throw e;
    }
  }

  @Override
  public Optional<Duration> dropsAfter() {
    return Optional.of(Duration.ofDays(retentionDays));
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
