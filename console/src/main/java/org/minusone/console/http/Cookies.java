package org.minusone.console.http;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * The session cookie. Browsers do not tell ports apart, so the port is in its name: a demonstration
 * and a real console on one machine do not sign each other out.
 */
public final class Cookies {
  private static final Duration LIFE = Duration.ofHours(12);

  private final IntSupplier port;
  private final boolean secure;

  /**
   * @param secure whether browsers reach us over TLS only
   */
  public Cookies(IntSupplier port, boolean secure) {
    this.port = port;
    this.secure = secure;
  }

  private String name() {
    return "minusone_" + port.getAsInt();
  }

  String read(Context context) {
    return context.cookie(name());
  }

  void give(Context context, String value) {
    context.cookie(cookie(value, (int) LIFE.toSeconds()));
  }

  void takeBack(Context context) {
    context.cookie(cookie("", 0));
  }

  private Cookie cookie(String value, int seconds) {
    Cookie cookie = new Cookie(name(), value);
    cookie.setPath("/");
    cookie.setHttpOnly(true);
    cookie.setSecure(secure);
    cookie.setSameSite(SameSite.STRICT);
    cookie.setMaxAge(seconds);
    return cookie;
  }
}
