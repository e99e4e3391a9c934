package org.minusone.app.command;

import org.minusone.app.config.ConfigProblem;
import picocli.CommandLine.Mixin;

/** How a command finds the console it asks: in a data directory, or by a configuration. */
final class ConsoleOption {
  @Mixin private DataOption where;
  @Mixin private ConfigOption config;

  Instance instance() throws Problem, ConfigProblem {
    return where.data == null && config.isNamed()
        ? Instance.of(config.read(), Starting.person())
        : where.instance();
  }
}
