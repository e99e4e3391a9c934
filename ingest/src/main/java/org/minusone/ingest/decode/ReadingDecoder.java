package org.minusone.ingest.decode;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;
import org.minusone.model.Family;
import org.minusone.model.RejectionReason;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.port.SiteCatalog;

/**
 * (topic, bytes, arrival) → readings and rejections. Every value of a message becomes one or the
 * other, a bad value does not cost its neighbours, and no payload gets an exception out of here.
 *
 * <p>What is checked, in this order: size, topic, site, run, sensor and family, JSON, form, time,
 * quantity, value. The first five fail for the message (on a gateway topic: for the sensor) as one
 * rejection, the time for its entry, the rest for the value.
 *
 * <p>A number may come as text, {@code "21.5"}: ThingsBoard casts text that is a plain decimal
 * (digits, one point, a leading minus) unless told not to, and devices in the field rely on it. An
 * exponent, a unit or a blank in the text is refused as {@link RejectionReason#NOT_A_NUMBER}, like
 * null, NaN, true and what overflows a double.
 *
 * <p>Not thread-safe: it remembers the times it gave (see {@link ArrivalTimes}).
 */
public final class ReadingDecoder {
  /** A larger payload is refused unread; our own broker refuses it at the publisher. */
  public static final int MAX_BYTES = 256 * 1024;

  /** {@code ReadingDecoder} remembers the last given time of so many sensors by default. */
  public static final int DEFAULT_REMEMBERED = 200_000;

  private final SiteCatalog catalog;
  private final OpenRuns runs;
  private final ArrivalTimes times;

  public ReadingDecoder(SiteCatalog catalog, OpenRuns runs, int rememberedSensors) {
    this.catalog = catalog;
    this.runs = runs;
    this.times = new ArrivalTimes(rememberedSensors);
  }

  /**
   * What a message became.
   *
   * @param arrivalMs when it arrived, epoch milliseconds
   */
  public Decoded decode(String topic, byte[] payload, long arrivalMs) {
    return decode(TopicName.parse(topic), payload, arrivalMs);
  }

  /**
   * What a message became, its topic taken apart before.
   *
   * @param topic neither a run's control topic nor a status topic: those carry no readings
   */
  public Decoded decode(TopicName topic, byte[] payload, long arrivalMs) {
    if (topic.kind() == TopicName.Kind.FOREIGN) {
      return refused("", RejectionReason.BAD_TOPIC, topic.problem());
    }
    if (topic.kind() == TopicName.Kind.RUN || topic.kind() == TopicName.Kind.STATUS) {
      return refused("", RejectionReason.BAD_TOPIC, "no readings on this topic");
    }
    SiteId site = topic.site();
    Optional<SiteVersion> live = catalog.live(site);
    if (live.isEmpty()) {
      return refused("", RejectionReason.UNKNOWN_SITE, "no such site: " + site.base());
    }
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
    Message message = new Message(site, arrivalMs, times);
    boolean gateway = topic.kind() == TopicName.Kind.GATEWAY;
    if (!gateway && !admit(message, live.get(), topic.sensor(), topic.family())) {
      return message.decoded();
    }
    JsonNode root;
    try {
      root = StrictJson.parse(payload);
    } catch (IOException e) {
      return refused(site.value(), RejectionReason.BAD_PAYLOAD, e.getMessage());
    }
    if (gateway) {
      ThingsBoardJson.readGateway(root, new ByDevice(message, live.get()));
    } else {
      ThingsBoardJson.read(root, message);
    }
    return message.decoded().folded();
  }

  private static Decoded refused(String site, RejectionReason reason, String detail) {
    return Decoded.refused(Rejection.one(site, reason, StrictJson.brief(detail)));
  }

  /**
   * Aims {@code message} at a sensor, or rejects it.
   *
   * @param family by the topic; null where it names none
   */
  private static boolean admit(Message message, SiteVersion live, SensorId sensor, Family family) {
    Optional<Sensor> registered = live.sensor(sensor);
    if (registered.isPresent()) {
      Family own = registered.get().family();
      if (family != null && family != own) {
        message.reject(
            RejectionReason.WRONG_FAMILY,
            sensor + " is " + own.id() + ", the topic says " + family.id());
        return false;
      }
      message.aimAt(sensor, own);
      return true;
    }
    if (message.site().isRun() && family != null) {
      message.aimAt(sensor, family);
      return true;
    }
    message.reject(
        RejectionReason.UNKNOWN_SENSOR,
        sensor
            + " is not registered at "
            + message.site().base()
            + (family == null && message.site().isRun()
                ? "; a gateway topic names no family for it"
                : ""));
    return false;
  }

  /** The entries of a gateway's message: each names its sensor. */
  private record ByDevice(Message message, SiteVersion live) implements ThingsBoardJson.Entries {
    @Override
    public void entry(String device, JsonNode ts, JsonNode values) {
      if (aim(device)) {
        message.entry(device, ts, values);
      }
    }

    @Override
    public void badEntry(String device, String detail) {
      if (device == null || aim(device)) {
        message.badEntry(device, detail);
      }
    }

    @Override
    public void tooManyValues(String device, int values) {
      if (aim(device)) {
        message.tooManyValues(device, values);
      }
    }

    private boolean aim(String device) {
      if (!SensorId.isValid(device)) {
        message.reject(
            RejectionReason.UNKNOWN_SENSOR, "not a sensor id: " + StrictJson.brief(device));
        return false;
      }
      SensorId sensor = new SensorId(device);
      SensorKey current = message.key();
      return (current != null && current.sensor().equals(sensor))
          || admit(message, live, sensor, null);
    }
  }
}
