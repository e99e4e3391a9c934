package org.minusone.series.store;

import java.net.URI;
import java.time.Duration;

/**
 * Where the series lives.
 *
 * @param username QuestDB's and InfluxDB 1's, null for one that wants none
 * @param password QuestDB's and InfluxDB 1's
 * @param organization InfluxDB 2's
 * @param bucket InfluxDB 2's
 * @param token InfluxDB 2's
 * @param database InfluxDB 1's
 * @param retention of QuestDB's {@code readings}, whole days; InfluxDB's is the bucket's or the
 *     database's own
 */
public record StoreConfig(
    Kind kind,
    URI url,
    String username,
    String password,
    String organization,
    String bucket,
    String token,
    String database,
    Duration retention) {

  /** Which product it is. */
  public enum Kind {
    QUESTDB,
    INFLUXDB2,
    INFLUXDB1
  }

  public static final Duration DEFAULT_RETENTION = Duration.ofDays(90);

  /**
   * QuestDB, embedded or not.
   *
   * @param username null for one that wants none
   */
  public static StoreConfig questDb(URI url, String username, String password) {
    return new StoreConfig(
        Kind.QUESTDB, url, username, password, null, null, null, null, DEFAULT_RETENTION);
  }

  public static StoreConfig influxDb2(URI url, String organization, String bucket, String token) {
    return new StoreConfig(
        Kind.INFLUXDB2, url, null, null, organization, bucket, token, null, DEFAULT_RETENTION);
  }

  /**
   * @param username null for one that wants none
   */
  public static StoreConfig influxDb1(URI url, String database, String username, String password) {
    return new StoreConfig(
        Kind.INFLUXDB1, url, username, password, null, null, null, database, DEFAULT_RETENTION);
  }

  /** Opens nothing yet. */
  public SeriesStore store() {
    return switch (kind) {
      case QUESTDB -> new QuestDbStore(this);
      case INFLUXDB2 -> new InfluxDb2Store(this);
      case INFLUXDB1 -> new InfluxDb1Store(this);
    };
  }

  /** Secrets masked. */
  @Override
  public String toString() {
    return "StoreConfig[kind="
        + kind
        + ", url="
        + url
        + ", username="
        + username
        + ", password="
        + (password == null ? "none" : "***")
        + ", organization="
        + organization
        + ", bucket="
        + bucket
        + ", token="
        + (token == null ? "none" : "***")
        + ", database="
        + database
        + ", retention="
        + retention
        + "]";
  }
}
