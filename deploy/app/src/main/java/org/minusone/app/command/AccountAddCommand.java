package org.minusone.app.command;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Map;
import java.util.concurrent.Callable;
import org.minusone.console.access.Account;
import org.minusone.console.access.Person;
import org.minusone.console.accounts.Argon2;
import org.minusone.model.Role;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    description = "Adds an account; asks for its password.")
final class AccountAddCommand implements Callable<Integer> {
  /** What commands on the console's own machine are called. */
  private static final String RESERVED = "local";

  @Spec private CommandSpec spec;
  @Mixin private AccountOption accounts;
  @Mixin private PasswordOption password;

  @Parameters(paramLabel = "NAME", description = "Whose; what is done carries the name.")
  private String name;

  @Option(names = "--role", required = true, description = "operator, crew, engineer or admin.")
  private Role role;

  @Option(
      names = "--crew",
      paramLabel = "ID",
      description = "With --role crew: the crew of crews.yaml whose jobs it sees.")
  private String crew;

  @Option(
      names = "--member",
      paramLabel = "ID",
      description = "With --crew: who of it (default: a phone that the whole crew shares).")
  private String member;

  @Override
  public Integer call() throws Exception {
    String known = Normalizer.normalize(name, Normalizer.Form.NFC).strip();
    if (known.equals(RESERVED)) {
      throw Problem.usage("'local' is what commands on the console's machine are called");
    }
    if (role == Role.CREW && crew == null) {
      throw Problem.usage("--role crew wants --crew ID, an id of crews.yaml");
    }
    Person person;
    try {
      person = new Person(known, role, crew, member);
    } catch (IllegalArgumentException e) {
      throw Problem.usage(e.getMessage());
    }
    Path file = accounts.file();
    Map<String, Account> all = accounts.read(file);
    if (all.containsKey(known)) {
      throw Problem.failed(
          "there is an account '%s' already: `account password` changes its password, `account"
                  .formatted(known)
              + " remove` removes it");
    }
    all.put(known, new Account(person, Argon2.hash(password.read(known))));
    accounts.write(file, all.values(), "%s (%s) added".formatted(known, role.id()));
    spec.commandLine().getOut().printf("%s may sign in as %s%n", known, role.id());
    spec.commandLine().getOut().flush();
    return 0;
  }
}
