package org.minusone.app.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportFileTest {
  @TempDir private Path folder;

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aFileHasItsNameOnlyWhenItIsComplete() throws Exception {
    Path file = folder.resolve("r.csv");
    try (ExportFile export = ExportFile.open(file)) {
      export.stream().write("half".getBytes(UTF_8));
      assertThat(names()).hasSize(1).allMatch(name -> name.matches("r\\.csv\\.\\d+\\.part"));
      export.stream().write(" whole".getBytes(UTF_8));
      export.complete();
    }
    assertThat(names()).containsExactly("r.csv");
    assertThat(file).hasContent("half whole");
  }

  @Test
  void whatWasNotCompletedLeavesNothingAndWhatWasThereStays() throws Exception {
    Path file = Files.writeString(folder.resolve("r.csv"), "old");
    try (ExportFile export = ExportFile.open(file)) {
      export.stream().write("half".getBytes(UTF_8));
    }
    assertThat(names()).containsExactly("r.csv");
    assertThat(file).hasContent("old");
  }

  @Test
  void aLinkStaysALink() throws Exception {
    Path file = Files.writeString(folder.resolve("r.csv"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("latest.csv"), file);
    try (ExportFile export = ExportFile.open(link)) {
      export.stream().write("new".getBytes(UTF_8));
      export.complete();
    }
    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("new");
  }

  @Test
  void aDeviceIsWrittenToAndStays() throws Exception {
    Path nothing = Path.of("/dev/null");
    try (ExportFile export = ExportFile.open(nothing)) {
      export.stream().write("gone".getBytes(UTF_8));
      export.complete();
    }
    assertThat(Files.isRegularFile(nothing)).isFalse();
    assertThat(Files.exists(nothing)).isTrue();
  }

  @Test
  void aFolderThatIsNotThereIsAnError() {
    assertThatThrownBy(() -> ExportFile.open(folder.resolve("none/r.csv")))
        .isInstanceOf(IOException.class);
  }
}
