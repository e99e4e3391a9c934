package org.minusone.app.embedded.broker;

import com.hivemq.extension.sdk.api.auth.PublishAuthorizer;
import com.hivemq.extension.sdk.api.auth.SubscriptionAuthorizer;
import com.hivemq.extension.sdk.api.auth.parameter.PublishAuthorizerInput;
import com.hivemq.extension.sdk.api.auth.parameter.PublishAuthorizerOutput;
import com.hivemq.extension.sdk.api.auth.parameter.SubscriptionAuthorizerInput;
import com.hivemq.extension.sdk.api.auth.parameter.SubscriptionAuthorizerOutput;
import com.hivemq.extension.sdk.api.packets.disconnect.DisconnectReasonCode;
import com.hivemq.extension.sdk.api.packets.subscribe.SubackReasonCode;

/**
 * Asks for each message and subscription of one connection whether its client may. A publisher that
 * may not is disconnected, which none overlooks; what can be said in an acknowledgement, {@link
 * Inbound} has said before.
 */
final class Guard implements PublishAuthorizer, SubscriptionAuthorizer {
  private final Client client;
  private final Permissions permissions;
  private final Refusals refusals;

  Guard(Client client, Permissions permissions, Refusals refusals) {
    this.client = client;
    this.permissions = permissions;
    this.refusals = refusals;
  }

  @Override
  public void authorizePublish(PublishAuthorizerInput input, PublishAuthorizerOutput output) {
    String topic = input.getPublishPacket().getTopic();
    if (permissions.mayPublish(client, topic)) {
      output.authorizeSuccessfully();
      return;
    }
    refusals.add(client, "publish to", topic);
    output.disconnectClient(
        DisconnectReasonCode.NOT_AUTHORIZED, client.user() + " may not publish to " + topic);
  }

  @Override
  public void authorizeSubscribe(
      SubscriptionAuthorizerInput input, SubscriptionAuthorizerOutput output) {
    String filter = input.getSubscription().getTopicFilter();
    if (permissions.maySubscribe(client, filter)) {
      output.authorizeSuccessfully();
    } else {
      refusals.add(client, "subscribe to", filter);
      output.failAuthorization(SubackReasonCode.NOT_AUTHORIZED);
    }
  }
}
