package org.minusone.app.command;

import java.nio.file.Path;
import org.minusone.app.site.IngestChecks;
import org.minusone.rules.load.SiteLoader;

/** A site's directory, read the same way by every command. */
final class SiteFiles {
  private SiteFiles() {}

  /** Never throws for what is in the files. */
  static SiteLoader.Loaded load(Path directory) {
    return SiteLoader.load(directory, new IngestChecks());
  }
}
