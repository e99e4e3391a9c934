package org.minusone.console.stream;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The wire form of a server-sent event (WHATWG HTML, 9.2). */
final class EventText {
  private EventText() {}

  /**
   * @param id null for an event that a reader does not resume from
   * @param json one line
   */
  static byte[] of(String event, String id, byte[] json) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(json.length + 64);
    String head = "event: " + event + "\n" + (id == null ? "" : "id: " + id + "\n") + "data: ";
    out.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    out.writeBytes(json);
    out.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }
}
