package org.minusone.app.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "site",
    mixinStandardHelpOptions = true,
    description = "Checks a site's files, applies them, and finds who is missing in them.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      SiteCheckCommand.class,
      SiteApplyCommand.class,
      SiteUnknownCommand.class,
      SiteGatewayCommand.class,
      CommandLine.HelpCommand.class
    })
public final class SiteCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do with the site: check, apply, unknown, gateway");
  }
}
