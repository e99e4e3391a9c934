package org.minusone.rules.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.minusone.model.CodecChoice;
import org.minusone.model.Quantity;

/** A small good site in a folder, to be spoilt file by file. */
record SiteFolder(Path dir) {
  /** An ingest that knows three formats and a few units. */
  static final SiteChecks INGEST =
      new SiteChecks() {
        @Override
        public Set<String> codecs() {
          return Set.of("thingsboard", "senml-json", "mapped-json");
        }

        @Override
        public Optional<String> problem(CodecChoice choice) {
          if (!choice.codec().equals("mapped-json")) {
            return choice.options().isEmpty()
                ? Optional.empty()
                : Optional.of("codec " + choice.codec() + " has no options");
          }
          return choice.options().containsKey("values")
              ? Optional.empty()
              : Optional.of("codec mapped-json, valuse.state: no such option");
        }

        @Override
        public Collection<String> units(Quantity quantity) {
          return quantity == Quantity.TEMPERATURE ? List.of("°C", "°F", "K") : List.of();
        }
      };

  static SiteFolder good(Path dir) throws IOException {
    SiteFolder folder = new SiteFolder(dir);
    folder.write("site.yaml", "id: demo", "name: Demo", "zone: Asia/Shanghai");
    folder.write("places.yaml", "communities: [{id: east, name: East}]");
    folder.write(
        "rules/r.yaml", "groups: [{name: g, rules: [{rule: s, family: flood-point, silent: 5m}]}]");
    folder.write(
        "sensors/flood.yaml",
        "family: flood-point",
        "quantities: [depth]",
        "sensors: [{id: F-1, community: east, x: 1, y: 2, name: Bridge}]");
    return folder;
  }

  void write(String name, String... lines) throws IOException {
    Path file = dir.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, List.of(lines));
  }

  SiteLoader.Loaded load() {
    return SiteLoader.load(dir, INGEST);
  }

  List<String> problems() {
    return load().problems().stream().map(p -> p.toString().replace(dir + "/", "")).toList();
  }
}
