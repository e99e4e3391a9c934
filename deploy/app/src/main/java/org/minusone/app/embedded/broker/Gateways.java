package org.minusone.app.embedded.broker;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.minusone.model.Gateway;
import org.minusone.model.SiteVersion;

/** The gateways of all sites, as they are now. */
final class Gateways {
  private final Supplier<Collection<SiteVersion>> sites;

  /** A gateway and the site it stands in. */
  record Placed(SiteVersion site, Gateway gateway) {
    /** Its MQTT user name, {@code site/gateway}. */
    String user() {
      return site.site().value() + "/" + gateway.id();
    }
  }

  Gateways(Supplier<Collection<SiteVersion>> sites) {
    this.sites = sites;
  }

  Collection<SiteVersion> sites() {
    return sites.get();
  }

  /** By its user name. */
  Optional<Placed> named(String user) {
    int slash = user.indexOf('/');
    if (slash < 0) {
      return Optional.empty();
    }
    for (SiteVersion site : sites.get()) {
      if (site.site().value().equals(user.substring(0, slash))) {
        return Optional.ofNullable(site.gateways().get(user.substring(slash + 1)))
            .map(gateway -> new Placed(site, gateway));
      }
    }
    return Optional.empty();
  }

  /** Those that a certificate of that subject's common name lets in. */
  List<Placed> certified(String commonName) {
    return sites.get().stream()
        .flatMap(site -> site.gateways().values().stream().map(one -> new Placed(site, one)))
        .filter(placed -> commonName.equals(placed.gateway().certificate()))
        .toList();
  }
}
