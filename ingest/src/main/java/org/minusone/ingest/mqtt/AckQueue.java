package org.minusone.ingest.mqtt;

import java.util.ArrayDeque;
import java.util.function.IntConsumer;

/**
 * Which acknowledgements may leave: a contiguous prefix, in the order the messages arrived.
 * Messages are done in any order; one that is not holds back all behind it, because MQTT wants
 * PUBACKs in the order of the PUBLISHes.
 *
 * <p>A message belongs to the connection it arrived on. The next connection numbers its packets
 * afresh, so an acknowledgement of an earlier one would acknowledge a stranger: it is dropped, and
 * the broker delivers that message again.
 *
 * <p>Thread-safe.
 */
final class AckQueue {
  private final ArrayDeque<Ticket> waiting = new ArrayDeque<>();
  private int connection;

  /** A message that will be done some time. */
  static final class Ticket {
    private final int connection;
    private final int packetId;
    private boolean done;

    private Ticket(int connection, int packetId) {
      this.connection = connection;
      this.packetId = packetId;
    }

    @Override
    public String toString() {
      return connection + "/" + packetId;
    }
  }

  /** A new connection, and its number: what arrived before is forgotten. */
  synchronized int connected() {
    connection++;
    waiting.clear();
    return connection;
  }

  /**
   * A message arrived on {@code itsConnection}; on one that is over already (its last thread may
   * outlive it) the ticket leads nowhere.
   */
  synchronized Ticket arrived(int itsConnection, int packetId) {
    Ticket ticket = new Ticket(itsConnection, packetId);
    if (itsConnection == connection) {
      waiting.addLast(ticket);
    }
    return ticket;
  }

  /**
   * Kafka has it.
   *
   * @param leaving given the packet ids that may be acknowledged now, in this order
   */
  synchronized void done(Ticket ticket, IntConsumer leaving) {
    if (ticket.connection != connection) {
      return;
    }
    ticket.done = true;
    while (!waiting.isEmpty() && waiting.peekFirst().done) {
      leaving.accept(waiting.removeFirst().packetId);
    }
  }

  synchronized int size() {
    return waiting.size();
  }
}
