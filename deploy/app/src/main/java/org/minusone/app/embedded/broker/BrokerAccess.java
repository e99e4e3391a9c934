package org.minusone.app.embedded.broker;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.minusone.model.SiteVersion;

/**
 * Who is let in.
 *
 * @param anonymous whether a client without a known user name is let in and may do everything: for
 *     loopback, where {@code mosquitto_pub} works at once
 * @param house users of our own, by name
 * @param sites the live version of every site, asked again and again; empty while unknown
 */
public record BrokerAccess(
    boolean anonymous, Map<String, HouseUser> house, Supplier<Collection<SiteVersion>> sites) {
  public BrokerAccess {
    house = Map.copyOf(house);
  }

  /** Anybody, and our own users by their passwords. */
  public static BrokerAccess open(List<HouseUser> house, Supplier<Collection<SiteVersion>> sites) {
    return new BrokerAccess(true, byName(house), sites);
  }

  /** Nobody but gateways of the sites and our own users. */
  public static BrokerAccess closed(
      List<HouseUser> house, Supplier<Collection<SiteVersion>> sites) {
    return new BrokerAccess(false, byName(house), sites);
  }

  private static Map<String, HouseUser> byName(List<HouseUser> house) {
    return house.stream().collect(Collectors.toMap(HouseUser::name, Function.identity()));
  }
}
