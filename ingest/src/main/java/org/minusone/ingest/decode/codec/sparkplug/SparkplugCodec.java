package org.minusone.ingest.decode.codec.sparkplug;

import java.io.IOException;
import java.util.List;
import org.minusone.ingest.decode.codec.Codec;
import org.minusone.ingest.decode.codec.Entries;
import org.minusone.ingest.decode.codec.Envelope;
import org.minusone.ingest.decode.codec.Options;
import org.minusone.model.RejectionReason;

/**
 * Messages of edge nodes and their devices. A device is called {@code group/edge/device}, an edge
 * node {@code group/edge}.
 *
 * <p>A birth's values are readings, and what it says of names, aliases, types and units is
 * remembered. Values that it does not explain are refused, and a rebirth is requested; so it is
 * after a gap in the numbers of an edge node's messages, whose values are read all the same. A
 * death makes a sensor offline, that of an edge node all its living devices, too.
 */
final class SparkplugCodec implements Codec {
  private static final String WORDS = "words";
  private static final String NODES = "nodes";
  private static final List<String> NODES_KNOWN = List.of("read", "ignore");

  /** 2000 to 2200: a death with a time that cannot be is no less a death. */
  private static final long EARLIEST_MS = 946_684_800_000L;

  private static final long LATEST_MS = 7_258_118_400_000L;

  private final Words words;
  private final boolean readsNodes;
  private final Edges edges;

  SparkplugCodec(Options options, Edges edges) {
    options.only(WORDS, NODES);
    this.words = new Words(options.part(WORDS));
    this.readsNodes = readsNodes(options);
    this.edges = edges;
  }

  private static boolean readsNodes(Options options) {
    String said = options.text(NODES);
    if (said != null && !NODES_KNOWN.contains(said)) {
      throw options.wrong(NODES, "no such way: " + said + Options.suggestion(said, NODES_KNOWN));
    }
    return !"ignore".equals(said);
  }

  @Override
  public void decode(Envelope message, Entries out) {
    Address address;
    Payload payload;
    try {
      address = Address.of(message.topic());
      if (address.type() == Address.Type.STATE) {
        out.nothing("the state of a host application");
        return;
      }
      if (address.type().isCommand()) {
        out.nothing("a command to " + address.name());
        return;
      }
      payload = PayloadReader.read(message.payload());
    } catch (Address.BadTopic e) {
      out.refuse(RejectionReason.BAD_TOPIC, e.getMessage());
      return;
    } catch (PayloadReader.TooMany e) {
      out.refuse(RejectionReason.TOO_LARGE, e.getMessage());
      return;
    } catch (IOException e) {
      out.refuse(RejectionReason.BAD_PAYLOAD, e.getMessage());
      return;
    }
    Edge edge = edges.of(address.node());
    if (address.type() == Address.Type.NDEATH) {
      die(address, payload, edge, message.arrivalMs(), out);
    } else {
      live(address, payload, edge, message.arrivalMs(), out);
    }
    edges.bound(address.node());
  }

  private void live(Address address, Payload payload, Edge edge, long arrivalMs, Entries out) {
    boolean again = edge.isAgain(address.type(), payload, arrivalMs);
    if (!again) {
      edge.hear(address, payload, arrivalMs);
    }
    if (address.type() == Address.Type.DDEATH) {
      out.offline(address.name(), deathMs(payload));
    } else if (address.device() == null && !readsNodes) {
      out.nothing("the edge node's own metrics are ignored, by the option nodes");
    } else {
      boolean understood =
          new Telling(address, payload, edge.of(address), out).tell(arrivalMs, words);
      if (!understood && !again) {
        edge.wantRebirth();
      }
    }
    if (!again && edge.asks(arrivalMs)) {
      out.answer(address.commands(), Rebirth.request(arrivalMs));
    }
  }

  private void die(Address address, Payload payload, Edge edge, long arrivalMs, Entries out) {
    if (edge.isStale(payload)) {
      out.nothing("the death of an earlier session of " + address.node() + ", which lives");
      return;
    }
    boolean again = edge.isAgain(address.type(), payload, arrivalMs);
    // Its own time is that of the connection, long ago: a will is written when that begins.
    long timeMs = again ? Entries.NO_TIME : edge.afterItsNewest(arrivalMs);
    List<String> devices = edge.living();
    if (readsNodes) {
      out.offline(address.node(), timeMs);
    }
    for (String device : devices) {
      out.offline(address.node() + "/" + device, timeMs);
    }
    if (!readsNodes && devices.isEmpty()) {
      out.nothing("the death of " + address.node() + ", no device of which was heard");
    }
    if (!again) {
      edge.die(arrivalMs);
    }
  }

  private static long deathMs(Payload payload) {
    return payload.timeMs() < EARLIEST_MS || payload.timeMs() >= LATEST_MS
        ? Entries.NO_TIME
        : payload.timeMs();
  }
}
