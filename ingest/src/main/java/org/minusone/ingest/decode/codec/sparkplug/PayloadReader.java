package org.minusone.ingest.decode.codec.sparkplug;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.minusone.ingest.decode.codec.Entries;

/**
 * Bytes to a payload (specification 3.0, 6.4.1). A metric that cannot be read costs none of its
 * neighbours.
 */
final class PayloadReader {
  static final int MAX_METRICS = 10_000;
  private static final int MOST_PROBLEMS = 100;

  /** With more broken ones the bytes are something else: it is not worth to go on. */
  private static final int MOST_BROKEN = 1_000;

  /** What Eclipse Tahu writes; the specification has no compression. */
  private static final String COMPRESSED = "SPBV1.0_COMPRESSED";

  /** More metrics than a message may have. */
  static final class TooMany extends IOException {
    private static final long serialVersionUID = 1;

    TooMany() {
      super("more than " + MAX_METRICS + " metrics in one message");
    }
  }

  private long timeMs = Entries.NO_TIME;
  private long seq = Payload.NONE;
  private int count;
  private int broken;
  private final List<Metric> metrics = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private PayloadReader() {}

  /**
   * @throws IOException with a message for a person, if the bytes are none
   */
  static Payload read(byte[] bytes) throws IOException {
    PayloadReader reader = new PayloadReader();
    Fields fields = new Fields(bytes);
    try {
      while (fields.next()) {
        reader.read(fields);
      }
    } catch (TooMany e) {
      throw e;
    } catch (IOException e) {
      int at = Math.min(fields.at(), bytes.length);
      throw new IOException(
          "not a Sparkplug B payload, byte " + at + " of " + bytes.length + ": " + Fields.said(e),
          e);
    }
    return new Payload(reader.timeMs, reader.seq, reader.metrics, reader.problems);
  }

  private void read(Fields fields) throws IOException {
    switch (fields.number()) {
      case 1 -> timeMs = fields.time();
      case 2 -> metric(fields.block());
      case 3 -> seq = fields.varint() & Long.MAX_VALUE;
      case 4 -> {
        if (new String(fields.block(), StandardCharsets.UTF_8).equals(COMPRESSED)) {
          throw new IOException("it is compressed; switch that off at the edge node");
        }
      }
      default -> fields.skip();
    }
  }

  private void metric(byte[] bytes) throws IOException {
    if (++count > MAX_METRICS) {
      throw new TooMany();
    }
    String place = "metric " + count;
    try {
      metrics.add(MetricReader.read(place, bytes));
    } catch (IOException e) {
      if (++broken > MOST_BROKEN) {
        throw new IOException("more than " + MOST_BROKEN + " of its metrics cannot be read", e);
      }
      if (problems.size() < MOST_PROBLEMS) {
        problems.add(place + ": " + Fields.said(e));
      } else if (problems.size() == MOST_PROBLEMS) {
        problems.add("and more metrics that cannot be read");
      }
    }
  }
}
