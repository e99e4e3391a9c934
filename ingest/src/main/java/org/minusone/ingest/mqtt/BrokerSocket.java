package org.minusone.ingest.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Arrays;

/**
 * The socket that Paho is given: plain or TLS, read in large pieces, each packet written at once.
 *
 * <p>Paho reads a packet in three calls and sends an acknowledgement through a thread of its own,
 * one at a time: together half of what a message costs. So reading is buffered here, and
 * acknowledgements are written here, many in one call, past Paho. It keeps no state about them: at
 * QoS 1, with manual acknowledgement, a message is off its books when its callback returns.
 *
 * <p>Without TCP_NODELAY an acknowledgement waits for the peer's delayed one: 1,138 messages/s
 * instead of 20,791 from HiveMQ CE.
 */
final class BrokerSocket extends Socket {
  private static final int MOST_ACKS_A_WRITE = 256;
  private static final byte PUBACK = 0x40;
  private static final byte PINGREQ = (byte) 0xC0;

  private final Socket raw = new Socket();
  private final TlsClient tls;
  private volatile Socket talking = raw;
  private final HeldMessages held;
  private BrokerInput in;
  private Outgoing out;

  /**
   * @param tls null for plain TCP
   * @param held without room there, nothing is read
   */
  BrokerSocket(TlsClient tls, HeldMessages held) {
    this.tls = tls;
    this.held = held;
  }

  @Override
  public void connect(SocketAddress address, int timeoutMs) throws IOException {
    InetSocketAddress at = (InetSocketAddress) address;
    raw.connect(at, timeoutMs);
    raw.setTcpNoDelay(true);
    if (tls != null) {
      talking = tls.over(raw, at.getHostString(), at.getPort(), timeoutMs);
    }
    BrokerInput.Pings pings = new BrokerInput.Pings();
    in = new BrokerInput(talking.getInputStream(), raw, tls != null, held, pings);
    out = new Outgoing(talking.getOutputStream(), pings);
  }

  /**
   * Sends PUBACKs, MQTT 5's form of success.
   *
   * @param packetIds the first {@code count} of them, in this order
   */
  void acknowledge(int[] packetIds, int count) throws IOException {
    out.acknowledge(packetIds, count);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return in;
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return out;
  }

  @Override
  public void setSoTimeout(int timeoutMs) throws SocketException {
    talking.setSoTimeout(timeoutMs);
  }

  @Override
  public int getSoTimeout() throws SocketException {
    return talking.getSoTimeout();
  }

  @Override
  public boolean isConnected() {
    return raw.isConnected();
  }

  @Override
  public boolean isClosed() {
    return raw.isClosed();
  }

  @Override
  public void shutdownInput() throws IOException {
    raw.shutdownInput();
  }

  /** Without TLS's farewell: it would wait for a peer that does not read. MQTT has its own. */
  @Override
  public void close() throws IOException {
    raw.close();
  }

  /** Paho flushes after each packet; until then a packet waits here whole. */
  private static final class Outgoing extends OutputStream {
    private final OutputStream to;
    private final BrokerInput.Pings pings;
    private final byte[] acks = new byte[MOST_ACKS_A_WRITE * 4];
    private byte[] packet = new byte[512];
    private int used;

    private Outgoing(OutputStream to, BrokerInput.Pings pings) {
      this.to = to;
      this.pings = pings;
    }

    @Override
    public synchronized void write(int b) {
      room(1);
      packet[used++] = (byte) b;
    }

    @Override
    public synchronized void write(byte[] from, int offset, int length) {
      room(length);
      System.arraycopy(from, offset, packet, used, length);
      used += length;
    }

    private void room(int length) {
      if (used + length > packet.length) {
        packet = Arrays.copyOf(packet, Math.max(packet.length * 2, used + length));
      }
    }

    @Override
    public synchronized void flush() throws IOException {
      if (used > 0) {
        if (packet[0] == PINGREQ) {
          pings.asked();
        }
        to.write(packet, 0, used);
        used = 0;
      }
    }

    private synchronized void acknowledge(int[] packetIds, int count) throws IOException {
      int bytes = 0;
      for (int i = 0; i < count; i++) {
        acks[bytes++] = PUBACK;
        acks[bytes++] = 2;
        acks[bytes++] = (byte) (packetIds[i] >> 8);
        acks[bytes++] = (byte) packetIds[i];
        if (bytes == acks.length || i == count - 1) {
          to.write(acks, 0, bytes);
          bytes = 0;
        }
      }
    }
  }
}
