package org.minusone.alerting.topology;

import org.minusone.model.SensorId;
import org.minusone.model.SiteId;

/**
 * The store's key of an alert, {@code site/sensor/rule/episode start}, so ordered that a site's, a
 * sensor's and a rule's alerts lie together and the newest episode last.
 *
 * @param start epoch ms
 */
record AlertKey(SiteId site, SensorId sensor, String rule, long start) {
  /**
   * @throws IllegalArgumentException unless it is {@code site:sensor:rule:start}
   */
  static AlertKey parse(String alert) {
    int first = alert.indexOf(':');
    int second = alert.indexOf(':', first + 1);
    int last = alert.lastIndexOf(':');
    if (first < 0 || second < 0 || last <= second) {
      throw new IllegalArgumentException("not an alert id: " + alert);
    }
    try {
      return new AlertKey(
          new SiteId(alert.substring(0, first)),
          new SensorId(alert.substring(first + 1, second)),
          alert.substring(second + 1, last),
          Long.parseLong(alert.substring(last + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not an alert id: " + alert, e);
    }
  }

  static String ofSite(SiteId site) {
    return site.value() + "/";
  }

  static String ofSensor(SiteId site, SensorId sensor) {
    return ofSite(site) + sensor.value() + "/";
  }

  String sensorRule() {
    return ofSensor(site, sensor) + rule + "/";
  }

  /** Zero-padded, so that text order is time order. */
  String text() {
    return sensorRule() + String.format("%015d", start);
  }
}
