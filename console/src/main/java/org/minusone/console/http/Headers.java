package org.minusone.console.http;

import io.javalin.http.Context;
import java.util.List;

/** What every answer says to the browser about how far to trust it. */
final class Headers {
  private Headers() {}

  /**
   * @param secure whether browsers reach us over TLS only
   */
  static void harden(Context context, boolean secure) {
    String host = context.host();
    // Not for localhost: it would bar every other plain server of this machine.
    if (secure && host != null && !host.startsWith("localhost")) {
      context.header("Strict-Transport-Security", "max-age=31536000");
    }
    context
        .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        .header("X-Content-Type-Options", "nosniff")
        .header("X-Frame-Options", "DENY")
        // Same-origin and not none: our own pages' POSTs must carry their Origin.
        .header("Referrer-Policy", "same-origin")
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .header("Cross-Origin-Resource-Policy", "same-origin")
        .header("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()");
  }

  /**
   * For the pages. Inline styles are let through, as Lit and uPlot set them; inline scripts only
   * where their hash is known, which the import map needs.
   */
  static String contentSecurityPolicy(List<String> scriptHashes) {
    StringBuilder scripts = new StringBuilder("script-src 'self'");
    scriptHashes.forEach(hash -> scripts.append(' ').append(hash));
    return "default-src 'none'; "
        + scripts
        + "; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'"
        + "; media-src 'self' data: blob:; connect-src 'self'; manifest-src 'self'"
        + "; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
  }
}
