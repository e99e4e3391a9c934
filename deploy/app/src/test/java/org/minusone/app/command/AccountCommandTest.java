package org.minusone.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.console.accounts.AccountFile;
import org.minusone.console.accounts.Argon2;
import org.minusone.console.accounts.FileAccounts;
import org.minusone.model.codec.Json;

/** An administrator keeps the accounts of a data directory on which nothing runs. */
class AccountCommandTest {
  @TempDir private Path data;

  private Said account(Object... words) {
    List<Object> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--data", data));
    return Said.by(new AccountCommand(), all.toArray());
  }

  private Path password(String text) throws IOException {
    return Files.writeString(data.resolve("password"), text + "\n");
  }

  @Test
  void addsListsChangesAndRemoves() throws Exception {
    Path first = password("warm store seven");
    assertThat(account("add", "王值班", "--role", "operator", "--password-file", first).code())
        .isZero();
    Said crew =
        account(
            "add",
            "李抢修",
            "--role",
            "crew",
            "--crew",
            "electric-1",
            "--member",
            "li",
            "--password-file",
            first);
    assertThat(crew.out()).contains("李抢修 may sign in as crew");

    Path file = data.resolve(AccountFile.NAME);
    FileAccounts running = new FileAccounts(file);
    assertThat(running.check("李抢修", "warm store seven").orElseThrow().person().member())
        .isEqualTo("li");
    Said list = account("list", "--json");
    assertThat(list.json().at("/accounts")).hasSize(2);
    assertThat(list.out()).doesNotContain("argon2").contains("electric-1");
    assertThat(account("list").out()).contains("electric-1/li");

    assertThat(account("password", "王值班", "--password-file", password("another one now")).code())
        .isZero();
    assertThat(running.check("王值班", "warm store seven")).isEmpty();
    assertThat(running.check("王值班", "another one now")).isPresent();

    assertThat(account("remove", "李抢修").code()).isZero();
    assertThat(running.find("李抢修")).isEmpty();
    assertThat(AccountFile.read(file)).containsOnlyKeys("王值班");
    assertThat(Argon2.isHash(AccountFile.read(file).get("王值班").hash())).isTrue();
  }

  @Test
  void saysWhatIsWrongAndChangesNothing() throws Exception {
    Path good = password("warm store seven");
    account("add", "wang", "--role", "operator", "--password-file", good);
    byte[] before = Files.readAllBytes(data.resolve(AccountFile.NAME));

    Said twice = account("add", "wang", "--role", "admin", "--password-file", good);
    assertThat(twice.code()).isEqualTo(1);
    assertThat(twice.out()).contains("there is an account 'wang' already");
    Said homeless = account("add", "li", "--role", "crew", "--password-file", good);
    assertThat(homeless.code()).isEqualTo(2);
    assertThat(homeless.out()).contains("--role crew wants --crew ID");
    Said unknown = account("remove", "wnag");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.out()).contains("no account 'wnag'", "there are wang");
    Said brief = account("password", "wang", "--password-file", password("short"));
    assertThat(brief.code()).isEqualTo(2);
    assertThat(brief.out()).contains("10 to 256 characters, this one has 5");

    assertThat(Files.readAllBytes(data.resolve(AccountFile.NAME))).isEqualTo(before);
  }

  @Test
  void aBrokenFileIsNamedWithItsLineAndLeftAlone() throws Exception {
    Path file = data.resolve(AccountFile.NAME);
    Files.writeString(file, "{\n \"accounts\": [\n  {\"name\": \"a\",,}\n]}");
    Said said = account("list");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out()).contains(file + ":3: this is no list of accounts");
    assertThat(Json.text(Files.readString(file))).contains(",,");
  }
}
