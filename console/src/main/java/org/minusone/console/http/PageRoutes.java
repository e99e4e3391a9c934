package org.minusone.console.http;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.minusone.console.access.Need;
import org.minusone.model.codec.Json;

/**
 * The pages: one document for all of them, their assets, the libraries they load, and the
 * description of this API. Nothing here is a secret; the data behind it asks who wants it.
 */
public final class PageRoutes {
  private static final String OURS = "no-cache";
  private static final String FOREVER = "public, max-age=31536000, immutable";

  private final WebFiles files;

  public PageRoutes(WebFiles files) {
    this.files = files;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/", Need.NOTHING, this::document),
        Route.get("/alerts/{id}", Need.NOTHING, this::document),
        Route.get("/sensors", Need.NOTHING, this::document),
        Route.get("/sensors/{id}", Need.NOTHING, this::document),
        Route.get("/pipeline", Need.NOTHING, this::document),
        Route.get("/quarantine", Need.NOTHING, this::document),
        Route.get("/quarantine/{id}", Need.NOTHING, this::document),
        Route.get("/crew", Need.NOTHING, context -> document(context, "crew.html")),
        // At the root, or a browser would not let it look after /crew.
        Route.get("/crew-worker.js", Need.NOTHING, this::crewWorker),
        Route.get(
            "/assets/<path>",
            Need.NOTHING,
            context -> send(context, files.page("assets/" + context.pathParam("path")), OURS)),
        Route.get(
            "/webjars/<path>",
            Need.NOTHING,
            context -> send(context, files.webjar(context.pathParam("path")), FOREVER)),
        Route.get(
            "/api/v1/openapi.yaml",
            Need.NOTHING,
            context -> send(context, files.resource("openapi.yaml"), OURS)));
  }

  private void document(Context context) {
    document(context, "index.html");
  }

  private void document(Context context, String name) {
    Optional<WebFiles.File> index = files.page(name);
    index.ifPresent(
        file ->
            context.header(
                "Content-Security-Policy",
                Headers.contentSecurityPolicy(WebFiles.scriptHashes(file.bytes()))));
    send(context, index, OURS);
  }

  /** The script with what it keeps written before it; other bytes whenever any of that changed. */
  private void crewWorker(Context context) {
    Map<String, String> shell = Shell.of(files, "/crew", "crew.html");
    String version = WebFiles.tag(Json.bytes(shell)).replace("\"", "");
    Optional<WebFiles.File> worker =
        files
            .page("crew-worker.js")
            .map(
                script ->
                    script.after(
                        "const VERSION = %s;\nconst SHELL = %s;\n"
                            .formatted(
                                Json.text(version), Json.text(new ArrayList<>(shell.keySet())))));
    // A worker has a policy of its own, and this one fetches.
    context.header(
        "Content-Security-Policy",
        "default-src 'none'; connect-src 'self'; frame-ancestors 'none'");
    send(context, worker, OURS);
  }

  private static void send(Context context, Optional<WebFiles.File> found, String caching) {
    WebFiles.File file =
        found.orElseThrow(() -> Problem.notFound("no such file: " + context.path()));
    context.header("Cache-Control", caching).header("ETag", file.tag());
    if (file.tag().equals(context.header("If-None-Match"))) {
      context.status(304);
    } else {
      context.contentType(file.type()).result(file.bytes());
    }
  }
}
