package org.minusone.ingest.decode.codec.sparkplug;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The command by which an edge node tells its births again (specification 3.0, 6.4.20). */
final class Rebirth {
  private static final String NAME = "Node Control/Rebirth";

  private Rebirth() {}

  /** The payload of an NCMD; it has no number. */
  static byte[] request(long nowMs) {
    return message(
        payload -> {
          payload.writeUInt64(1, nowMs);
          payload.writeByteArray(
              2,
              message(
                  metric -> {
                    metric.writeString(1, NAME);
                    metric.writeUInt64(3, nowMs);
                    metric.writeUInt32(4, Value.BOOLEAN);
                    metric.writeBool(14, true);
                  }));
        });
  }

  private interface Writing {
    void to(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      writing.to(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("an array takes all bytes", e);
    }
    return bytes.toByteArray();
  }
}
