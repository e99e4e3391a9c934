package org.minusone.app.embedded.broker;

import com.hivemq.extension.sdk.api.auth.PublishAuthorizer;
import com.hivemq.extension.sdk.api.auth.SubscriptionAuthorizer;
import com.hivemq.extension.sdk.api.auth.parameter.PublishAuthorizerInput;
import com.hivemq.extension.sdk.api.auth.parameter.PublishAuthorizerOutput;
import com.hivemq.extension.sdk.api.auth.parameter.SubscriptionAuthorizerInput;
import com.hivemq.extension.sdk.api.auth.parameter.SubscriptionAuthorizerOutput;
import com.hivemq.extension.sdk.api.packets.disconnect.DisconnectReasonCode;
import com.hivemq.extension.sdk.api.packets.general.MqttVersion;
import com.hivemq.extension.sdk.api.packets.general.Qos;
import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;
import com.hivemq.extension.sdk.api.packets.subscribe.SubackReasonCode;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for each message and subscription of one connection whether its client may. A refused
 * publisher hears of it in the acknowledgement; where there is none to say it in (MQTT 3.1.1) it is
 * disconnected, which no publisher overlooks.
 */
final class Guard implements PublishAuthorizer, SubscriptionAuthorizer {
  private static final Logger log = LoggerFactory.getLogger(Guard.class);

  private final Client client;
  private final Permissions permissions;
  private final LongAdder refused;

  Guard(Client client, Permissions permissions, LongAdder refused) {
    this.client = client;
    this.permissions = permissions;
    this.refused = refused;
  }

  @Override
  public void authorizePublish(PublishAuthorizerInput input, PublishAuthorizerOutput output) {
    String topic = input.getPublishPacket().getTopic();
    if (permissions.mayPublish(client, topic)) {
      output.authorizeSuccessfully();
      return;
    }
    told("publish to", topic);
    boolean hears =
        input.getConnectionInformation().getMqttVersion() == MqttVersion.V_5
            && input.getPublishPacket().getQos() != Qos.AT_MOST_ONCE;
    if (hears) {
      output.failAuthorization(
          AckReasonCode.NOT_AUTHORIZED, client.user() + " may not publish here");
    } else {
      output.disconnectClient(
          DisconnectReasonCode.NOT_AUTHORIZED, client.user() + " may not publish to " + topic);
    }
  }

  @Override
  public void authorizeSubscribe(
      SubscriptionAuthorizerInput input, SubscriptionAuthorizerOutput output) {
    String filter = input.getSubscription().getTopicFilter();
    if (permissions.maySubscribe(client, filter)) {
      output.authorizeSuccessfully();
    } else {
      told("subscribe to", filter);
      output.failAuthorization(SubackReasonCode.NOT_AUTHORIZED);
    }
  }

  private void told(String what, String where) {
    refused.increment();
    if (client.tellsRefusal()) {
      log.warn(
          "MQTT client {} ({}) may not {} {}: refused, and so is what else it may not, without"
              + " another line",
          client.id(),
          client.user(),
          what,
          where);
    }
  }
}
