package org.minusone.app.browser;

import com.microsoft.playwright.options.Proxy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The line between a desk and the console, as a proxy of the browser. It can go dead as a real one
 * does: nothing is closed, nothing is refused, nothing arrives.
 */
final class Line implements AutoCloseable {
  private final ServerSocket server;
  private final InetSocketAddress console;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean dead;

  Line(String consoleAddress) throws IOException {
    URI uri = URI.create(consoleAddress);
    console = new InetSocketAddress(uri.getHost(), uri.getPort());
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** How a browser is told to go through it, though the console is on loopback. */
  Proxy proxy() {
    return new Proxy("http://127.0.0.1:" + server.getLocalPort()).setBypass("<-loopback>");
  }

  /** From now on nothing passes, in either direction. */
  void goDead() {
    dead = true;
  }

  /** New connections pass again; the old ones are reset, and what was sent over them is lost. */
  void comeBack() throws IOException {
    dead = false;
    for (Socket socket : open) {
      open.remove(socket);
      socket.close();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket desk = server.accept();
        open.add(desk);
        if (dead) {
          start(() -> swallow(desk));
          continue;
        }
        connect(desk);
      } catch (IOException e) {
        return; // Closed with the test.
      }
    }
  }

  /** One connection that fails, as one that is reset while it is made, ends no other. */
  private void connect(Socket desk) {
    Socket far = new Socket();
    open.add(far);
    try {
      far.connect(console);
      desk.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      start(() -> carry(desk, far));
      start(() -> carry(far, desk));
    } catch (IOException e) {
      close(desk, far);
    }
  }

  private static void close(Socket... sockets) {
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        // It is gone already.
      }
    }
  }

  private void carry(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      byte[] buffer = new byte[16_384];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (dead) {
          swallow(from);
          return;
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // One end left: the other is told by the closing of its stream.
    }
  }

  /** Takes what comes and never answers. */
  private static void swallow(Socket from) {
    try {
      from.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // It gave up waiting.
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "line");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
