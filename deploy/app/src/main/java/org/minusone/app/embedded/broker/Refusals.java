package org.minusone.app.embedded.broker;

import com.hivemq.extension.sdk.api.packets.general.DisconnectedReasonCode;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what clients were refused, and says so, of what they may not once a connection. */
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

  /** It sent what the broker does not take, and is disconnected: told each time, for it is rare. */
  void cutOff(Client client, DisconnectedReasonCode why) {
    count.increment();
    log.warn(
        "MQTT client {} ({}) is cut off: {}{}",
        client.id(),
        client.user(),
        why.name().toLowerCase(Locale.ROOT).replace('_', ' '),
        why == DisconnectedReasonCode.PACKET_TOO_LARGE
            ? ": a payload has at most " + BrokerConfiguration.LARGEST_PAYLOAD + " bytes"
            : "");
  }

  long count() {
    return count.sum();
  }
}
