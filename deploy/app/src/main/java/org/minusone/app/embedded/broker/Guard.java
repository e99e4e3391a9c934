package org.minusone.app.embedded.broker;

import com.hivemq.extension.sdk.api.auth.PublishAuthorizer;
import com.hivemq.extension.sdk.api.auth.SubscriptionAuthorizer;
import com.hivemq.extension.sdk.api.auth.parameter.PublishAuthorizerInput;
import com.hivemq.extension.sdk.api.auth.parameter.PublishAuthorizerOutput;
import com.hivemq.extension.sdk.api.auth.parameter.SubscriptionAuthorizerInput;
import com.hivemq.extension.sdk.api.auth.parameter.SubscriptionAuthorizerOutput;
import com.hivemq.extension.sdk.api.packets.connect.WillPublishPacket;
import com.hivemq.extension.sdk.api.packets.disconnect.DisconnectReasonCode;
import com.hivemq.extension.sdk.api.packets.subscribe.SubackReasonCode;

/**
 * Asks for each subscription of one connection whether its client may, and for its last will, which
 * goes by {@link Inbound}. Messages it need not look at: Inbound has refused before what may not
 * be, and here a client that left at once may be forgotten already.
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
    boolean isWill = input.getPublishPacket() instanceof WillPublishPacket;
    if (!isWill || permissions.mayPublish(client, topic)) {
      output.authorizeSuccessfully();
      return;
    }
    refusals.add(client, "leave a will on", topic);
    output.disconnectClient(
        DisconnectReasonCode.NOT_AUTHORIZED, client.user() + " may leave no will on " + topic);
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
