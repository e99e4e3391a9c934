package org.minusone.app.embedded.broker;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.minusone.model.CodecChoice;
import org.minusone.model.Family;
import org.minusone.model.Gateway;
import org.minusone.model.Quantity;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.Text;

/** A site whose gateways a test changes as {@code site apply} would. */
public final class BrokerSites implements Supplier<Collection<SiteVersion>> {
  private static final Text NAME = new Text("门", "gate");

  private final List<Gateway> gateways = new ArrayList<>();
  private final List<CodecChoice> codecs = new ArrayList<>();
  private volatile List<SiteVersion> live = List.of();

  /** H-07 is gw-1's, H-08 gw-2's, H-09 nobody's. */
  public BrokerSites apply(Gateway... now) {
    gateways.clear();
    gateways.addAll(List.of(now));
    Map<SensorId, Sensor> sensors =
        List.of(sensor("H-07", "gw-1"), sensor("H-08", "gw-2"), sensor("H-09", null)).stream()
            .collect(Collectors.toMap(Sensor::id, one -> one));
    live =
        List.of(
            new SiteVersion(
                new SiteId("fubao"),
                1,
                Instant.EPOCH,
                "test",
                NAME,
                "Asia/Shanghai",
                false,
                sensors,
                List.of(),
                List.of(),
                false,
                gateways.stream().collect(Collectors.toMap(Gateway::id, one -> one)),
                List.copyOf(codecs)));
    return this;
  }

  /** GB/T 26875.3 on that filter, confirmed on that topic, from the next {@link #apply} on. */
  public BrokerSites confirming(String filter, String topic) {
    codecs.add(
        new CodecChoice(
            filter,
            "gbt26875",
            Map.of(),
            Map.of(),
            Set.of(),
            topic == null ? Map.of() : Map.of("confirm-topic", topic)));
    return this;
  }

  private static Sensor sensor(String id, String gateway) {
    return new Sensor(
        new SensorId(id),
        Family.HAZMAT_STORAGE,
        NAME,
        null,
        null,
        List.of(Quantity.TEMPERATURE),
        gateway,
        Set.of(),
        Map.of(),
        null);
  }

  public static Gateway gateway(String id, String hash, String... topics) {
    return new Gateway(id, NAME, hash, null, 0, List.of(topics));
  }

  @Override
  public Collection<SiteVersion> get() {
    return live;
  }
}
