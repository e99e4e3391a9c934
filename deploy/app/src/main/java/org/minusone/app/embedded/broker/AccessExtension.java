package org.minusone.app.embedded.broker;

import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.events.client.ClientLifecycleEventListener;
import com.hivemq.extension.sdk.api.events.client.parameters.AuthenticationSuccessfulInput;
import com.hivemq.extension.sdk.api.events.client.parameters.ConnectionStartInput;
import com.hivemq.extension.sdk.api.events.client.parameters.DisconnectEventInput;
import com.hivemq.extension.sdk.api.events.client.parameters.ServerInitiatedDisconnectInput;
import com.hivemq.extension.sdk.api.packets.disconnect.DisconnectReasonCode;
import com.hivemq.extension.sdk.api.packets.general.DisconnectedReasonCode;
import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import com.hivemq.extension.sdk.api.services.session.ClientService;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The broker's extension: who is let in, who may what, how fast, and who said it. */
public final class AccessExtension implements ExtensionMain, ClientLifecycleEventListener {
  private static final Logger log = LoggerFactory.getLogger(AccessExtension.class);
  private static final long LOOK_MS = 1_000;

  /** For what it sent, not for who it is. */
  private static final Set<DisconnectedReasonCode> CUT_OFF =
      Set.of(
          DisconnectedReasonCode.PACKET_TOO_LARGE,
          DisconnectedReasonCode.MALFORMED_PACKET,
          DisconnectedReasonCode.PROTOCOL_ERROR,
          DisconnectedReasonCode.TOPIC_NAME_INVALID,
          DisconnectedReasonCode.RECEIVE_MAXIMUM_EXCEEDED,
          DisconnectedReasonCode.QOS_NOT_SUPPORTED);

  private final BrokerAccess access;
  private final Gateways gateways;
  private final Permissions permissions;
  private final Clients clients = new Clients();
  private final Passwords passwords;
  private final Refusals refusals = new Refusals();
  private ScheduledExecutorService threads;
  private volatile Login login;

  /**
   * @param hashed whether a hash of the site's files (first) is that of a password (second)
   */
  public AccessExtension(BrokerAccess access, BiPredicate<String, String> hashed) {
    this.access = access;
    this.gateways = new Gateways(access.sites());
    this.permissions = new Permissions(gateways);
    this.passwords = new Passwords(hashed);
  }

  /** As the broker wants it. */
  public EmbeddedExtension embedded() {
    return EmbeddedExtension.builder()
        .withId("minusone-access")
        .withName("MinusOne access")
        .withVersion("1")
        .withExtensionMain(this)
        .build();
  }

  /** Messages and subscriptions that were refused so far. */
  public long refused() {
    return refusals.count();
  }

  /** Connections that were refused so far. */
  public long notLetIn() {
    Login current = login;
    return current == null ? 0 : current.refused();
  }

  @Override
  public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
    threads = threads();
    login = new Login(access, gateways, clients, passwords, threads);
    Services.securityRegistry().setAuthenticatorProvider(provided -> login);
    Services.securityRegistry()
        .setAuthorizerProvider(
            provided -> {
              Client client = clients.of(provided.getConnectionInformation());
              // Who may everything is not asked each time.
              return client == null
                      || client.kind() == Client.Kind.ANONYMOUS
                      || client.kind() == Client.Kind.ENGINEER
                  ? null
                  : new Guard(client, permissions, refusals);
            });
    Services.initializerRegistry()
        .setClientInitializer(
            (initial, context) -> {
              Client client = clients.of(initial.getConnectionInformation());
              // Gone before it began: what it sent along is nobody's.
              context.addPublishInboundInterceptor(
                  client == null
                      ? (message, refused) ->
                          refused.preventPublishDelivery(AckReasonCode.NOT_AUTHORIZED)
                      : new Inbound(
                          client,
                          clients.pace(client),
                          permissions,
                          refusals,
                          threads,
                          this::cutOff));
            });
    Services.eventRegistry().setClientLifecycleEventListener(provided -> this);
    ClientService connections = Services.clientService();
    threads.scheduleWithFixedDelay(
        () -> lookWhoMayStay(connections), LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
  }

  private void cutOff(Client client) {
    Services.clientService()
        .disconnectClient(
            client.id(),
            false,
            DisconnectReasonCode.NOT_AUTHORIZED,
            client.user() + " may not publish there");
  }

  private static ScheduledExecutorService threads() {
    ScheduledThreadPoolExecutor made =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "broker-access");
              thread.setDaemon(true);
              return thread;
            });
    made.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return made;
  }

  /** A gateway that the site's files no longer know, or know by another password, goes. */
  private void lookWhoMayStay(ClientService connections) {
    try {
      for (Client client : clients.all()) {
        if (!client.isStillLetInBy(gateways)) {
          log.warn("MQTT client {} ({}) is no longer let in", client.id(), client.user());
          connections.disconnectClient(
              client.id(), false, DisconnectReasonCode.NOT_AUTHORIZED, "no longer let in");
        }
      }
    } catch (RuntimeException e) {
      log.error("The broker did not look who may stay", e);
    }
  }

  @Override
  public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {
    threads.shutdownNow();
  }

  @Override
  public void onMqttConnectionStart(ConnectionStartInput input) {
    // It is not known yet who it is.
  }

  @Override
  public void onAuthenticationSuccessful(AuthenticationSuccessfulInput input) {
    // Login has noted it.
  }

  /**
   * A packet that is too long or malformed costs its sender the connection: not without a trace.
   */
  @Override
  public void onServerInitiatedDisconnect(ServerInitiatedDisconnectInput input) {
    DisconnectedReasonCode why = input.getReasonCode().orElse(null);
    if (why != null && CUT_OFF.contains(why)) {
      Client client = clients.of(input.getConnectionInformation());
      if (client != null) {
        refusals.cutOff(client, why);
      }
    }
    onDisconnect(input);
  }

  @Override
  public void onDisconnect(DisconnectEventInput input) {
    clients.gone(input.getConnectionInformation());
  }
}
