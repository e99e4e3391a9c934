package org.minusone.console.http;

import io.javalin.http.Handler;
import org.minusone.console.access.Need;

/**
 * @param path in Javalin's and OpenAPI's common form: {@code /api/v1/alerts/{id}}
 */
public record Route(String method, String path, Need need, Handler handler) {
  static Route get(String path, Need need, Handler handler) {
    return new Route("GET", path, need, handler);
  }

  static Route post(String path, Need need, Handler handler) {
    return new Route("POST", path, need, handler);
  }

  static Route delete(String path, Need need, Handler handler) {
    return new Route("DELETE", path, need, handler);
  }
}
