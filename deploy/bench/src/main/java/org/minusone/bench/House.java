package org.minusone.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The project's folder: its launcher, and the class archive that the launcher makes. */
final class House {
  private static final Duration ARCHIVE_PATIENCE = Duration.ofMinutes(3);
  private static final long POLL_MS = 200;

  private final Path home;

  House(Path home) throws Unusable {
    this.home = home;
    if (!Files.isExecutable(launcher())) {
      throw new Unusable(home + " has no launcher: start the bench with deploy/bench/run");
    }
  }

  Path launcher() {
    return home.resolve("minusone");
  }

  /** So that a first start is one: without what an earlier start left behind. */
  void forgetArchive() throws IOException {
    try (DirectoryStream<Path> archives = archives("classes-*.jsa")) {
      for (Path archive : archives) {
        Files.delete(archive);
      }
    }
  }

  boolean hasArchive() throws IOException {
    try (DirectoryStream<Path> archives = archives("classes-*.jsa")) {
      return archives.iterator().hasNext();
    }
  }

  /**
   * Waits until the launcher has made its archive, which it begins when the first start has ended.
   *
   * @return false if it makes none: it does not where {@code CI} is set
   */
  boolean awaitArchive() throws IOException, InterruptedException {
    if (System.getenv("CI") != null) {
      return false;
    }
    long end = System.nanoTime() + ARCHIVE_PATIENCE.toNanos();
    while (!hasArchive() || isMaking()) {
      if (System.nanoTime() > end) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
    return true;
  }

  private boolean isMaking() throws IOException {
    try (DirectoryStream<Path> making = archives("classes-*.jsa.making")) {
      return making.iterator().hasNext();
    }
  }

  private DirectoryStream<Path> archives(String glob) throws IOException {
    return Files.newDirectoryStream(home.resolve("deploy/app/target/minusone"), glob);
  }
}
