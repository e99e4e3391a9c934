package org.minusone.app.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "account",
    mixinStandardHelpOptions = true,
    description = {
      "Who signs in at the console with a name and a password.",
      "A console that runs takes a change at once; sessions of what was changed end."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      AccountAddCommand.class,
      AccountListCommand.class,
      AccountPasswordCommand.class,
      AccountRemoveCommand.class,
      CommandLine.HelpCommand.class
    })
public final class AccountCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do with accounts: add, list, password or remove");
  }
}
