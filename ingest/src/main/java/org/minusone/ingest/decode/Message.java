package org.minusone.ingest.decode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.minusone.ingest.decode.codec.Entries;
import org.minusone.model.Calibration;
import org.minusone.model.Family;
import org.minusone.model.QualityFlag;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.RejectionReason;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.SiteId;
import org.minusone.model.Stamp;

/**
 * One message on its way to readings and rejections: what its codec tells of it, held against
 * registry, units and time.
 */
final class Message implements Entries {
  /** A stamp further ahead of its arrival is replaced (CONTRACTS §2.1). */
  static final long MOST_AHEAD_MS = 60_000;

  /** 2000-01-01; an earlier stamp is a clock that was never set, or seconds for milliseconds. */
  static final long EARLIEST_MS = 946_684_800_000L;

  /** 2200-01-01; a later stamp is microseconds, or nonsense. */
  static final long LATEST_MS = 7_258_118_400_000L;

  /** Readings of one message: what Kafka is given at once stays bounded. */
  static final int MOST_READINGS = 10_000;

  private static final int MOST_ANSWERS = 64;

  private static final Map<String, Quantity> QUANTITIES =
      java.util.Arrays.stream(Quantity.values())
          .collect(Collectors.toUnmodifiableMap(Quantity::id, quantity -> quantity));

  private final SiteId site;
  private final TopicName topic;
  private final Dialects.OfSite registry;
  private final Dialect dialect;
  private final String speaker;
  private final long arrivalMs;
  private final ArrivalTimes times;
  private final Sightings sightings;
  private final List<Reading> readings = new ArrayList<>(4);
  private final List<Rejection> rejections = new ArrayList<>(0);
  private final List<Answer> answers = new ArrayList<>(0);
  private boolean saidSomething;
  private String nothing;
  private int tooMany;

  /** The sensor of the entry; null before the first, and where the entry was refused. */
  private SensorKey key;

  /** What the payload calls {@link #key}, to know it again. */
  private String device;

  private Sensor registered;
  private Family family;
  private boolean skipping;
  private long timeMs;
  private Stamp stamp;
  private boolean given;

  /** What is held against all values of the entry: a clock that runs ahead. */
  private QualityFlag flag = QualityFlag.PASS;

  /**
   * @param site the site or run that speaks
   * @param topic null on a topic of another tree
   * @param client who published, {@code site/gateway} if it is one; null where nobody knows
   * @param sightings null where nobody wants to know of unknown sensors
   */
  Message(
      SiteId site,
      TopicName topic,
      Dialects.Spoken spoken,
      String client,
      long arrivalMs,
      ArrivalTimes times,
      Sightings sightings) {
    this.site = site;
    this.topic = topic;
    this.registry = spoken.site();
    this.dialect = spoken.dialect();
    this.speaker = speaker(site, topic, client);
    this.arrivalMs = arrivalMs;
    this.times = times;
    this.sightings = sightings;
  }

  /** The gateway by its topic, else by its name at the broker; another site's with its site. */
  private static String speaker(SiteId site, TopicName topic, String client) {
    if (topic != null && topic.gateway() != null) {
      return topic.gateway();
    }
    if (client == null || client.indexOf('/') < 0) {
      return null;
    }
    String own = site.base().value() + "/";
    return client.startsWith(own) ? client.substring(own.length()) : client;
  }

  /** Whether the topic's own sensor may speak; otherwise it was rejected. */
  boolean admitsOwnSensor() {
    return aim(null);
  }

  Decoded decoded() {
    if (!saidSomething && rejections.isEmpty()) {
      reject(RejectionReason.BAD_PAYLOAD, "there is no measurement in it");
    }
    if (tooMany > 0) {
      rejections.add(
          new Rejection(
              site.value(),
              new org.minusone.model.Rejected(
                  RejectionReason.TOO_LARGE,
                  "more than " + MOST_READINGS + " readings in one message"),
              tooMany));
    }
    boolean silent = readings.isEmpty() && rejections.isEmpty();
    String why = nothing == null ? "only what the configuration ignores" : nothing;
    return new Decoded(readings, rejections, answers, silent ? why : null).folded();
  }

  @Override
  public void entry(String named, long entryMs, boolean historical) {
    saidSomething = true;
    skipping = !aim(named) || !isTime(entryMs);
    if (skipping) {
      return;
    }
    boolean ahead = entryMs > arrivalMs + MOST_AHEAD_MS;
    if (historical) {
      stamp = Stamp.HISTORICAL; // whatever its time: it must not raise as if it were new
    } else if (entryMs == NO_TIME) {
      stamp = Stamp.ARRIVAL;
    } else {
      stamp = ahead ? Stamp.REPLACED : Stamp.OWN;
    }
    given = entryMs != NO_TIME && !ahead;
    timeMs = entryMs;
    flag = ahead ? QualityFlag.SUSPECT : QualityFlag.PASS;
  }

