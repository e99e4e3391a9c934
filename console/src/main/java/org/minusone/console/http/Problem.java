package org.minusone.console.http;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * An answer that is no success, as RFC 9457 has it; thrown by a handler.
 *
 * <p>{@code type} is always {@code about:blank}: the status says it all. {@code reason} is a word
 * for programs, where there is one.
 */
final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1;
  static final String CONTENT_TYPE = "application/problem+json";

  private final int status;
  private final String reason;

  Problem(int status, String reason, String detail) {
    super(detail, null, false, false);
    this.status = status;
    this.reason = reason;
  }

  static Problem badRequest(String detail) {
    return new Problem(400, null, detail);
  }

  static Problem notFound(String detail) {
    return new Problem(404, null, detail);
  }

  int status() {
    return status;
  }

  Body body() {
    return new Body("about:blank", title(status), status, getMessage(), reason);
  }

  record Body(
      String type,
      String title,
      int status,
      String detail,
      @JsonInclude(JsonInclude.Include.NON_NULL) String reason) {}

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad request";
      case 401 -> "Not signed in";
      case 403 -> "Not allowed";
      case 404 -> "Not found";
      case 405 -> "Method not allowed";
      case 409 -> "Conflict";
      case 413 -> "Too large";
      case 421 -> "Misdirected request";
      case 422 -> "Cannot be processed";
      case 429 -> "Too many requests";
      case 503 -> "Not available now";
      default -> status < 500 ? "Refused" : "Failed";
    };
  }
}
