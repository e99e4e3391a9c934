package org.minusone.app.command;

import java.nio.file.Path;
import org.minusone.app.config.ConfigProblem;
import org.minusone.app.config.Configuration;
import org.minusone.app.config.ConfigurationReader;
import picocli.CommandLine.Option;

/** How a command finds the configuration. */
final class ConfigOption {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Configuration, YAML (default: what the environment's MINUSONE_CONFIG names). Each value"
              + " may be overridden by MINUSONE__SECTION__KEY, a secret by a file that"
              + " MINUSONE__SECTION__KEY_FILE names.")
  Path file;

  /** Whether one was named, here or in the environment. */
  boolean isNamed() {
    return file != null || System.getenv(ConfigurationReader.FILE_VARIABLE) != null;
  }

  Configuration read() throws ConfigProblem {
    return ConfigurationReader.read(file, System.getenv());
  }
}
