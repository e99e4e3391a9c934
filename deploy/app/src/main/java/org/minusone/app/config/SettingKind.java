package org.minusone.app.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a value may look like. Each says what it wants of a text that is not so. */
enum SettingKind {
  TEXT("text"),
  /** Not shown to anybody. */
  SECRET("text"),
  /** Goes into names of sessions, groups and threads. */
  NAME("a name of letters, digits, '-', '_' and '.', at most 64"),
  /** {@code host:port}, several with commas; in the file also as a list. */
  ADDRESSES("host:port, several with commas"),
  /** Several with commas; in the file also as a list. */
  WORDS("words, several with commas"),
  MQTT_URL("tcp://host:port or ssl://host:port"),
  HTTP_URL("http://host:port or https://host:port"),
  PORT("a port from 0 to 65535"),
  COUNT("a whole number from 1 to 10000"),
  FLAG("true or false"),
  FILE("the path of a file"),
  DIRECTORY("the path of a directory");

  private static final Pattern NAME_FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern ADDRESS =
      Pattern.compile("([^\\s,:/]+|\\[[0-9A-Fa-f:.]+]):[0-9]{1,5}");
  private static final Pattern MQTT =
      Pattern.compile("(tcp|ssl)://([^/:\\s]+|\\[[^/\\s]+]):[0-9]{1,5}");
  private static final int LARGEST_COUNT = 10_000;

  private final String wanted;

  SettingKind(String wanted) {
    this.wanted = wanted;
  }

  /** What it wants, if {@code text} is not so. */
  Optional<String> missed(String text) {
    boolean good =
        switch (this) {
          case TEXT, SECRET, FILE, DIRECTORY -> !text.isBlank();
          case NAME -> NAME_FORM.matcher(text).matches();
          case ADDRESSES -> list(text).stream().allMatch(one -> ADDRESS.matcher(one).matches());
          case WORDS -> list(text).stream().noneMatch(String::isEmpty);
          case MQTT_URL -> MQTT.matcher(text).matches();
          case HTTP_URL -> isHttp(text);
          case PORT -> isWhole(text, 0, 65_535);
          case COUNT -> isWhole(text, 1, LARGEST_COUNT);
          case FLAG -> text.equals("true") || text.equals("false");
        };
    return good ? Optional.empty() : Optional.of(wanted);
  }

  boolean isList() {
    return this == ADDRESSES || this == WORDS;
  }

  static List<String> list(String text) {
    return List.of(text.strip().split("\\s*,\\s*", -1));
  }

  private static boolean isWhole(String text, int least, int most) {
    if (!text.matches("[0-9]{1,9}")) {
      return false;
    }
    int number = Integer.parseInt(text);
    return number >= least && number <= most;
  }

  private static boolean isHttp(String text) {
    try {
      URI uri = new URI(text);
      return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null
          && uri.getUserInfo() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
