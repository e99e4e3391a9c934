package org.minusone.console.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * Decides on every request before anything else sees it, in this order:
 *
 * <ol>
 *   <li>Host must be one of ours, or a foreign name that resolves to us would make its page ours.
 *   <li>A foreign Origin, or a fetch that the browser marks as another site's, is refused wherever
 *       there is data: loopback is no boundary against a web page (DESIGN §5.8).
 *   <li>Who is it: bearer token or session cookie.
 *   <li>With a cookie, an unsafe method needs our own Origin and the session's CSRF token.
 *   <li>The role.
 * </ol>
 */
public final class Gate {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
  private static final String BEARER = "bearer ";

  private final Access access;
  private final List<String> names;
  private final IntSupplier port;
  private final List<String> schemes;
  private final Set<String> locals;

  /**
   * @param names further values of Host that are ours, {@code console.example.org} or with a port
   * @param port ours, known once the server is open
   */
  public Gate(Access access, List<String> names, IntSupplier port) {
    this(access, names, "localhost", port, false);
  }

  /**
   * @param local a further name that is ours together with the port
   * @param tls whether we speak TLS ourselves: then a page that came in the clear is not ours
   */
  public Gate(Access access, List<String> names, String local, IntSupplier port, boolean tls) {
    this.locals = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "[::1]"));
    locals.add(local.toLowerCase(Locale.ROOT));
    this.schemes = tls ? List.of("https://") : List.of("http://", "https://");
    this.access = access;
    this.names = List.copyOf(names);
    this.port = port;
  }

  /**
   * A request, as far as the gate looks at it. Absent headers are null.
   *
   * @param cookie the value of our session cookie
   * @param loopback whether the caller is on this machine and no proxy stands between
   */
  public record Knock(
      String method,
      Need need,
      String host,
      String origin,
      String fetchSite,
      String authorization,
      String cookie,
      String csrf,
      boolean loopback) {}

  /**
   * Let in, or refused.
   *
   * @param person who it is; null when refused, or when nobody needs to be known
   * @param session null unless it came with a cookie
   * @param status 0 when let in, else the HTTP status of the refusal
   * @param reason why refused, for a person
   */
  public record Verdict(Person person, Session session, int status, String reason) {
    static Verdict refused(int status, String reason) {
      return new Verdict(null, null, status, reason);
    }

    public boolean isRefused() {
      return status != 0;
    }
  }

  /** Whether {@code host} (a Host header) is one of ours. */
  public boolean isOurHost(String host) {
    return host != null && hosts().contains(host.toLowerCase(Locale.ROOT));
  }

  public Verdict judge(Knock knock) {
    if (!isOurHost(knock.host())) {
      return Verdict.refused(421, "this console does not answer to that Host");
    }
    if (knock.origin() != null && !isOurOrigin(knock.origin())) {
      return Verdict.refused(403, "the Origin is another site's");
    }
    if (isForeignFetch(knock)) {
      return Verdict.refused(403, "another site's page may not read this");
    }
    if (knock.need() == Need.NOTHING || (knock.need() == Need.LOOPBACK && knock.loopback())) {
      return new Verdict(null, null, 0, null);
    }
    return knock.authorization() != null ? judgeBearer(knock) : judgeCookie(knock);
  }

  private Verdict judgeBearer(Knock knock) {
    String header = knock.authorization();
    if (!header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      return Verdict.refused(401, "only Bearer is understood");
    }
    Optional<Person> person = access.tokens().person(header.substring(BEARER.length()).strip());
    return person.isEmpty()
        ? Verdict.refused(401, "the token is not good, or has expired")
        : judgeRole(knock, person.get(), null);
  }

  private Verdict judgeCookie(Knock knock) {
    Optional<Session> session =
        knock.cookie() == null ? Optional.empty() : access.session(knock.cookie());
    if (session.isEmpty()) {
      return Verdict.refused(401, "not signed in");
    }
    if (!SAFE.contains(knock.method())) {
      if (knock.origin() == null) {
        return Verdict.refused(403, "the Origin is missing");
      }
      if (knock.csrf() == null || !equal(knock.csrf(), session.get().csrf())) {
        return Verdict.refused(403, "X-CSRF-Token is missing or wrong");
      }
    }
    return judgeRole(knock, session.get().person(), session.get());
  }

  private static Verdict judgeRole(Knock knock, Person person, Session session) {
    return knock.need().metBy(person.role())
        ? new Verdict(person, session, 0, null)
        : Verdict.refused(403, "the role " + person.role().id() + " may not do this");
  }

  /**
   * Same-site is not enough: every port of localhost is one site to a browser, and any program may
   * serve a page there. Links to our pages carry no data and may be followed from anywhere.
   */
  private static boolean isForeignFetch(Knock knock) {
    return knock.need() != Need.NOTHING
        && knock.fetchSite() != null
        && !knock.fetchSite().equals("same-origin")
        && !knock.fetchSite().equals("none");
  }

  private boolean isOurOrigin(String origin) {
    String lower = origin.toLowerCase(Locale.ROOT);
    for (String scheme : schemes) {
      if (lower.startsWith(scheme) && hosts().contains(lower.substring(scheme.length()))) {
        return true;
      }
    }
    return false;
  }

  private Set<String> hosts() {
    Set<String> hosts = new LinkedHashSet<>();
    int number = port.getAsInt();
    for (String local : locals) {
      hosts.add(local + ":" + number);
      if (number == 80) {
        hosts.add(local);
      }
    }
    names.forEach(name -> hosts.add(name.toLowerCase(Locale.ROOT)));
    return hosts;
  }

  private static boolean equal(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
