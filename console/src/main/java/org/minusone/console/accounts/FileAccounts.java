package org.minusone.console.accounts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.minusone.console.access.Account;
import org.minusone.console.access.Accounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accounts of a file, read again when it has changed. A file that cannot be read, or is
 * damaged, holds nobody: who was removed must not come in because somebody else's line is broken.
 */
public final class FileAccounts implements Accounts {
  private static final Logger LOG = LoggerFactory.getLogger(FileAccounts.class);

  /** Each takes 19 MiB and some tens of milliseconds of a core. */
  private static final int AT_ONCE = 2;

  private static final int MOST_WAITING = 8;

  /** What is longer is no password, and is not hashed. */
  private static final int LONGEST_PASSWORD = 256;

  private final Path file;
  private final Semaphore turns = new Semaphore(AT_ONCE, true);

  /** Nobody's: checked where the name is unknown, so that it takes as long. */
  private final String nobody = Argon2.hash("nobody");

  private Stamp stamp;
  private Map<String, Account> accounts = Map.of();

  /** All null where there is no file. */
  private record Stamp(FileTime modified, Long size, Object key) {}

  public FileAccounts(Path file) {
    this.file = file;
  }

  @Override
  public synchronized Optional<Account> find(String name) {
    Stamp now = stampNow();
    if (!Objects.equals(now, stamp)) {
      stamp = now;
      accounts = read();
    }
    return Optional.ofNullable(accounts.get(name));
  }

  private Stamp stampNow() {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(found.lastModifiedTime(), found.size(), found.fileKey());
    } catch (IOException e) {
      return new Stamp(null, null, null);
    }
  }

  private Map<String, Account> read() {
    try {
      Map<String, Account> read = AccountFile.read(file);
      LOG.info("{} accounts in {}", read.size(), file);
      return read;
    } catch (IOException e) {
      LOG.error("no account can sign in: {}", e.getMessage());
      return Map.of();
    }
  }

  @Override
  public Optional<Account> check(String name, String password) {
    if (password.length() > LONGEST_PASSWORD) {
      return Optional.empty();
    }
    Optional<Account> account = find(name);
    if (turns.getQueueLength() >= MOST_WAITING) {
      throw new Busy();
    }
    turns.acquireUninterruptibly();
    try {
      boolean matches = Argon2.matches(password, account.map(Account::hash).orElse(nobody));
      return account.filter(found -> matches);
    } finally {
      turns.release();
    }
  }
}
