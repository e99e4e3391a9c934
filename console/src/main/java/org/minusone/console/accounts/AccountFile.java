package org.minusone.console.accounts;

import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.minusone.console.access.Account;
import org.minusone.console.access.Person;
import org.minusone.model.Role;
import org.minusone.model.codec.Json;

/** The accounts as they are kept: {@code accounts.json}, mode 0600. */
public final class AccountFile {
  public static final String NAME = "accounts.json";

  private AccountFile() {}

  private record Entry(String name, String role, String crew, String member, String hash) {}

  private record Content(List<Entry> accounts) {}

  /**
   * By name; none where there is no such file.
   *
   * @throws IOException if it cannot be read or is not one of ours, saying where
   */
  public static Map<String, Account> read(Path file) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return Map.of();
    }
    Content content;
    try {
      content = Json.MAPPER.readValue(bytes, Content.class);
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
      throw new IOException("%s:%d: this is no list of accounts".formatted(file, line), e);
    }
    Map<String, Account> accounts = new TreeMap<>();
    List<Entry> entries =
        content == null || content.accounts() == null ? List.of() : content.accounts();
    for (Entry entry : entries) {
      Account account = account(file, entry);
      if (accounts.put(account.person().name(), account) != null) {
        throw new IOException(
            "%s: account %s is there twice: remove one".formatted(file, entry.name()));
      }
    }
    return accounts;
  }

  private static Account account(Path file, Entry entry) throws IOException {
    if (entry.hash() == null || !Argon2.isHash(entry.hash())) {
      throw new IOException(
          "%s: account %s has no Argon2id hash: minusone account password"
              .formatted(file, entry.name()));
    }
    try {
      Role role = Role.of(String.valueOf(entry.role()));
      return new Account(
          new Person(entry.name(), role, entry.crew(), entry.member()), entry.hash());
    } catch (IllegalArgumentException e) {
      throw new IOException("%s: account %s: %s".formatted(file, entry.name(), e.getMessage()), e);
    }
  }

  /** Written whole or not at all, and never readable by others, not even for an instant. */
  public static void write(Path file, Collection<Account> accounts) throws IOException {
    List<Entry> entries =
        accounts.stream()
            .map(
                a ->
                    new Entry(
                        a.person().name(),
                        a.person().role().id(),
                        a.person().crew(),
                        a.person().member(),
                        a.hash()))
            .toList();
    byte[] bytes;
    try {
      bytes = Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(new Content(entries));
    } catch (JacksonException e) {
      throw new UncheckedIOException(e);
    }
    Path draft = file.toAbsolutePath().resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(draft);
    try (FileChannel out =
        FileChannel.open(
            draft,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
      out.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
