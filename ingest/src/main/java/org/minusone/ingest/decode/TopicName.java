package org.minusone.ingest.decode;

import java.util.Optional;
import org.minusone.model.Family;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;

/**
 * An MQTT topic of ours (CONTRACTS §1), taken apart.
 *
 * @param site null only when {@link Kind#FOREIGN}
 * @param family null unless {@link Kind#SENSOR} or {@link Kind#STATUS}
 * @param sensor null unless {@link Kind#SENSOR} or {@link Kind#STATUS}
 * @param gateway null unless {@link Kind#GATEWAY}
 * @param problem why it is {@link Kind#FOREIGN}; null otherwise
 */
public record TopicName(
    Kind kind, SiteId site, Family family, SensorId sensor, String gateway, String problem) {
  /** Longer than any topic of ours can be. */
  private static final int MAX_LENGTH = 256;

  private static final String NOT_OURS =
      "neither under sites/, nor of a tree that a site has a codec for";

  /** What a message on it is about. */
  public enum Kind {
    /** {@code sites/{site}/{family}/{sensor}/readings}. */
    SENSOR,
    /** {@code sites/{site}/gateways/{gateway}/readings}. */
    GATEWAY,
    /** {@code sites/{site}@{run}/run}. */
    RUN,
    /** {@code …/status}: not ours to read yet, and no error. */
    STATUS,
    /** None of ours, or a level of it is malformed. */
    FOREIGN
  }

  public static TopicName parse(String topic) {
    if (topic.length() > MAX_LENGTH) {
      return foreign("longer than " + MAX_LENGTH + " characters");
    }
    String[] levels = topic.split("/", -1);
    if (!levels[0].equals("sites")) {
      return foreign(NOT_OURS);
    }
    if (levels.length < 3) {
      return foreign("not sites/{site}/{family}/{sensor}/readings");
    }
    if (!SiteId.isValid(levels[1])) {
      return foreign("not a site id: " + levels[1]);
    }
    SiteId site = new SiteId(levels[1]);
    if (levels.length == 3 && levels[2].equals("run")) {
      return site.isRun()
          ? new TopicName(Kind.RUN, site, null, null, null, null)
          : foreign("a run is opened at sites/{site}@{run}/run");
    }
    String last = levels[levels.length - 1];
    if (levels.length == 5 && !last.equals("readings") && !last.equals("status")) {
      return foreign("readings end in /readings, not in /" + last);
    }
    if (levels.length != 5) {
      return foreign("not sites/{site}/{family}/{sensor}/readings");
    }
    if (!SensorId.isValid(levels[3])) {
      return foreign("not a sensor or gateway id: " + levels[3]);
    }
    boolean status = last.equals("status");
    if (levels[2].equals("gateways")) {
      return new TopicName(status ? Kind.STATUS : Kind.GATEWAY, site, null, null, levels[3], null);
    }
    Optional<Family> family = Family.find(levels[2]);
    if (family.isEmpty()) {
      return foreign("no such family: " + levels[2]);
    }
    return new TopicName(
        status ? Kind.STATUS : Kind.SENSOR,
        site,
        family.get(),
        new SensorId(levels[3]),
        null,
        null);
  }

  /**
   * Whether it lies under {@code sites/}, well formed or not: nobody else's format is spoken there.
   */
  boolean isOurs() {
    return kind != Kind.FOREIGN || problem == null || !problem.equals(NOT_OURS);
  }

  private static TopicName foreign(String problem) {
    return new TopicName(Kind.FOREIGN, null, null, null, null, problem);
  }
}
