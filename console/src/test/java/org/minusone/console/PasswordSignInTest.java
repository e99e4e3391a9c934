package org.minusone.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.console.access.Account;
import org.minusone.console.access.Person;
import org.minusone.console.accounts.AccountFile;
import org.minusone.console.accounts.Argon2;
import org.minusone.console.accounts.FileAccounts;
import org.minusone.model.Role;
import org.minusone.model.codec.Json;

/** Accounts with a password: in, out, and gone at once when they change. */
class PasswordSignInTest {
  private static final String PASSWORD = "warm store seven";

  private static Account wang;
  private static Account li;
  private static Account wangAnew;

  @TempDir private Path folder;
  private Path file;
  private Rig rig;

  @BeforeAll
  static void hash() {
    wang = new Account(new Person("王值班", Role.OPERATOR), Argon2.hash(PASSWORD));
    li =
        new Account(
            new Person("李抢修", Role.CREW, "electric-1", "li"), Argon2.hash("cables and fuses"));
    wangAnew = new Account(wang.person(), Argon2.hash("another one now"));
  }

  @BeforeEach
  void start() throws Exception {
    file = folder.resolve(AccountFile.NAME);
    keep(wang, li);
    rig = new Rig(new FileAccounts(file)).start();
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private void keep(Account... accounts) throws Exception {
    AccountFile.write(file, List.of(accounts));
  }

  private Rig.Answer signIn(String name, String password) throws Exception {
    String body = Json.MAPPER.createObjectNode().put("name", name).put("password", password) + "";
    return rig.send(rig.to("/api/v1/sessions").POST(Rig.json(body)));
  }

  private static String cookie(Rig.Answer signedIn) {
    String cookie = signedIn.header("Set-Cookie");
    return cookie.substring(0, cookie.indexOf(';'));
  }

  private int asking(String header, String value) throws Exception {
    return rig.send(rig.to("/api/v1/sessions/current").header(header, value).GET()).status();
  }

  @Test
  void aPasswordSignsInWithRoleCrewAndMember() throws Exception {
    Rig.Answer answer = signIn("李抢修", "cables and fuses");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("role").asText()).isEqualTo("crew");
    assertThat(answer.json().get("crew").asText()).isEqualTo("electric-1");
    assertThat(answer.json().get("member").asText()).isEqualTo("li");
    assertThat(asking("Cookie", cookie(answer))).isEqualTo(200);
  }

  @Test
  void aWrongNameAndAWrongPasswordGetOneAnswer() throws Exception {
    Rig.Answer name = signIn("nobody", PASSWORD);
    Rig.Answer password = signIn("王值班", "cables and fuses");
    assertThat(name.status()).isEqualTo(401);
    assertThat(password.response().body()).isEqualTo(name.response().body());
    assertThat(password.json().get("reason").asText()).isEqualTo("wrong-password");
    assertThat(name.header("Set-Cookie")).isNull();
    assertThat(signIn("王值班", "x".repeat(5_000)).status()).isEqualTo(401);
    assertThat(signIn("x".repeat(500), PASSWORD).status()).isEqualTo(401);
  }

  @Test
  void halfASignInIsSaidSo() throws Exception {
    for (String body :
        List.of(
            "{\"name\":\"a\"}",
            "{\"password\":\"a\"}",
            "{\"token\":\"t\",\"name\":\"a\",\"password\":\"b\"}")) {
      assertThat(rig.send(rig.to("/api/v1/sessions").POST(Rig.json(body))).status())
          .as(body)
          .isEqualTo(400);
    }
  }

  @Test
  void aRemovedAccountsSessionsAndTokensEndAtOnce() throws Exception {
    String session = cookie(signIn("王值班", PASSWORD));
    String byLink = rig.browser("王值班", Role.OPERATOR).cookie();
    String token = "Bearer " + rig.access.tokens().issue(wang.person(), Duration.ofHours(1));
    String script = "Bearer " + rig.token(Role.OPERATOR);
    String other = cookie(signIn("李抢修", "cables and fuses"));
    assertThat(asking("Cookie", session)).isEqualTo(200);
    assertThat(asking("Cookie", byLink)).isEqualTo(200);
    assertThat(asking("Authorization", token)).isEqualTo(200);

    keep(li);

    assertThat(asking("Cookie", session)).isEqualTo(401);
    assertThat(asking("Cookie", byLink)).isEqualTo(401);
    assertThat(asking("Authorization", token)).isEqualTo(401);
    assertThat(signIn("王值班", PASSWORD).status()).isEqualTo(401);
    assertThat(asking("Cookie", other)).isEqualTo(200);
    assertThat(asking("Authorization", script)).isEqualTo(200);
  }

  @Test
  void aChangedPasswordEndsWhatTheOldOneOpened() throws Exception {
    String session = cookie(signIn("王值班", PASSWORD));
    keep(wangAnew, li);
    assertThat(asking("Cookie", session)).isEqualTo(401);
    assertThat(signIn("王值班", PASSWORD).status()).isEqualTo(401);
    assertThat(asking("Cookie", cookie(signIn("王值班", "another one now")))).isEqualTo(200);
  }

  @Test
  void aChangedRoleEndsTheSession() throws Exception {
    String session = cookie(signIn("王值班", PASSWORD));
    keep(new Account(new Person("王值班", Role.ADMIN), wang.hash()), li);
    assertThat(asking("Cookie", session)).isEqualTo(401);
  }

  @Test
  void aDamagedFileLetsNobodyIn() throws Exception {
    String session = cookie(signIn("王值班", PASSWORD));
    Files.writeString(file, "{\"accounts\": [{\"name\": \"王值班\"}]}");
    assertThat(asking("Cookie", session)).isEqualTo(401);
    assertThat(signIn("王值班", PASSWORD).status()).isEqualTo(401);
    keep(wang);
    assertThat(asking("Cookie", session)).isEqualTo(200);
  }

  @Test
  void oneNameIsTriedTenTimesAMinute() throws Exception {
    List<Integer> tries = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      tries.add(signIn("王值班", "guess number " + i).status());
    }
    assertThat(tries.subList(0, 10)).containsOnly(401);
    assertThat(tries.get(10)).isEqualTo(429);
    Rig.Answer right = signIn("王值班", PASSWORD);
    assertThat(right.status()).isEqualTo(429);
    assertThat(right.header("Retry-After")).isEqualTo("60");
    assertThat(signIn("李抢修", "cables and fuses").status()).isEqualTo(200);
    rig.clock.pass(Duration.ofMinutes(1));
    assertThat(signIn("王值班", PASSWORD).status()).isEqualTo(200);
    assertThat(rig.audit.kept.stream().filter(e -> e.outcome().equals("too-many-attempts")))
        .as("told once, not each time")
        .hasSize(1);
  }

  @Test
  void theFileIsTheOwnersAlone() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(AccountFile.read(file)).containsEntry("王值班", wang).containsEntry("李抢修", li);
    assertThat(Files.readString(file)).doesNotContain(PASSWORD);
  }

  @Test
  void everySignInIsAudited() throws Exception {
    signIn("王值班", PASSWORD);
    signIn("王值班", "wrong one here");
    // Whoever types a password into the field of the name must not find it in a log.
    signIn(PASSWORD, "");
    assertThat(rig.audit.kept)
        .extracting(e -> e.what() + " " + e.who() + " " + e.target() + " " + e.outcome())
        .containsExactly(
            "sign-in 王值班 password done",
            "sign-in 王值班 password wrong-password",
            "sign-in null password wrong-password");
    assertThat(rig.audit.kept).allMatch(e -> e.from().equals("127.0.0.1"));
  }
}
