package org.minusone.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {
  @TempDir Path temp;

  @Test
  void isReadableByItsOwnerAlone() throws Exception {
    try (DataDirectory data = DataDirectory.open(temp.resolve("a/b"))) {
      data.password("kafka");
      data.announce(RunFile.ofThisProcess(Map.of(), Map.of()));
      assertThat(mode(data.path())).isEqualTo("rwx------");
      for (String file : new String[] {"secrets.json", "run.json", "lock"}) {
        assertThat(mode(data.path().resolve(file))).as(file).isEqualTo("rw-------");
      }
    }
  }

  @Test
  void keepsItsPasswordsAndTakesRunJsonAway() throws Exception {
    Path path = temp.resolve("data");
    String first;
    try (DataDirectory data = DataDirectory.open(path)) {
      first = data.password("kafka");
      assertThat(data.password("store")).isNotEqualTo(first);
      data.announce(RunFile.ofThisProcess(Map.of(), Map.of()));
      assertThat(RunFile.find(path)).isPresent();
    }
    assertThat(RunFile.find(path)).isEmpty();
    assertThat(path.resolve("run.json")).doesNotExist();
    try (DataDirectory data = DataDirectory.open(path)) {
      assertThat(data.password("kafka")).isEqualTo(first).matches("[A-Za-z0-9_-]{32}");
    }
  }

  @Test
  void belongsToOneProcessAtATime() throws Exception {
    Path path = temp.resolve("data");
    try (DataDirectory data = DataDirectory.open(path)) {
      String expected =
          "data directory %s is in use by pid %d: stop it first, or choose another with --data DIR"
              .formatted(data.path(), ProcessHandle.current().pid());
      assertThatThrownBy(() -> DataDirectory.open(path))
          .isInstanceOf(StartProblem.class)
          .hasMessage(expected);
      assertThat(openInAnotherProcess(path)).isEqualTo(expected);
    }
    assertThat(openInAnotherProcess(path)).isEqualTo("opened");
  }

  @Test
  void saysWhatToDoWhenItCannotBeWritten() throws Exception {
    Path file = Files.createFile(temp.resolve("file"));
    assertThatThrownBy(() -> DataDirectory.open(file))
        .isInstanceOf(StartProblem.class)
        .hasMessage("%s is a file, not a directory: choose another with --data DIR", file);
    // Nobody may write there, not even root.
    assertThatThrownBy(() -> DataDirectory.open(Path.of("/proc/minusone")))
        .isInstanceOf(StartProblem.class)
        .hasMessageContaining("cannot be written")
        .hasMessageContaining("--data DIR");
  }

  @Test
  void saysThatPermissionIsMissingToWhomeverItCanBeMissing() throws Exception {
    Path closed = Files.createDirectory(temp.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-x------"));
    assumeFalse(Files.isWritable(closed), "this user may write everywhere");
    assertThatThrownBy(() -> DataDirectory.open(closed.resolve("data")))
        .isInstanceOf(StartProblem.class)
        .hasMessageContaining("cannot be written (permission denied)")
        .hasMessageContaining("--data DIR");
  }

  @Test
  void whatAKilledProcessLeftBehindIsNotFound() throws Exception {
    RunFile late = new RunFile(ProcessHandle.current().pid(), Instant.EPOCH, Map.of(), Map.of());
    try (DataDirectory data = DataDirectory.open(temp)) {
      data.announce(late);
      assertThat(RunFile.find(temp)).isEmpty();
    }
  }

  private static String mode(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static String openInAnotherProcess(Path path) throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Opener.class.getName(),
                path.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(process.getInputStream().readAllBytes()).strip();
    process.waitFor();
    return said.lines().reduce((first, last) -> last).orElse("");
  }

  /** What the other process runs. */
  static final class Opener {
    private Opener() {}

    public static void main(String[] arguments) {
      try (DataDirectory data = DataDirectory.open(Path.of(arguments[0]))) {
        System.out.println("opened");
      } catch (StartProblem e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
