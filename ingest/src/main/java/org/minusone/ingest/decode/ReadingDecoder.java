package org.minusone.ingest.decode;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.minusone.ingest.decode.codec.Envelope;
import org.minusone.model.CodecChoice;
import org.minusone.model.RejectionReason;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.port.SensorSightings;
import org.minusone.model.port.SiteCatalog;

/**
 * (topic, bytes, arrival) → readings and rejections. Every value of a message becomes one or the
 * other, a bad value does not cost its neighbours, and no payload gets an exception out of here.
 *
 * <p>What is checked, in this order: site, size, run, the topic's sensor and family, then by the
 * codec that is spoken on the topic: format, entry by entry sensor, gateway and time, value by
 * value quantity, unit and value. The first five fail for the message as one rejection, sensor,
 * gateway and time for their entry, the rest for the value.
 *
 * <p>Not thread-safe: it remembers the times it gave (see {@link ArrivalTimes}), and codecs
 * remember what was announced.
 */
public final class ReadingDecoder {
  /** A larger payload is refused unread; our own broker refuses it at the publisher. */
  public static final int MAX_BYTES = 256 * 1024;

  /** {@code ReadingDecoder} remembers the last given time of so many sensors by default. */
  public static final int DEFAULT_REMEMBERED = 200_000;

  private static final int ENTRIES_OF_A_MESSAGE = 100_000;

  private final SiteCatalog catalog;
  private final OpenRuns runs;
  private final ArrivalTimes times;
  private final Sightings sightings;
  private final Dialects dialects;

  /**
   * @param sightings told of sensors that nobody registered
   */
  public ReadingDecoder(
      SiteCatalog catalog, OpenRuns runs, SensorSightings sightings, int rememberedSensors) {
    this.catalog = catalog;
    this.runs = runs;
    this.times = new ArrivalTimes(rememberedSensors);
    this.sightings = new Sightings(sightings);
    this.dialects = new Dialects(catalog);
  }

  /** One that tells nobody of unknown sensors. */
  public ReadingDecoder(SiteCatalog catalog, OpenRuns runs, int rememberedSensors) {
    this(catalog, runs, sensor -> {}, rememberedSensors);
  }

  /**
   * What ingest is to subscribe to beside our own topics: other trees that sites have a codec for.
   */
  public static Set<String> foreignFilters(Collection<SiteVersion> sites) {
    return Dialects.foreignFilters(sites);
  }

  /**
   * What a message became.
   *
   * @param arrivalMs when it arrived, epoch milliseconds
   */
  public Decoded decode(String topic, byte[] payload, long arrivalMs) {
    return decode(topic, TopicName.parse(topic), payload, arrivalMs, (String) null);
  }

  /**
   * What a message became, its topic taken apart before.
   *
   * @param name {@code topic}, parsed; neither a run's control topic nor a status topic: those
   *     carry no readings
   * @param client who published it, {@code site/gateway} if it was a gateway: it may not speak for
   *     another gateway's sensors; null where the broker does not say
   */
  public Decoded decode(
      String topic, TopicName name, byte[] payload, long arrivalMs, String client) {
    return decode(topic, name, payload, arrivalMs, client, times);
  }

  /**
   * Decodes what was rejected before once more, by today's formats and registry. Readings without a
   * stamp get the time of their first arrival, whatever came since: tried again and again, they are
   * the same readings.
   *
   * @param arrivalMs of the first time
   * @param client as for {@link #decode(String, TopicName, byte[], long, String)}
   */
  public Decoded decodeAgain(String topic, byte[] payload, long arrivalMs, String client) {
    return decode(
        topic,
        TopicName.parse(topic),
        payload,
        arrivalMs,
        client,
        new ArrivalTimes(ENTRIES_OF_A_MESSAGE));
  }

  /** What is spoken on a topic, for a person: the codec's name, and the filter that chose it. */
  public Optional<String> codecOn(String topic) {
    return choiceOn(topic).map(choice -> choice.codec() + " (" + choice.filter() + ")");
  }

  /**
   * What is spoken on a topic; the standard's filter is {@code #}. Empty where the topic is
   * nobody's.
   */
  public Optional<CodecChoice> choiceOn(String topic) {
    return spoken(topic, TopicName.parse(topic)).map(spoken -> spoken.dialect().choice());
  }

  private Optional<Dialects.Spoken> spoken(String topic, TopicName name) {
    return name.kind() == TopicName.Kind.FOREIGN
        ? name.isOurs() ? Optional.empty() : dialects.ofForeign(topic)
        : dialects.of(name.site(), topic);
  }

  private Decoded decode(
      String topic,
      TopicName name,
      byte[] payload,
      long arrivalMs,
      String client,
      ArrivalTimes clock) {
    if (name.kind() == TopicName.Kind.RUN || name.kind() == TopicName.Kind.STATUS) {
      return refused("", RejectionReason.BAD_TOPIC, "no readings on this topic");
    }
    Optional<Dialects.Spoken> spoken = spoken(topic, name);
    boolean foreign = name.kind() == TopicName.Kind.FOREIGN;
    if (spoken.isEmpty()) {
      if (foreign && dialects.isAnswer(topic)) {
        return Decoded.nothing("on this topic gateways are spoken to");
      }
      return foreign
          ? refused("", RejectionReason.BAD_TOPIC, name.problem())
          : refused("", RejectionReason.UNKNOWN_SITE, "no such site: " + name.site().base());
    }
    SiteId site = foreign ? spoken.get().site().version().site() : name.site();
    if (payload.length > MAX_BYTES) {
      return refused(
          site.base().value(),
          RejectionReason.TOO_LARGE,
          payload.length + " bytes, limit " + MAX_BYTES);
    }
    if (site.isRun() && !runs.isOpen(site)) {
      // Under the base site: names of runs that never were must not fill our memory.
      return refused(
          site.base().value(),
          RejectionReason.RUN_CLOSED,
          "the run " + site.run().orElse("") + " has ended or was never opened");
    }
    Message message =
        new Message(site, foreign ? null : name, spoken.get(), client, arrivalMs, clock, sightings);
    String own = foreign || name.sensor() == null ? null : name.sensor().value();
    if (own != null && !message.admitsOwnSensor()) {
      return message.decoded();
    }
    spoken
        .get()
        .dialect()
        .codec()
        .decode(
            new Envelope(topic, own, foreign ? null : name.gateway(), payload, arrivalMs), message);
    return message.decoded();
  }

  private static Decoded refused(String site, RejectionReason reason, String detail) {
    return Decoded.refused(Rejection.one(site, reason, StrictJson.brief(detail)));
  }
}
