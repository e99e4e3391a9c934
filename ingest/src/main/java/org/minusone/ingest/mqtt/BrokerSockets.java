package org.minusone.ingest.mqtt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Gives one connection its socket and remembers it. Paho asks for an unconnected one, once. */
final class BrokerSockets extends SocketFactory {
  private final TlsClient tls;
  private final HeldMessages held;
  private volatile BrokerSocket last;

  /**
   * @param tls null for plain TCP
   */
  BrokerSockets(TlsClient tls, HeldMessages held) {
    this.tls = tls;
    this.held = held;
  }

  /** The one in use; null before there is any. */
  BrokerSocket last() {
    return last;
  }

  @Override
  public Socket createSocket() {
    BrokerSocket made = new BrokerSocket(tls, held);
    last = made;
    return made;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw connected();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    throw connected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw connected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    throw connected();
  }

  private static IOException connected() {
    return new IOException("only unconnected sockets are made here");
  }
}