  private boolean isTime(long entryMs) {
    if (entryMs == NO_TIME || (entryMs >= EARLIEST_MS && entryMs < LATEST_MS)) {
      return true;
    }
    reject(RejectionReason.BAD_TIME, key.sensor() + ": ts=" + entryMs + ", " + TIME_EXPECTED);
    return false;
  }

  @Override
  public void number(String name, double value, String unit, QualityFlag said) {
    Quantity quantity = quantity(name);
    if (quantity == null) {
      return;
    }
    if (quantity.isWord()) {
      unknownWord(quantity, StrictJson.brief(Double.toString(value)));
      return;
    }
    Calibration calibration = registered == null ? null : registered.calibrations().get(quantity);
    String from = unit(quantity, unit, calibration);
    Optional<Units.Conversion> conversion = Optional.empty();
    if (from != null && !from.equals(quantity.unit())) {
      conversion = Units.conversion(quantity, from);
      if (conversion.isEmpty()) {
        reject(
            RejectionReason.UNKNOWN_UNIT,
            shown(quantity, value + " " + StrictJson.brief(from))
                + "; known are "
                + String.join(", ", Units.known(quantity)));
        return;
      }
    }
    double own = Units.inOurs(value, conversion.orElse(null), calibration);
    if (!Double.isFinite(own)) {
      reject(RejectionReason.NOT_A_NUMBER, shown(quantity, Double.toString(value)));
      return;
    }
    if (hasRoom()) {
      readings.add(
          new Reading(
              site,
              family,
              key.sensor(),
              quantity,
              time(),
              arrivalMs,
              stamp,
              own,
              null,
              worst(said, worst(flag, quantity.grossRange(own)))));
    }
  }

  private static QualityFlag worst(QualityFlag one, QualityFlag other) {
    return one.code() > other.code() ? one : other;
  }

  /** The payload's word counts most, then the sensor's, then the topic's. */
  private String unit(Quantity quantity, String said, Calibration calibration) {
    if (said != null && !said.isEmpty()) {
      return said;
    }
    return calibration != null && calibration.unit() != null
        ? calibration.unit()
        : dialect.choice().units().get(quantity);
  }

  @Override
  public void word(String name, String word) {
    Quantity quantity = quantity(name);
    if (quantity == null) {
      return;
    }
    if (!quantity.isWord()) {
      reject(RejectionReason.NOT_A_NUMBER, shown(quantity, '"' + StrictJson.brief(word) + '"'));
    } else if (!quantity.words().contains(word)) {
      unknownWord(quantity, '"' + StrictJson.brief(word) + '"');
    } else if (hasRoom()) {
      readings.add(
          new Reading(
              site,
              family,
              key.sensor(),
              quantity,
              time(),
              arrivalMs,
              stamp,
              Double.NaN,
              word,
              flag));
    }
  }

  @Override
  public void neither(String name, String shown) {
    Quantity quantity = quantity(name);
    if (quantity != null && quantity.isWord()) {
      unknownWord(quantity, shown);
    } else if (quantity != null) {
      reject(RejectionReason.NOT_A_NUMBER, shown(quantity, shown));
    }
  }

  private void unknownWord(Quantity quantity, String shown) {
    reject(
        RejectionReason.UNKNOWN_WORD,
        shown(quantity, shown) + ", one of " + String.join(", ", quantity.words()));
  }

  private String shown(Quantity quantity, String value) {
    return key.sensor() + ": " + quantity.id() + "=" + value;
  }

  /** Null where the value is not to be read: its entry or itself was refused, or is ignored. */
  private Quantity quantity(String name) {
    saidSomething = true;
    if (dialect.choice().ignore().contains(name)) {
      return null;
    }
    if (key == null && !skipping) {
      // A value before the first entry is the topic's own sensor's, now.
      entry(null, NO_TIME, false);
    }
    if (skipping) {
      return null;
    }
    Quantity quantity = dialect.choice().quantities().get(name);
    if (quantity == null) {
      quantity = QUANTITIES.get(name);
    }
    if (quantity != null && family.quantities().contains(quantity)) {
      return quantity;
    }
    reject(
        RejectionReason.UNKNOWN_QUANTITY,
        key.sensor()
            + ": "
            + StrictJson.brief(name)
            + "; "
            + family.id()
            + " has "
            + family.quantities().stream().map(Quantity::id).collect(Collectors.joining(", ")));
    return null;
  }

  /** Given only when there is a reading to stamp; then the whole entry shares it. */
  private long time() {
    if (!given) {
      timeMs = times.next(key, arrivalMs);
      given = true;
    }
    return timeMs;
  }

  private boolean hasRoom() {
    if (readings.size() < MOST_READINGS) {
      return true;
    }
    tooMany++;
    return false;
  }

