package org.minusone.console.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minusone.model.codec.Json;

/**
 * What a page must have to start without a network: its document and every file that it loads,
 * modules of modules too. Found by reading them, so that no list can fall behind the code.
 */
final class Shell {
  private static final Pattern IMPORT_MAP =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);
  private static final Pattern TAG =
      Pattern.compile("<(?:script|link)\\b[^>]*?\\s(?:src|href)=\"([^\"]+)\"");
  private static final Pattern IMPORT =
      Pattern.compile("(?:\\bfrom|\\bimport)\\s*\\(?\\s*[\"']([^\"'\\s]+)[\"']");
  private static final Pattern STYLED =
      Pattern.compile("(?:url\\(\\s*|@import\\s+)[\"']?([^\"')\\s]+)");

  private final WebFiles files;
  private final Map<String, String> tags = new TreeMap<>();
  private final Map<String, String> imports = new TreeMap<>();
  private final Deque<String> unread = new ArrayDeque<>();

  private Shell(WebFiles files) {
    this.files = files;
  }

  /**
   * The entity tag of each file by its path, in an order that does not change.
   *
   * @param path of the page, {@code /crew}
   * @param document its file, {@code crew.html}
   */
  static Map<String, String> of(WebFiles files, String path, String document) {
    WebFiles.File page = files.page(document).orElseThrow();
    Shell shell = new Shell(files);
    shell.tags.put(path, page.tag());
    String html = text(page);
    Matcher map = IMPORT_MAP.matcher(html);
    if (map.find()) {
      shell.read(map.group(1));
    }
    shell.follow(TAG, html, path);
    while (!shell.unread.isEmpty()) {
      String next = shell.unread.remove();
      String body = text(shell.file(next).orElseThrow());
      if (next.endsWith(".css")) {
        shell.follow(STYLED, body, next);
      } else if (next.endsWith(".js")) {
        shell.follow(IMPORT, body, next);
      }
    }
    return shell.tags;
  }

  private void read(String importMap) {
    try {
      JsonNode map = Json.MAPPER.readTree(importMap).path("imports");
      map.fields().forEachRemaining(e -> imports.put(e.getKey(), e.getValue().asText()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the import map is not JSON", e);
    }
  }

  /** What looks like a name and leads to no file of ours, as in a comment, is none. */
  private void follow(Pattern pattern, String body, String from) {
    Matcher found = pattern.matcher(body);
    while (found.find()) {
      String path = resolved(found.group(1), from);
      if (path != null && !tags.containsKey(path)) {
        file(path)
            .ifPresent(
                file -> {
                  tags.put(path, file.tag());
                  unread.add(path);
                });
      }
    }
  }

  private String resolved(String name, String from) {
    if (name.startsWith("/")) {
      return name;
    }
    if (name.startsWith(".") || from.endsWith(".css")) {
      return URI.create(from).resolve(name).getPath();
    }
    String exact = imports.get(name);
    if (exact != null) {
      return exact;
    }
    return imports.keySet().stream()
        .filter(prefix -> prefix.endsWith("/") && name.startsWith(prefix))
        .findFirst()
        .map(prefix -> imports.get(prefix) + name.substring(prefix.length()))
        .orElse(null);
  }

  private Optional<WebFiles.File> file(String path) {
    if (path.startsWith("/webjars/")) {
      return files.webjar(path.substring("/webjars/".length()));
    }
    return path.startsWith("/assets/") ? files.page(path.substring(1)) : Optional.empty();
  }

  private static String text(WebFiles.File file) {
    return new String(file.bytes(), StandardCharsets.UTF_8);
  }
}
