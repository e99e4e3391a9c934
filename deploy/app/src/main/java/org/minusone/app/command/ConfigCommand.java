package org.minusone.app.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    description = "The configuration of `run` and `up`.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ConfigPrintCommand.class, CommandLine.HelpCommand.class})
public final class ConfigCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do with it: print");
  }
}
