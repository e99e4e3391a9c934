package org.minusone.app.config;

import java.security.cert.CertificateExpiredException;

/** The last words of a failure that say something. */
public final class Reason {
  private Reason() {}

  /** In one line. */
  public static String of(Throwable failure) {
    String text = "";
    for (Throwable one = failure; one != null; one = one.getCause()) {
      if (one instanceof CertificateExpiredException) {
        return "its certificate has expired (" + first(one.getMessage()) + ")";
      }
      if (one.getMessage() != null && !one.getMessage().isBlank()) {
        text = first(one.getMessage());
      }
      if (one.getCause() == one) {
        break;
      }
    }
    return text.isEmpty() ? failure.getClass().getSimpleName() : text;
  }

  private static String first(String message) {
    return message.strip().lines().findFirst().orElse("");
  }
}
