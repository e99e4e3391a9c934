package org.minusone.app.embedded.broker;

import org.minusone.ingest.mqtt.TopicFilter;
import org.minusone.model.Gateway;
import org.minusone.model.SensorId;
import org.minusone.model.SiteVersion;

/** What a client may publish and subscribe to, by the sites as they are now. */
final class Permissions {
  private final Gateways gateways;

  Permissions(Gateways gateways) {
    this.gateways = gateways;
  }

  boolean mayPublish(Client client, String topic) {
    return switch (client.kind()) {
      case ANONYMOUS, ENGINEER -> true;
      case INGEST -> isAnswer(topic);
      case GATEWAY ->
          gateways
              .named(client.user())
              .filter(placed -> mayPublish(placed.site(), placed.gateway(), topic))
              .isPresent();
    };
  }

  boolean maySubscribe(Client client, String filter) {
    return switch (client.kind()) {
      case ANONYMOUS, ENGINEER, INGEST -> true;
      case GATEWAY ->
          gateways
              .named(client.user())
              .filter(placed -> maySubscribe(placed.site(), placed.gateway(), filter))
              .isPresent();
    };
  }

  /** What ingest tells gateways: a frame is received; Sparkplug nodes and devices: do this. */
  private static boolean isAnswer(String topic) {
    return TopicFilter.covers("sites/+/gateways/+/confirm", topic) || isCommand(topic);
  }

  /** Sparkplug's {@code namespace/group/NCMD/node} and {@code namespace/group/DCMD/node/device}. */
  private static boolean isCommand(String topic) {
    String[] levels = topic.split("/", -1);
    return levels.length >= 4 && (levels[2].equals("NCMD") || levels[2].equals("DCMD"));
  }

  private static boolean mayPublish(SiteVersion site, Gateway gateway, String topic) {
    String[] levels = topic.split("/", -1);
    if (levels[0].equals("sites") && levels.length > 1 && levels[1].indexOf('@') >= 0) {
      // A run is an engineer's.
      return false;
    }
    if (gateway.topics().stream().anyMatch(filter -> TopicFilter.matches(filter, topic))) {
      return true;
    }
    if (levels.length < 5 || !levels[0].equals("sites") || !levels[1].equals(site.site().value())) {
      return false;
    }
    return levels[2].equals("gateways")
        ? levels[3].equals(gateway.id())
        : speaksFor(site, gateway, levels[2], levels[3]);
  }

  private static boolean speaksFor(
      SiteVersion site, Gateway gateway, String family, String sensor) {
    return SensorId.isValid(sensor)
        && site.sensor(new SensorId(sensor))
            .filter(one -> gateway.id().equals(one.gateway()))
            .filter(one -> one.family().id().equals(family))
            .isPresent();
  }

  private static boolean maySubscribe(SiteVersion site, Gateway gateway, String filter) {
    String confirm = "sites/" + site.site().value() + "/gateways/" + gateway.id() + "/confirm";
    if (filter.equals(confirm)) {
      return true;
    }
    if (!isCommand(filter)) {
      return isHostState(filter);
    }
    // Its topics may name messages (spBv1.0/Fubao/+/edge-1/#): commands to it are among them, or
    // beside them under the same group and node.
    return gateway.topics().stream()
        .anyMatch(topics -> TopicFilter.covers(withCommands(topics, filter), filter));
  }

  private static String withCommands(String topics, String filter) {
    String[] levels = topics.split("/", -1);
    if (levels.length >= 4 && !topics.startsWith("sites/")) {
      levels[2] = filter.split("/", -1)[2];
      return String.join("/", levels);
    }
    return topics;
  }

  /** Sparkplug nodes watch whether their host is there; nobody's secret. */
  private static boolean isHostState(String filter) {
    String[] levels = filter.split("/", -1);
    return levels.length == 3 && levels[0].startsWith("spBv") && levels[1].equals("STATE");
  }

  /** How many messages a second it may publish; 0 = no limit. */
  double messagesPerSecond(Client client) {
    return client.kind() != Client.Kind.GATEWAY
        ? 0
        : gateways
            .named(client.user())
            .map(placed -> placed.gateway().messagesPerSecond())
            .orElse(0.0);
  }
}
