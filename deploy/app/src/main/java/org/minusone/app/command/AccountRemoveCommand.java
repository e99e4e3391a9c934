package org.minusone.app.command;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.minusone.console.access.Account;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "remove",
    mixinStandardHelpOptions = true,
    description = "Removes an account; its sessions and tokens end.")
final class AccountRemoveCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private AccountOption accounts;

  @Parameters(paramLabel = "NAME", description = "Whose.")
  private String name;

  @Override
  public Integer call() throws Exception {
    Path file = accounts.file();
    Map<String, Account> all = accounts.read(file);
    if (all.remove(name) == null) {
      throw AccountOption.unknown(name, file, all.keySet());
    }
    accounts.write(file, all.values(), name + " removed");
    spec.commandLine().getOut().printf("%s may sign in no more%n", name);
    spec.commandLine().getOut().flush();
    return 0;
  }
}
