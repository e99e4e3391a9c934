package org.minusone.ingest.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * As much of an MQTT 5 broker as our sessions need, and as rude as a real one may be: it passes
 * over Receive Maximum, has no limit of size, and grants what the test says. It keeps sessions;
 * what is said about them, in {@link #said}, reads {@code x subscribe a/b}.
 */
final class ScriptedBroker implements AutoCloseable {
  private final ServerSocket door;
  private final Map<String, Kept> sessions = new ConcurrentHashMap<>();

  /** In order: {@code connect}, {@code subscribe F}, {@code unsubscribe F}, {@code end}. */
  final List<String> said = new CopyOnWriteArrayList<>();

  final List<Integer> receiveMaxima = new CopyOnWriteArrayList<>();
  volatile int connack;
  volatile int granted = 1;
  volatile int pings;

  private static final class Kept {
    private final Map<Integer, byte[]> unacknowledged = new LinkedHashMap<>();
    private final List<Integer> acknowledged = new CopyOnWriteArrayList<>();
    private BlockingQueue<byte[]> out;
    private int packetId;
  }

  ScriptedBroker() throws IOException {
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(
        () -> {
          while (!door.isClosed()) {
            Socket socket = door.accept();
            daemon(() -> serve(socket));
          }
        });
  }

  private interface Task {
    void run() throws IOException, InterruptedException;
  }

  private static void daemon(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException | InterruptedException e) {
                // The connection is over, or the test.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  String uri() {
    return "tcp://127.0.0.1:" + door.getLocalPort();
  }

  /** Sends it to that session, or keeps it until it comes. */
  void publish(String clientId, String topic, byte[] payload) throws IOException {
    Kept kept = kept(clientId);
    synchronized (kept) {
      int id = ++kept.packetId;
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(body);
      out.writeUTF(topic);
      out.writeShort(id);
      out.writeByte(0);
      out.write(payload);
      byte[] packet = packet(0x32, body.toByteArray());
      kept.unacknowledged.put(id, packet);
      if (kept.out != null) {
        kept.out.add(packet);
      }
    }
  }

  /** Packet ids, in the order of their acknowledgements. */
  List<Integer> acknowledged(String clientId) {
    return kept(clientId).acknowledged;
  }

  private Kept kept(String clientId) {
    return sessions.computeIfAbsent(clientId, id -> new Kept());
  }

  long count(String what) {
    return said.stream().filter(what::equals).count();
  }

  private void serve(Socket socket) throws IOException, InterruptedException {
    String clientId = "";
    try (socket) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      BlockingQueue<byte[]> out = new LinkedBlockingQueue<>();
      daemon(
          () -> {
            while (!socket.isClosed()) {
              socket.getOutputStream().write(out.take());
            }
          });
      while (true) {
        int kind = in.readUnsignedByte() & 0xf0;
        ByteBuffer body = ByteBuffer.wrap(in.readNBytes(varInt(in)));
        switch (kind) {
          case 0x10 -> {
            clientId = connect(body);
            welcome(clientId, out);
          }
          case 0x80 -> filters(clientId, "subscribe", 0x90, granted, body, out);
          case 0xA0 -> filters(clientId, "unsubscribe", 0xB0, 0, body, out);
          case 0x40 -> acknowledge(clientId, body.getShort() & 0xffff);
          case 0xC0 -> {
            pings++;
            out.add(new byte[] {(byte) 0xD0, 0});
          }
          case 0xE0 -> {
            if (body.remaining() > 2) {
              said.add(clientId + " end");
              sessions.remove(clientId);
            }
            return;
          }
          default -> throw new IOException("packet " + kind);
        }
      }
    } finally {
      Kept kept = sessions.get(clientId);
      if (kept != null) {
        synchronized (kept) {
          kept.out = null;
        }
      }
    }
  }

  private String connect(ByteBuffer body) {
    body.position(10);
    int end = varInt(body) + body.position();
    while (body.position() < end) {
      int property = body.get();
      switch (property) {
        case 0x21 -> receiveMaxima.add(body.getShort() & 0xffff);
        case 0x22 -> body.getShort();
        case 0x17, 0x19 -> body.get();
        default -> body.getInt();
      }
    }
    return text(body);
  }

  private void welcome(String clientId, BlockingQueue<byte[]> out) {
    said.add(clientId + " connect");
    boolean present = sessions.containsKey(clientId) && connack == 0;
    out.add(new byte[] {0x20, 3, (byte) (present ? 1 : 0), (byte) connack, 0});
    if (connack == 0) {
      Kept kept = kept(clientId);
      synchronized (kept) {
        kept.out = out;
        out.addAll(kept.unacknowledged.values());
      }
    }
  }

  private void filters(
      String clientId,
      String what,
      int answer,
      int code,
      ByteBuffer body,
      BlockingQueue<byte[]> out) {
    ByteArrayOutputStream reply = new ByteArrayOutputStream();
    reply.write(body.get());
    reply.write(body.get());
    reply.write(0);
    body.position(varInt(body) + body.position());
    while (body.hasRemaining()) {
      said.add(clientId + " " + what + " " + text(body));
      if (answer == 0x90) {
        body.get();
      }
      reply.write(code);
    }
    out.add(packet(answer, reply.toByteArray()));
  }

  private void acknowledge(String clientId, int packetId) {
    Kept kept = kept(clientId);
    synchronized (kept) {
      kept.unacknowledged.remove(packetId);
      kept.acknowledged.add(packetId);
    }
  }

  private static String text(ByteBuffer body) {
    byte[] bytes = new byte[body.getShort() & 0xffff];
    body.get(bytes);
    return new String(bytes, UTF_8);
  }

  private static byte[] packet(int first, byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(first);
    int rest = body.length;
    do {
      out.write(rest > 127 ? (rest & 0x7f) | 0x80 : rest);
      rest >>= 7;
    } while (rest > 0);
    out.writeBytes(body);
    return out.toByteArray();
  }

  private static int varInt(DataInputStream in) throws IOException {
    int value = 0;
    int shift = 0;
    int b;
    do {
      b = in.readUnsignedByte();
      value |= (b & 0x7f) << shift;
      shift += 7;
    } while (b > 0x7f);
    return value;
  }

  private static int varInt(ByteBuffer in) {
    int value = 0;
    int shift = 0;
    int b;
    do {
      b = in.get() & 0xff;
      value |= (b & 0x7f) << shift;
      shift += 7;
    } while (b > 0x7f);
    return value;
  }

  List<String> saidBy(String clientId) {
    List<String> his = new ArrayList<>();
    for (String one : said) {
      if (one.startsWith(clientId + " ")) {
        his.add(one.substring(clientId.length() + 1));
      }
    }
    return his;
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
