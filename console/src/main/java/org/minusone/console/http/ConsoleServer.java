package org.minusone.console.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.security.RouteRole;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.minusone.console.access.Gate;
import org.minusone.console.access.Need;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The web server: the gate before every route, problems for all that fails. */
public final class ConsoleServer {
  private static final Logger LOG = LoggerFactory.getLogger(ConsoleServer.class);
  private static final int MOST_THREADS = 40;
  private static final int LARGEST_BODY = 64 << 10;

  private record Guarded(Need need) implements RouteRole {}

  private final String host;
  private final int port;
  private final Duration idle;
  private final Gate gate;
  private final Cookies cookies;
  private final List<Route> routes;
  private final ConsoleTls tls;
  private final boolean secure;
  private SslContextFactory.Server ssl;
  private Javalin javalin;

  /**
   * @param port 0 picks a free one
   * @param idle how long a connection may take nothing before it is closed
   * @param tls null for plain HTTP
   * @param secure whether browsers reach us over TLS only, ours or a proxy's
   */
  public ConsoleServer(
      String host,
      int port,
      Duration idle,
      Gate gate,
      Cookies cookies,
      List<Route> routes,
      ConsoleTls tls,
      boolean secure) {
    this.tls = tls;
    this.secure = secure;
    this.host = host;
    this.port = port;
    this.idle = idle;
    this.gate = gate;
    this.cookies = cookies;
    this.routes = List.copyOf(routes);
  }

  public List<Route> routes() {
    return routes;
  }

  /**
   * @throws IOException when the address is taken or the certificate no good, saying so in one line
   */
  public void start() throws IOException {
    refuseTakenPort();
    ssl = tls == null ? null : PemKeys.factory(tls);
    javalin = Javalin.create(this::configure);
    javalin.start();
  }

  /** Javalin would log a stack trace and leave its threads behind. */
  private void refuseTakenPort() throws IOException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(host, port));
    } catch (BindException e) {
      throw new IOException(
          "the console cannot listen on " + host + ":" + port + ": another program does", e);
    }
  }

  /** The port it listens on; the configured one before the start. */
  public int port() {
    return javalin == null ? port : javalin.port();
  }

  public boolean isOpen() {
    return javalin != null && javalin.jettyServer().server().isRunning();
  }

  /** Ends at once; a request under way is cut, and a command of it may be given again. */
  public void stop() {
    if (javalin != null) {
      javalin.stop();
      javalin = null;
    }
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.maxRequestSize = LARGEST_BODY;
    config.http.prefer405over404 = true;
    config.http.defaultContentType = "application/json";
    QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, 4);
    threads.setName("console-http");
    threads.setDaemon(true);
    config.jetty.threadPool = threads;
    // What matters was kept before it was answered, so nothing is worth waiting for at the end.
    config.jetty.modifyServer(server -> server.setStopTimeout(0));
    config.jetty.addConnector(this::connector);
    config.routes.before(this::guardAll);
    config.routes.beforeMatched(this::guardRoute);
    for (Route route : routes) {
      config.routes.addHttpHandler(
          HandlerType.findOrCreate(route.method()),
          route.path(),
          route.handler(),
          new Guarded(route.need()));
    }
    config.routes.exception(
        Problem.class, (problem, context) -> Exchange.problem(context, problem));
    config.routes.exception(HttpResponseException.class, ConsoleServer::answerHttp);
    config.routes.exception(Exception.class, ConsoleServer::answerFailure);
  }

  private ServerConnector connector(Server server, HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setSendDateHeader(false);
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    ServerConnector connector;
    if (ssl == null) {
      connector = new ServerConnector(server, 1, 1, plain);
    } else {
      // Not Jetty's check of the name asked for: the gate knows which hosts are ours.
      http.addCustomizer(new SecureRequestCustomizer(false));
      connector =
          new ServerConnector(
              server, 1, 1, new SslConnectionFactory(ssl, plain.getProtocol()), plain);
    }
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(idle.toMillis());
    return connector;
  }

  /** On every request, those that no route takes too. */
  private void guardAll(Context context) {
    Headers.harden(context, secure);
    refuse(gate.judge(knock(context, Need.NOTHING)));
  }

  private void guardRoute(Context context) {
    for (RouteRole role : context.routeRoles()) {
      if (role instanceof Guarded guarded) {
        Gate.Verdict verdict = gate.judge(knock(context, guarded.need()));
        if (verdict.status() == 401) {
          context.header("WWW-Authenticate", "Bearer");
        }
        refuse(verdict);
        Exchange.admit(context, verdict);
      }
    }
  }

  private static void refuse(Gate.Verdict verdict) {
    if (verdict.isRefused()) {
      throw new Problem(verdict.status(), null, verdict.reason());
    }
  }

  private Gate.Knock knock(Context context, Need need) {
    return new Gate.Knock(
        context.method().name(),
        need,
        context.header("Host"),
        context.header("Origin"),
        context.header("Sec-Fetch-Site"),
        context.header("Authorization"),
        cookies.read(context),
        context.header("X-CSRF-Token"),
        isLocal(context));
  }

  /** A proxy on this machine speaks for others: what it brings is not local. */
  private static boolean isLocal(Context context) {
    if (context.header("X-Forwarded-For") != null || context.header("Forwarded") != null) {
      return false;
    }
    try {
      return InetAddress.getByName(context.ip()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static void answerHttp(HttpResponseException failure, Context context) {
    String detail =
        failure.getStatus() == 404 ? "nothing is at " + context.path() : failure.getMessage();
    Exchange.problem(context, new Problem(failure.getStatus(), null, detail));
  }

  private static void answerFailure(Exception failure, Context context) {
    LOG.error("{} {} failed", context.method(), context.path(), failure);
    Exchange.problem(context, new Problem(500, null, "this failed, and was logged"));
  }
}
