package org.minusone.app.embedded.broker;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.minusone.model.Gateway;

/**
 * Who a connection belongs to, for as long as it lasts.
 *
 * <p>Thread-safe.
 */
final class Client {
  /** How it was let in, and so what it may do. */
  enum Kind {
    ANONYMOUS,
    GATEWAY,
    INGEST,
    ENGINEER
  }

  private final Kind kind;
  private final String id;
  private final String user;
  private final Gateway asLetIn;
  private final AtomicBoolean refusalTold = new AtomicBoolean();

  private Client(Kind kind, String id, String user, Gateway asLetIn) {
    this.kind = kind;
    this.id = id;
    this.user = user;
    this.asLetIn = asLetIn;
  }

  static Client anonymous(String id) {
    return new Client(Kind.ANONYMOUS, id, id, null);
  }

  static Client house(String id, HouseUser user) {
    Kind kind =
        switch (user.rights()) {
          case INGEST -> Kind.INGEST;
          case ENGINEER -> Kind.ENGINEER;
        };
    return new Client(kind, id, user.name(), null);
  }

  static Client gateway(String id, Gateways.Placed placed) {
    return new Client(Kind.GATEWAY, id, placed.user(), placed.gateway());
  }

  Kind kind() {
    return kind;
  }

  /** Its MQTT client id. */
  String id() {
    return id;
  }

  /** What is told about it: the user name, of an anonymous one the client id. */
  String user() {
    return user;
  }

  /** Whether it would be let in the same way now, as far as the site's files decide. */
  boolean isStillLetInBy(Gateways gateways) {
    return kind != Kind.GATEWAY
        || gateways
            .named(user)
            .map(Gateways.Placed::gateway)
            .filter(now -> Objects.equals(now.passwordHash(), asLetIn.passwordHash()))
            .filter(now -> Objects.equals(now.certificate(), asLetIn.certificate()))
            .isPresent();
  }

  /** True the first time. */
  boolean tellsRefusal() {
    return refusalTold.compareAndSet(false, true);
  }
}
