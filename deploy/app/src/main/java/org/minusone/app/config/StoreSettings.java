package org.minusone.app.config;

import java.net.URI;
import java.util.List;
import org.minusone.series.store.StoreConfig;

/** Where the series store is, as a configuration says. */
public final class StoreSettings {
  private StoreSettings() {}

  /**
   * @throws ConfigProblem naming what its kind wants and was not given
   */
  public static StoreConfig store(Configuration configuration) throws ConfigProblem {
    String kind = configuration.text(Setting.STORE_KIND);
    if (kind.equals("influxdb2")) {
      configuration.require(
          "store.kind influxdb2",
          List.of(
              Setting.STORE_URL,
              Setting.STORE_ORGANIZATION,
              Setting.STORE_BUCKET,
              Setting.STORE_TOKEN));
      return StoreConfig.influxDb2(
          URI.create(configuration.text(Setting.STORE_URL)),
          configuration.text(Setting.STORE_ORGANIZATION),
          configuration.text(Setting.STORE_BUCKET),
          configuration.text(Setting.STORE_TOKEN));
    }
    configuration.require("store.kind " + kind, List.of(Setting.STORE_URL));
    if (configuration.has(Setting.STORE_USERNAME) || configuration.has(Setting.STORE_PASSWORD)) {
      configuration.require(
          "a store that knows its users", List.of(Setting.STORE_USERNAME, Setting.STORE_PASSWORD));
    }
    if (kind.equals("influxdb1")) {
      return StoreConfig.influxDb1(
          URI.create(configuration.text(Setting.STORE_URL)),
          configuration.text(Setting.STORE_DATABASE),
          configuration.text(Setting.STORE_USERNAME),
          configuration.text(Setting.STORE_PASSWORD));
    }
    return StoreConfig.questDb(
        URI.create(configuration.text(Setting.STORE_URL)),
        configuration.text(Setting.STORE_USERNAME),
        configuration.text(Setting.STORE_PASSWORD));
  }
}
