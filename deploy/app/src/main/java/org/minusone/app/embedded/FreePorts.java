package org.minusone.app.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * TCP ports on loopback. A port is looked at before a server binds it, because a server that cannot
 * bind says so in a stack trace, or ends the JVM.
 */
public final class FreePorts {
  /** Where everything embedded listens, and nowhere else. */
  public static final String LOOPBACK = "127.0.0.1";

  /** Below the range from which Linux takes the ports of outgoing connections (32768 up). */
  private static final int LOWEST = 20_000;

  private static final int HIGHEST = 32_000;
  private static final int TRIES = 1_000;

  /** What this JVM was given already: servers that start side by side never get the same. */
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private FreePorts() {}

  /**
   * A port that nothing listens on and that was not given out before.
   *
   * @throws StartProblem if there is none to be had
   */
  public static int pick() throws StartProblem {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (isFree(port) && GIVEN.add(port)) {
        return port;
      }
    }
    throw new StartProblem(
        "no free TCP port on 127.0.0.1 between %d and %d: stop what listens there"
            .formatted(LOWEST, HIGHEST));
  }

  /**
   * The port that a server had before it was closed, so that its clients find it again; another if
   * somebody has taken it meanwhile.
   *
   * @param before 0 = none
   */
  static int again(int before) throws StartProblem {
    return before > 0 && isFree(before) ? before : pick();
  }

  /**
   * {@code port} if it is free, one of our own choice if it is 0.
   *
   * @param option the command-line option that sets it, for the message
   * @throws StartProblem if something listens on it, or it may not be bound
   */
  public static int require(int port, String option) throws StartProblem {
    if (port == 0) {
      return pick();
    }
    if (port < 0 || port > 65_535) {
      throw new StartProblem("%s %d is no TCP port: give 0 to 65535".formatted(option, port));
    }
    try (ServerSocket socket = new ServerSocket()) {
      bind(socket, port);
      return port;
    } catch (IOException e) {
      String what =
          String.valueOf(e.getMessage()).contains("ermission")
              ? "port %d needs privileges"
              : "port %d is taken by another program";
      throw new StartProblem(
          (what + ": stop that one, or choose another with %s N (0 picks a free one)")
              .formatted(port, option),
          e);
    }
  }

  /** Whether nothing listens on {@code port} of loopback. */
  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      bind(socket, port);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void bind(ServerSocket socket, int port) throws IOException {
    // As the servers do: connections of an earlier run in TIME_WAIT are not in the way.
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getByName(LOOPBACK), port), 1);
  }
}
