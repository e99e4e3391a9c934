package org.minusone.app.embedded.broker;

import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what clients were refused, and says so once a connection. */
final class Refusals {
  private static final Logger log = LoggerFactory.getLogger(Refusals.class);

  private final LongAdder count = new LongAdder();

  void add(Client client, String what, String where) {
    count.increment();
    if (!client.tellsRefusal()) {
      return;
    }
    if (client.kind() == Client.Kind.INGEST) {
      log.warn(
          "ingest's answer on {} is not delivered: no codec of a live site has that as its"
              + " confirm-topic; further ones are counted without another line",
          where);
    } else {
      log.warn(
          "MQTT client {} ({}) may not {} {}: refused, and so is what else it may not, without"
              + " another line",
          client.id(),
          client.user(),
          what,
          where);
    }
  }

  long count() {
    return count.sum();
  }
}