  @Override
  public void refuse(RejectionReason reason, String detail) {
    saidSomething = true;
    reject(reason, StrictJson.line(detail));
  }

  @Override
  public void offline(String named, long offlineMs) {
    entry(named, offlineMs, false);
    if (!skipping && hasRoom()) {
      readings.add(
          Reading.word(
              key, family, Quantity.STATE, time(), arrivalMs, stamp, Quantity.OFFLINE_WORD));
    }
  }

  @Override
  public void nothing(String why) {
    saidSomething = true;
    nothing = StrictJson.line(why);
  }

  @Override
  public void answer(String answerTopic, byte[] payload) {
    saidSomething = true;
    if (answers.size() < MOST_ANSWERS) {
      answers.add(new Answer(answerTopic, payload));
    }
  }

  private void reject(RejectionReason reason, String detail) {
    rejections.add(Rejection.one(site.value(), reason, detail));
  }

  /** Aims at the sensor that is called so, or rejects it. */
  private boolean aim(String named) {
    if (key != null && (named == null ? device == null : named.equals(device))) {
      return true;
    }
    key = null;
    if (named == null) {
      return aimAtTopic();
    }
    Sensor found = find(named);
    if (found == null) {
      return aimAtUnknown(named);
    }
    if (isAnothers(found)) {
      return false;
    }
    if (topic != null && topic.sensor() != null && !found.id().equals(topic.sensor())) {
      reject(
          RejectionReason.UNKNOWN_SENSOR,
          "the topic is " + topic.sensor() + "'s, the payload speaks for " + found.id());
      return false;
    }
    aimAt(found.id(), found.family(), found, named);
    return true;
  }

  private boolean isAnothers(Sensor found) {
    if (speaker == null || found.gateway() == null || found.gateway().equals(speaker)) {
      return false;
    }
    reject(
        RejectionReason.WRONG_GATEWAY,
        found.id() + " belongs to gateway " + found.gateway() + ", not to " + speaker);
    return true;
  }

  private Sensor find(String named) {
    if (SensorId.isValid(named)) {
      Sensor byId = registry.version().sensors().get(new SensorId(named));
      if (byId != null) {
        return byId;
      }
    }
    SensorId byAlias = registry.aliases().get(named);
    return byAlias == null ? null : registry.version().sensors().get(byAlias);
  }

  private boolean aimAtTopic() {
    if (topic == null || topic.sensor() == null) {
      reject(RejectionReason.UNKNOWN_SENSOR, "neither topic nor payload says which sensor");
      return false;
    }
    Sensor found = registry.version().sensors().get(topic.sensor());
    if (found == null) {
      return admit(topic.sensor().value(), null);
    }
    if (topic.family() != null && topic.family() != found.family()) {
      reject(
          RejectionReason.WRONG_FAMILY,
          found.id() + " is " + found.family().id() + ", the topic says " + topic.family().id());
      return false;
    }
    if (isAnothers(found)) {
      return false;
    }
    aimAt(found.id(), found.family(), found, null);
    return true;
  }

  private boolean aimAtUnknown(String named) {
    if (topic != null && named.equals(topic.sensor() == null ? null : topic.sensor().value())) {
      return aimAtTopic();
    }
    if (!SensorId.isValid(named)) {
      if (!named.isEmpty()) {
        sighted(named, false);
      }
      // Beginning with the name: the list of unknown sensors counts by it.
      reject(
          RejectionReason.UNKNOWN_SENSOR,
          StrictJson.brief(named) + " is neither a sensor id nor anybody's alias");
      return false;
    }
    return admit(named, named);
  }

  /** A sensor that nobody registered: by the policy of the site, where its family is known. */
  private boolean admit(String sensor, String named) {
    Family said = topic == null ? null : topic.family();
    boolean run = site.isRun();
    boolean admitted = said != null && (run || registry.version().admitsUnknown());
    if (!run) {
      sighted(sensor, admitted);
    }
    if (admitted) {
      aimAt(new SensorId(sensor), said, null, named);
      return true;
    }
    boolean wouldWithFamily = run || registry.version().admitsUnknown();
    reject(
        RejectionReason.UNKNOWN_SENSOR,
        sensor
            + " is not registered at "
            + site.base()
            + (wouldWithFamily ? "; this topic names no family for it" : ""));
    return false;
  }

  private void sighted(String sensor, boolean admitted) {
    if (sightings != null && !site.isRun()) {
      sightings.heard(
          site,
          StrictJson.brief(sensor),
          topic == null ? null : topic.family(),
          topic == null ? null : topic.gateway(),
          admitted,
          arrivalMs);
    }
  }

  private void aimAt(SensorId sensor, Family itsFamily, Sensor itsEntry, String named) {
    key = new SensorKey(site, sensor);
    family = itsFamily;
    registered = itsEntry;
    device = named;
  }
}
