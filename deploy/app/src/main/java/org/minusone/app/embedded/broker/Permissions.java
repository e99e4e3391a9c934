package org.minusone.app.embedded.broker;

import org.minusone.ingest.decode.AnswerTopics;
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
      case INGEST -> AnswerTopics.covers(gateways.sites(), topic);
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
    String own = "sites/" + site.site().value() + "/gateways/" + gateway.id();
    if (filter.equals(own + "/confirm") || isAnswered(site, gateway, own + "/#", filter)) {
      return true;
    }
    if (!AnswerTopics.isCommand(filter)) {
      return AnswerTopics.isHostState(filter);
    }
    // Its topics may name messages (spBv1.0/Fubao/+/edge-1/#): commands to it are among them, or
    // beside them under the same group and node.
    return gateway.topics().stream()
        .anyMatch(topics -> TopicFilter.covers(withCommands(topics, filter), filter));
  }

  /** Its frames are confirmed there: under its own name, or among its topics. */
  private static boolean isAnswered(SiteVersion site, Gateway gateway, String own, String filter) {
    boolean isOwn =
        TopicFilter.covers(own, filter)
            || gateway.topics().stream().anyMatch(topics -> TopicFilter.covers(topics, filter));
    return isOwn
        && AnswerTopics.of(site, gateway.id())
            .anyMatch(answer -> TopicFilter.covers(answer, filter));
  }

  private static String withCommands(String topics, String filter) {
    String[] levels = topics.split("/", -1);
    if (levels.length >= 4 && !topics.startsWith("sites/")) {
      levels[2] = filter.split("/", -1)[2];
      return String.join("/", levels);
    }
    return topics;
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
