package org.minusone.app.embedded.broker;

import com.hivemq.extension.sdk.api.async.Async;
import com.hivemq.extension.sdk.api.async.TimeoutFallback;
import com.hivemq.extension.sdk.api.interceptor.publish.PublishInboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundInput;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundOutput;
import com.hivemq.extension.sdk.api.packets.general.ModifiableUserProperties;
import com.hivemq.extension.sdk.api.packets.general.MqttVersion;
import com.hivemq.extension.sdk.api.packets.general.Qos;
import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.minusone.ingest.mqtt.MqttSource;

/**
 * Refuses what a publisher may not, whatever the version and QoS, and though it be gone by now;
 * writes on each message who published it, over whatever the publisher wrote there, and holds it
 * back while its gateway is faster than it may be.
 */
final class Inbound implements PublishInboundInterceptor {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Client client;
  private final Pace pace;
  private final Permissions permissions;
  private final Refusals refusals;
  private final ScheduledExecutorService threads;
  private final Consumer<Client> cutOff;

  /**
   * @param cutOff ends a client's connection
   */
  Inbound(
      Client client,
      Pace pace,
      Permissions permissions,
      Refusals refusals,
      ScheduledExecutorService threads,
      Consumer<Client> cutOff) {
    this.client = client;
    this.pace = pace;
    this.permissions = permissions;
    this.refusals = refusals;
    this.threads = threads;
    this.cutOff = cutOff;
  }

  @Override
  public void onInboundPublish(PublishInboundInput input, PublishInboundOutput output) {
    String topic = input.getPublishPacket().getTopic();
    if (!permissions.mayPublish(client, topic)) {
      refusals.add(client, "publish to", topic);
      output.preventPublishDelivery(
          AckReasonCode.NOT_AUTHORIZED, client.user() + " may not publish here");
      if (client.kind() != Client.Kind.INGEST && !hearsOfRefusal(input)) {
        cutOff.accept(client);
      }
      return;
    }
    ModifiableUserProperties properties = output.getPublishPacket().getUserProperties();
    properties.removeName(MqttSource.CLIENT_PROPERTY);
    properties.addUserProperty(MqttSource.CLIENT_PROPERTY, client.user());
    double perSecond = permissions.messagesPerSecond(client);
    long waitNanos = pace.reserve(perSecond, System.nanoTime());
    if (waitNanos > 0) {
      Async<PublishInboundOutput> later =
          output.async(PATIENCE.plusNanos(waitNanos), TimeoutFallback.SUCCESS);
      try {
        threads.schedule(later::resume, waitNanos, TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException e) {
        later.resume();
      }
    }
  }

  /**
   * MQTT 3.1.1 and QoS 0 have no word for it: there the connection ends, which none overlooks. Not
   * ingest's: one answer that may not leave must not cost the session on which everything arrives.
   */
  private static boolean hearsOfRefusal(PublishInboundInput input) {
    return input.getConnectionInformation().getMqttVersion() == MqttVersion.V_5
        && input.getPublishPacket().getQos() != Qos.AT_MOST_ONCE;
  }
}
