package org.minusone.console.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pages' files and the WebJars' from the class path, kept in memory once read; in development
 * the pages' files from a folder, read anew each time.
 */
public final class WebFiles {
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9@_][A-Za-z0-9@._+-]*(/[A-Za-z0-9@_][A-Za-z0-9@._+-]*)*");
  private static final Pattern INLINE_SCRIPT =
      Pattern.compile("<script(?![^>]*\\ssrc=)[^>]*>(.*?)</script>", Pattern.DOTALL);
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("wav", "audio/wav"),
          Map.entry("mp3", "audio/mpeg"),
          Map.entry("ogg", "audio/ogg"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("yaml", "application/yaml"));

  /**
   * @param tag an entity tag over the bytes, with its quotes
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by its tag
  record File(byte[] bytes, String type, String tag) {
    /** The same with {@code text} before it, and a tag to match. */
    File after(String text) {
      byte[] before = text.getBytes(StandardCharsets.UTF_8);
      byte[] all = Arrays.copyOf(before, before.length + bytes.length);
      System.arraycopy(bytes, 0, all, before.length, bytes.length);
      return new File(all, type, WebFiles.tag(all));
    }
  }

  private final Path folder;
  private final Map<String, File> cache = new ConcurrentHashMap<>();

  /**
   * @param folder where the pages' files are read from instead of the class path; null = class path
   */
  public WebFiles(Path folder) {
    this.folder = folder;
  }

  /** A file of ours: {@code index.html}, {@code assets/app.js}. */
  Optional<File> page(String name) {
    if (!NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    if (folder == null) {
      return cached("/web/" + name);
    }
    try {
      Path path = folder.resolve(name);
      return Files.isRegularFile(path)
          ? Optional.of(file(name, Files.readAllBytes(path)))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A WebJar's file: {@code lit/3.3.1/index.js}. */
  Optional<File> webjar(String name) {
    return NAME.matcher(name).matches()
        ? cached("/META-INF/resources/webjars/" + name)
        : Optional.empty();
  }

  /** Another resource beside our classes. */
  Optional<File> resource(String name) {
    return cached("/" + name);
  }

  private Optional<File> cached(String resource) {
    File known = cache.get(resource);
    if (known != null) {
      return Optional.of(known);
    }
    // A folder is a resource too, but has no suffix that we serve.
    if (!TYPES.containsKey(suffix(resource))) {
      return Optional.empty();
    }
    try (InputStream in = WebFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        return Optional.empty();
      }
      File file = file(resource, in.readAllBytes());
      cache.put(resource, file);
      return Optional.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static File file(String name, byte[] bytes) {
    String type = TYPES.getOrDefault(suffix(name), "application/octet-stream");
    return new File(bytes, type, tag(bytes));
  }

  static String tag(byte[] bytes) {
    return "\"" + base64(bytes).substring(0, 22) + "\"";
  }

  private static String suffix(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /** {@code 'sha256-…'} of each script that stands within {@code html} itself. */
  static List<String> scriptHashes(byte[] html) {
    List<String> hashes = new ArrayList<>();
    Matcher matcher = INLINE_SCRIPT.matcher(new String(html, StandardCharsets.UTF_8));
    while (matcher.find()) {
      hashes.add(
          "'sha256-"
              + Base64.getEncoder()
                  .encodeToString(sha256(matcher.group(1).getBytes(StandardCharsets.UTF_8)))
              + "'");
    }
    return hashes;
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(bytes));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
