package org.minusone.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The files of a small site, {@code harbour}: two registered gauges, one gateway to come. */
record HarbourFiles(Path dir) {
  static HarbourFiles in(Path dir) throws IOException {
    HarbourFiles files = new HarbourFiles(dir);
    files.write("site.yaml", "id: harbour", "name: Harbour", "zone: Asia/Shanghai");
    files.write("places.yaml", "communities: [{id: east, name: East}]");
    files.write(
        "rules/flood.yaml",
        "groups: [{name: g, rules: [{rule: silence, family: flood-point, silent: 5m}]}]");
    files.write(
        "sensors/flood-point.yaml",
        "family: flood-point",
        "quantities: [depth]",
        "sensors:",
        "  - {id: F-1, community: east, x: 1, y: 2, name: Bridge}",
        "  - {id: F-3, community: east, x: 5, y: 2, name: Ramp, gateway: gw-1}");
    return files;
  }

  void write(String name, String... lines) throws IOException {
    Path file = dir.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, List.of(lines));
  }

  void append(String name, List<String> lines) throws IOException {
    Files.write(dir.resolve(name), lines, UTF_8, StandardOpenOption.APPEND);
  }
}
