package org.minusone.app.embedded.broker;

import com.hivemq.extension.sdk.api.async.Async;
import com.hivemq.extension.sdk.api.async.TimeoutFallback;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.client.parameter.ClientTlsInformation;
import com.hivemq.extension.sdk.api.client.parameter.ConnectionInformation;
import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a client in by its certificate, by its password, or, where that is open, as anybody.
 *
 * <p>Hashing a password takes tens of milliseconds: one thread does it, at most so many wait for
 * it. Who fails hears of it a second later, so that guessing is slow; no thread waits meanwhile.
 */
final class Login implements SimpleAuthenticator {
  private static final Logger log = LoggerFactory.getLogger(Login.class);
  private static final long FAILED_AFTER_MS = 1_000;
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final int MOST_WAITING = 500;

  private final BrokerAccess access;
  private final Gateways gateways;
  private final Clients clients;
  private final Passwords passwords;
  private final ScheduledExecutorService threads;
  private final AtomicInteger waiting = new AtomicInteger();
  private final LongAdder refused = new LongAdder();

  Login(
      BrokerAccess access,
      Gateways gateways,
      Clients clients,
      Passwords passwords,
      ScheduledExecutorService threads) {
    this.access = access;
    this.gateways = gateways;
    this.clients = clients;
    this.passwords = passwords;
    this.threads = threads;
  }

  long refused() {
    return refused.sum();
  }

  @Override
  public void onConnect(SimpleAuthInput input, SimpleAuthOutput output) {
    ConnectionInformation connection = input.getConnectionInformation();
    String id = input.getClientInformation().getClientId();
    String user = input.getConnectPacket().getUserName().orElse("");
    ByteBuffer password = input.getConnectPacket().getPassword().orElse(ByteBuffer.allocate(0));
    Optional<Gateways.Placed> certified = certified(connection, user);
    if (certified.isPresent()) {
      admit(connection, Client.gateway(id, certified.get()), output);
      return;
    }
    HouseUser house = access.house().get(user);
    if (house != null) {
      if (Passwords.equal(house.password(), password)) {
        admit(connection, Client.house(id, house), output);
      } else {
        fail(output, id, "a wrong password for " + user);
      }
      return;
    }
    Optional<Gateways.Placed> gateway = gateways.named(user);
    if (gateway.isPresent() && gateway.get().gateway().passwordHash() != null) {
      byPassword(connection, id, gateway.get(), password, output);
    } else if (access.anonymous() && user.indexOf('/') < 0) {
      // A name with a slash is a gateway's: a mistyped one must not gain it everybody's rights.
      admit(connection, Client.anonymous(id), output);
    } else {
      fail(output, id, unknown(user, gateway.isPresent()));
    }
  }

  private static String unknown(String user, boolean known) {
    if (user.isEmpty()) {
      return "no user name, and no certificate of a gateway's";
    }
    return known
        ? user + " has no password in gateways.yaml: minusone site gateway makes one"
        : "an unknown user, " + user + " (a gateway's name is site/gateway, as in gateways.yaml)";
  }

  private void byPassword(
      ConnectionInformation connection,
      String id,
      Gateways.Placed placed,
      ByteBuffer password,
      SimpleAuthOutput output) {
    String hash = placed.gateway().passwordHash();
    if (passwords.wasRight(placed.user(), hash, password)) {
      admit(connection, Client.gateway(id, placed), output);
      return;
    }
    if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      output.failAuthentication(ConnackReasonCode.SERVER_BUSY, "too many at once");
      return;
    }
    Async<SimpleAuthOutput> later = output.async(LONGEST, TimeoutFallback.FAILURE);
    ByteBuffer copy = ByteBuffer.allocate(password.remaining()).put(password.duplicate()).flip();
    run(
        () -> {
          boolean right = isRight(placed, copy);
          if (right) {
            waiting.decrementAndGet();
            admit(connection, Client.gateway(id, placed), output);
            later.resume();
          } else {
            told(id, "a wrong password for " + placed.user());
            failLater(output, later);
          }
        },
        0);
  }

  private boolean isRight(Gateways.Placed placed, ByteBuffer password) {
    try {
      return passwords.isRight(placed.user(), placed.gateway().passwordHash(), password);
    } catch (RuntimeException e) {
      log.warn("The password hash of gateway {} is damaged: {}", placed.user(), e.getMessage());
      return false;
    }
  }

  private void fail(SimpleAuthOutput output, String id, String why) {
    told(id, why);
    if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      refuse(output);
      return;
    }
    failLater(output, output.async(LONGEST, TimeoutFallback.FAILURE));
  }

  private void failLater(SimpleAuthOutput output, Async<SimpleAuthOutput> later) {
    run(
        () -> {
          waiting.decrementAndGet();
          refuse(output);
          later.resume();
        },
        FAILED_AFTER_MS);
  }

  private static void refuse(SimpleAuthOutput output) {
    output.failAuthentication(
        ConnackReasonCode.BAD_USER_NAME_OR_PASSWORD, "user name or password is wrong");
  }

  private void told(String id, String why) {
    refused.increment();
    log.warn("MQTT client {} is not let in: {}", id, why);
  }

  private void admit(ConnectionInformation connection, Client client, SimpleAuthOutput output) {
    if (!access.anonymous() && clients.isTaken(client)) {
      told(
          client.id(),
          "its id is " + client.user() + "'s no more: another user is connected with it");
      output.failAuthentication(
          ConnackReasonCode.CLIENT_IDENTIFIER_NOT_VALID, "another user has this client id");
      return;
    }
    clients.admitted(connection, client);
    output.authenticateSuccessfully();
  }

  /** The gateway that the client's certificate stands for; a user name must not say otherwise. */
  private Optional<Gateways.Placed> certified(ConnectionInformation connection, String user) {
    Optional<String> name =
        connection
            .getClientTlsInformation()
            .flatMap(ClientTlsInformation::getClientCertificate)
            .flatMap(Login::commonName);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    List<Gateways.Placed> all = gateways.certified(name.get());
    return all.stream()
        .filter(placed -> user.isEmpty() ? all.size() == 1 : placed.user().equals(user))
        .findFirst();
  }

  private static Optional<String> commonName(X509Certificate certificate) {
    try {
      return new LdapName(certificate.getSubjectX500Principal().getName())
          .getRdns().stream()
              .filter(part -> part.getType().equalsIgnoreCase("CN"))
              .map(Rdn::getValue)
              .map(String::valueOf)
              .findFirst();
    } catch (InvalidNameException e) {
      return Optional.empty();
    }
  }

  private void run(Runnable task, long afterMs) {
    try {
      threads.schedule(task, afterMs, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The broker is being stopped; the client hears nothing more.
      log.debug("not asked any more: the broker stops");
    }
  }
}
