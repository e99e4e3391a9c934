package org.minusone.app.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "quarantine",
    mixinStandardHelpOptions = true,
    description = "What the running instance rejected: lists it, shows it, has it decoded again.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      QuarantineListCommand.class,
      QuarantineShowCommand.class,
      QuarantineRetryCommand.class,
      CommandLine.HelpCommand.class
    })
public final class QuarantineCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do with what was rejected: list, show or retry");
  }
}
