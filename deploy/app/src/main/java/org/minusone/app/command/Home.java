package org.minusone.app.command;

import java.nio.file.Path;

/**
 * Where the project's folder is, so that commands find their defaults from wherever they are
 * called.
 */
final class Home {
  private Home() {}

  /** The launcher says where; without it, the current folder. */
  static Path directory() {
    return Path.of(System.getProperty("minusone.home", "."));
  }

  static Path fubao() {
    return directory().resolve("deploy/sites/fubao");
  }

  static Path data(String name) {
    return directory().resolve("data").resolve(name);
  }
}
