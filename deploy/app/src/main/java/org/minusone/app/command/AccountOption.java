package org.minusone.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.minusone.app.config.Configuration;
import org.minusone.app.config.Setting;
import org.minusone.app.embedded.RunFile;
import org.minusone.console.access.Account;
import org.minusone.console.accounts.AccountFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Mixin;

/** The file of accounts that a command reads or writes; no console need run for it. */
final class AccountOption {
  private static final Logger AUDIT = LoggerFactory.getLogger("audit");

  @Mixin private DataOption where;
  @Mixin private ConfigOption config;

  Path file() throws Exception {
    if (where.data == null && config.isNamed()) {
      Configuration configuration = config.read();
      Path file = configuration.path(Setting.CONSOLE_ACCOUNTS);
      if (file != null) {
        return file;
      }
      configuration.require("an account", List.of(Setting.DATA));
      return configuration.path(Setting.DATA).resolve(AccountFile.NAME);
    }
    if (where.data != null) {
      Optional<RunFile> running = RunFile.find(where.data);
      if (running.isEmpty() && !Files.isDirectory(where.data)) {
        throw Problem.usage("--data %s is no data directory".formatted(where.data));
      }
      String file = running.map(run -> run.addresses().get("accounts")).orElse(null);
      return file == null ? where.data.resolve(AccountFile.NAME) : Path.of(file);
    }
    String file = where.instance().file().addresses().get("accounts");
    if (file == null) {
      throw Problem.usage("the instance that runs keeps no accounts: name another with --data DIR");
    }
    return Path.of(file);
  }

  /** By name, to be changed and written. */
  Map<String, Account> read(Path file) throws Problem {
    try {
      return new TreeMap<>(AccountFile.read(file));
    } catch (IOException e) {
      throw Problem.failed(e.getMessage());
    }
  }

  /**
   * @param what for the audit
   */
  void write(Path file, Collection<Account> accounts, String what) throws Problem {
    try {
      AccountFile.write(file, accounts);
    } catch (IOException e) {
      throw Problem.failed(
          "cannot write %s (%s): is the folder yours?".formatted(file, e.getMessage()));
    }
    AUDIT.info("account {} by {} in {}", what, Starting.person(), file);
  }

  static Problem unknown(String name, Path file, Collection<String> known) {
    return Problem.failed(
        "there is no account '%s' in %s; there %s"
            .formatted(
                name, file, known.isEmpty() ? "are none yet" : "are " + String.join(", ", known)));
  }
}
