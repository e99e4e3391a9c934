package org.minusone.app.command;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How a command finds the running instance it talks to. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Data directory of the running instance (default: data/up or data/demo, whichever runs).")
  Path data;

  Instance instance() throws Problem {
    return Instance.find(data);
  }
}
