package org.minusone.app.command;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.minusone.console.access.Account;
import org.minusone.console.accounts.Argon2;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "password",
    mixinStandardHelpOptions = true,
    description = "Gives an account another password; its sessions and tokens end.")
final class AccountPasswordCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private AccountOption accounts;
  @Mixin private PasswordOption password;

  @Parameters(paramLabel = "NAME", description = "Whose.")
  private String name;

  @Override
  public Integer call() throws Exception {
    Path file = accounts.file();
    Map<String, Account> all = accounts.read(file);
    Account before = all.get(name);
    if (before == null) {
      throw AccountOption.unknown(name, file, all.keySet());
    }
    all.put(name, new Account(before.person(), Argon2.hash(password.read(name))));
    accounts.write(file, all.values(), name + " got another password");
    spec.commandLine().getOut().printf("%s has a new password%n", name);
    spec.commandLine().getOut().flush();
    return 0;
  }
}
