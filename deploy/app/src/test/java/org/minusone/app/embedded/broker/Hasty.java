package org.minusone.app.embedded.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;

/**
 * A publisher that does not wait, as command-line clients at QoS 0 do not: what it publishes and
 * its goodbye leave in one write, right after it was let in. Packets by hand (MQTT 3.1.1, 5).
 */
final class Hasty {
  private static final int CLEAN_WITH_USER_AND_PASSWORD = 0xC2;

  private final int port;
  private final int version;
  private final String user;
  private final String password;

  /**
   * @param version of the protocol, 4 (3.1.1) or 5
   */
  Hasty(int port, int version, String user, String password) {
    this.port = port;
    this.version = version;
    this.user = user;
    this.password = password;
  }

  /** Publishes one message; returns when the broker has closed the connection. */
  void publish(String id, int qos, String topic, String payload) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(connect(id));
      if (socket.getInputStream().read() != 0x20) {
        throw new IOException("not let in");
      }
      ByteArrayOutputStream both = new ByteArrayOutputStream();
      both.write(message(qos, topic, payload));
      both.write(new byte[] {(byte) 0xE0, 0});
      socket.getOutputStream().write(both.toByteArray());
      socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    }
  }

  private byte[] connect(String id) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    text(out, "MQTT");
    out.writeByte(version);
    out.writeByte(CLEAN_WITH_USER_AND_PASSWORD);
    out.writeShort(30);
    noProperties(out);
    text(out, id);
    text(out, user);
    text(out, password);
    return packet(0x10, bytes.toByteArray());
  }

  private byte[] message(int qos, String topic, String payload) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    text(out, topic);
    if (qos > 0) {
      out.writeShort(1);
    }
    noProperties(out);
    out.write(payload.getBytes(UTF_8));
    return packet(0x30 | qos << 1, bytes.toByteArray());
  }

  private void noProperties(DataOutputStream out) throws IOException {
    if (version == 5) {
      out.writeByte(0);
    }
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    out.writeShort(bytes.length);
    out.write(bytes);
  }

  /** Of less than 16 KiB. */
  private static byte[] packet(int kind, byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(kind);
    if (body.length < 0x80) {
      out.write(body.length);
    } else {
      out.write(body.length & 0x7f | 0x80);
      out.write(body.length >> 7);
    }
    out.writeBytes(body);
    return out.toByteArray();
  }
}
