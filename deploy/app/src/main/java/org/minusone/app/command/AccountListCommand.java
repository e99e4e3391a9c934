package org.minusone.app.command;

import java.io.PrintWriter;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.Callable;
import org.minusone.console.access.Account;
import org.minusone.console.access.Person;
import org.minusone.model.codec.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the accounts: name, role, crew and member.")
final class AccountListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private AccountOption accounts;

  @Option(names = "--json", description = "The answer as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Collection<Person> people =
        accounts.read(accounts.file()).values().stream().map(Account::person).toList();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.text(Map.of("accounts", people)));
    } else if (people.isEmpty()) {
      out.println("no accounts: minusone account add NAME --role operator");
    } else {
      for (Person one : people) {
        String crew =
            one.crew() == null ? "" : one.crew() + (one.member() == null ? "" : "/" + one.member());
        out.printf("%-10s %-20s %s%n", one.role().id(), crew, one.name());
      }
    }
    out.flush();
    return 0;
  }
}
