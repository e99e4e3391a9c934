package org.minusone.series.store;

import java.net.URI;
import java.time.Duration;

/**
 * Where the series lives.
 *
 * @param username QuestDB's, null for one that wants none
 * @param password QuestDB's
 * @param organization InfluxDB 2's
 * @param bucket InfluxDB 2's
 * @param token InfluxDB 2's
 * @param retention of QuestDB's {@code readings}, whole days; InfluxDB's is the bucket's own
 */
public record StoreConfig(
    Kind kind,
    URI url,
    String username,
    String password,
    String organization,
    String bucket,
    String token,
    Duration retention) {

  /** Which product it is. InfluxDB 1.x has its place here. */
  public enum Kind {
    QUESTDB,
    INFLUXDB2
  }

  public static final Duration DEFAULT_RETENTION = Duration.ofDays(90);

  /**
   * QuestDB, embedded or not.
   *
   * @param username null for one that wants none
   */
  public static StoreConfig questDb(URI url, String username, String password) {
    return new StoreConfig(
        Kind.QUESTDB, url, username, password, null, null, null, DEFAULT_RETENTION);
  }

  public static StoreConfig influxDb2(URI url, String organization, String bucket, String token) {
    return new StoreConfig(
        Kind.INFLUXDB2, url, null, null, organization, bucket, token, DEFAULT_RETENTION);
  }

  /** Opens nothing yet. */
  public SeriesStore store() {
    return switch (kind) {
      case QUESTDB -> new QuestDbStore(this);
      case INFLUXDB2 -> new InfluxDb2Store(this);
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
        + ", retention="
        + retention
        + "]";
  }
}
