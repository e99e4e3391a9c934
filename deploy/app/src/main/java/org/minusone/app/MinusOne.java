package org.minusone.app;

import java.io.IOException;
import java.io.PrintWriter;
import org.minusone.app.command.AccountCommand;
import org.minusone.app.command.AuditCommand;
import org.minusone.app.command.ConfigCommand;
import org.minusone.app.command.DecodeCommand;
import org.minusone.app.command.DemoCommand;
import org.minusone.app.command.ExportCommand;
import org.minusone.app.command.HealthCommand;
import org.minusone.app.command.Problem;
import org.minusone.app.command.QuarantineCommand;
import org.minusone.app.command.ReplayCommand;
import org.minusone.app.command.RulesCommand;
import org.minusone.app.command.RunCommand;
import org.minusone.app.command.SiteCommand;
import org.minusone.app.command.TokenCommand;
import org.minusone.app.command.UpCommand;
import org.minusone.app.config.ConfigProblem;
import org.minusone.app.embedded.StartProblem;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. Exit 0: good; 1: a check failed; 2: bad usage, or it could not start. */
@Command(
    name = "minusone",
    mixinStandardHelpOptions = true,
    version = "MinusOne 0.1.0",
    description =
        "Warns one second before: sensors in over MQTT, alerts out before the limit is crossed.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      RunCommand.class,
      ReplayCommand.class,
      ExportCommand.class,
      SiteCommand.class,
      RulesCommand.class,
      TokenCommand.class,
      AccountCommand.class,
      AuditCommand.class,
      HealthCommand.class,
      DecodeCommand.class,
      QuarantineCommand.class,
      ConfigCommand.class,
      CommandLine.HelpCommand.class,
    })
public final class MinusOne {
  private MinusOne() {}

  public static void main(String[] arguments) {
    int code = 2;
    try {
      code = run(arguments);
    } catch (Error failure) {
      failure.printStackTrace(); // not said by anybody else, as the process ends here
    } finally {
      // Whatever happened: threads of a half-started stack must not keep the process.
      System.exit(code);
    }
  }

  /** Runs one command and gives its exit code. */
  public static int run(String... arguments) {
    CommandLine line = new CommandLine(new MinusOne());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(MinusOne::explain);
    if (arguments.length == 0) {
      line.usage(line.getErr());
      return 2;
    }
    return line.execute(arguments);
  }

  /** The JDK's file exceptions carry the path alone. */
  private static String said(IOException failure) {
    return switch (failure.getClass().getSimpleName()) {
      case "NoSuchFileException" -> failure.getMessage() + ": no such file or folder";
      case "AccessDeniedException" -> failure.getMessage() + ": permission denied";
      default -> String.valueOf(failure.getMessage());
    };
  }

  private static int explain(Exception failure, CommandLine line, CommandLine.ParseResult parsed)
      throws Exception {
    if (failure instanceof StartProblem || failure instanceof Problem) {
      PrintWriter err = line.getErr();
      err.println("minusone: " + failure.getMessage());
      err.flush();
      return failure instanceof Problem problem ? problem.exitCode() : 2;
    }
    if (failure instanceof ConfigProblem) {
      PrintWriter err = line.getErr();
      failure.getMessage().lines().forEach(fault -> err.println("minusone: " + fault));
      err.flush();
      return 2;
    }
    if (failure instanceof IOException) {
      PrintWriter err = line.getErr();
      err.println("minusone: " + said((IOException) failure));
      err.flush();
      return 2;
    }
    throw failure;
  }
}
