package org.minusone.ingest.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.net.SocketException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the broker says, packet by packet, as Paho gets to read it. Only Paho's receiving thread
 * does.
 *
 * <p>Without room for another message nothing more is read, which holds any broker back. Paho must
 * not take that for silence: its pings leave as ever, so that the broker hears from us, and are
 * answered from here; the broker's own answers, which stand in line behind the messages, are passed
 * over when their turn comes. So a connection that dies meanwhile is noticed when there is room
 * again.
 *
 * <p>A message that is longer than any we read is cut: Paho would make room for all of it, up to
 * 256 MiB. It is still too large, and so refused and acknowledged as such.
 */
final class BrokerInput extends InputStream {
  private static final Logger log = LoggerFactory.getLogger(BrokerInput.class);
  private static final int READ_BYTES = 64 * 1024;
  private static final long LOOK_MS = 100;

  /** Of a packet; four times what a payload may have. */
  static final int MOST_BYTES = 1 << 20;

  /** The packet type CONNACK: what a broker says first. */
  private static final int CONNACK = 0x20;

  private static final int PUBLISH = 0x30;
  private static final int PINGRESP = 0xD0;
  private static final byte[] PING_ANSWERED = {(byte) PINGRESP, 0};
  private static final int TLS_ALERT = 0x15;
  private static final int TLS_HANDSHAKE = 0x16;

  private final InputStream from;
  private final Socket socket;
  private final boolean overTls;
  private final HeldMessages held;
  private final Pings pings;
  private final byte[] buffer = new byte[READ_BYTES];
  private int at;
  private int end;
  private boolean begun;

  /** Of the packet whose turn it is: kind, and length in one to four bytes. */
  private final byte[] header = new byte[5];

  private int headerEnd;

  /** Given out before what is left of the packet's body: its header, or an answer to a ping. */
  private byte[] first = header;

  private int firstAt;
  private int firstEnd;
  private long left;

  /** Of the packet, and not given out. */
  private long excess;

  /**
   * @param socket that {@code from} comes from: nothing is waited for once it is closed
   */
  BrokerInput(InputStream from, Socket socket, boolean overTls, HeldMessages held, Pings pings) {
    this.from = from;
    this.socket = socket;
    this.overTls = overTls;
    this.held = held;
    this.pings = pings;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (firstAt == firstEnd && left == 0 && !next()) {
      return -1;
    }
    if (firstAt < firstEnd) {
      int count = Math.min(length, firstEnd - firstAt);
      System.arraycopy(first, firstAt, into, offset, count);
      firstAt += count;
      return count;
    }
    if (at == end && !fill()) {
      return -1;
    }
    int count = (int) Math.min(Math.min(length, end - at), left);
    System.arraycopy(buffer, at, into, offset, count);
    at += count;
    left -= count;
    return count;
  }

  @Override
  public int available() throws IOException {
    return firstEnd - firstAt + (int) Math.min(left, end - at);
  }

  /**
   * Sees to what is given out next. May be ended by a read that took too long, and goes on there.
   *
   * @return false at the end of the stream
   */
  private boolean next() throws IOException {
    while (true) {
      while (excess > 0) {
        if (at == end && !fill()) {
          return false;
        }
        int passed = (int) Math.min(excess, end - at);
        at += passed;
        excess -= passed;
      }
      while (!isWhole()) {
        if (at == end && !fill()) {
          return false;
        }
        header[headerEnd++] = buffer[at++];
      }
      int kind = header[0] & 0xf0;
      long length = length();
      if (kind == PUBLISH && !awaitRoom(length)) {
        give(PING_ANSWERED, 2);
        return true;
      }
      if (kind != PINGRESP || pings.answered()) {
        begin(kind, length);
        return true;
      }
      headerEnd = 0;
    }
  }

  private boolean isWhole() {
    return headerEnd == header.length || (headerEnd > 1 && header[headerEnd - 1] >= 0);
  }

  private long length() {
    long length = 0;
    for (int i = headerEnd - 1; i > 0; i--) {
      length = (length << 7) | (header[i] & 0x7f);
    }
    return length;
  }

  private void begin(int kind, long length) throws IOException {
    if (length > MOST_BYTES) {
      if (kind != PUBLISH) {
        throw new IOException("the broker sent a packet of " + length + " bytes: not MQTT");
      }
      log.warn(
          "MQTT: a message of {} bytes is cut to {} and refused: give the broker a limit"
              + " (mosquitto: message_size_limit)",
          length,
          MOST_BYTES);
      headerEnd = 1;
      for (int rest = MOST_BYTES; rest > 0; rest >>= 7) {
        header[headerEnd++] = (byte) (rest < 0x80 ? rest : (rest & 0x7f) | 0x80);
      }
      excess = length - MOST_BYTES;
    }
    left = length - excess;
    give(header, headerEnd);
    headerEnd = 0;
  }

  private void give(byte[] bytes, int count) {
    first = bytes;
    firstAt = 0;
    firstEnd = count;
  }

  /** False if a ping is to be answered meanwhile. */
  private boolean awaitRoom(long size) throws IOException {
    try {
      while (!held.awaitRoom(size, LOOK_MS)) {
        if (socket.isClosed()) {
          throw new SocketException("closed");
        }
        if (pings.answerEarly()) {
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private boolean fill() throws IOException {
    at = 0;
    end = 0;
    int read = from.read(buffer);
    if (!begun) {
      requireBroker(read);
    }
    end = Math.max(0, read);
    return read > 0;
  }

  private void requireBroker(int read) throws IOException {
    begun = true;
    if (read < 0) {
      throw new IOException(
          "the other side closed the connection without a word: not an MQTT broker"
              + (overTls ? "" : ", or it speaks TLS there (ssl://)"));
    }
    int said = buffer[0] & 0xff;
    if (said == TLS_ALERT || said == TLS_HANDSHAKE) {
      throw new IOException("the other side speaks TLS: its address is ssl://, not tcp://");
    }
    if (said != CONNACK) {
      throw new IOException("the other side is not an MQTT broker: it said \"" + said(read) + '"');
    }
  }

  private String said(int read) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < Math.min(read, 40) && buffer[i] != '\r' && buffer[i] != '\n'; i++) {
      line.append(buffer[i] >= 0x20 && buffer[i] < 0x7f ? (char) buffer[i] : '.');
    }
    return line.toString();
  }

  /**
   * The pings of one connection: what Paho asked, and what was answered before the broker did.
   *
   * <p>Thread-safe.
   */
  static final class Pings {
    private int open;
    private int early;

    synchronized void asked() {
      open++;
    }

    /** True if one waits for its answer, which is to be given now. */
    synchronized boolean answerEarly() {
      if (open == 0) {
        return false;
      }
      open--;
      early++;
      return true;
    }

    /** The broker answered one; false if it had its answer already. */
    synchronized boolean answered() {
      if (early > 0) {
        early--;
        return false;
      }
      open = Math.max(0, open - 1);
      return true;
    }
  }
}
