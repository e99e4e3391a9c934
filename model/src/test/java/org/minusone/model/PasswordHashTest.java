package org.minusone.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {
  private static final byte[] SALT = "sixteen bytes ..".getBytes(UTF_8);

  @Test
  void isRightForItsPasswordAndNoOther() {
    String text = PasswordHash.of("open sesame", SALT).text();

    PasswordHash read = PasswordHash.parse(text).orElseThrow();

    assertThat(text).startsWith("pbkdf2-sha256:210000:").doesNotContain("sesame");
    assertThat(read.matches("open sesame")).isTrue();
    assertThat(read.matches("open Sesame")).isFalse();
    assertThat(read.matches("")).isFalse();
    assertThat(read.toString()).doesNotContain(read.hash());
  }

  /** The vector of RFC 7914, section 11: password "Password", salt "NaCl", 80000 iterations. */
  @Test
  void isPbkdf2AsOthersWriteIt() {
    byte[] expected = new byte[64];
    String hex =
        "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"
            + "a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d";
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
    }
    String salt = Base64.getEncoder().encodeToString("NaCl".getBytes(UTF_8));
    String hash = Base64.getEncoder().encodeToString(expected);

    assertThat(new PasswordHash(80_000, salt, hash).matches("Password")).isTrue();
    assertThat(new PasswordHash(80_001, salt, hash).matches("Password")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hunter2",
        "pbkdf2-sha256:210000:c2l4dGVlbiBieXRlcw==",
        "pbkdf2-sha1:210000:c2l4dGVlbiBieXRlcw==:c2l4dGVlbiBieXRlcyBhbmQgbW9yZQ==",
        "pbkdf2-sha256:1:c2l4dGVlbiBieXRlcw==:c2l4dGVlbiBieXRlcyBhbmQgbW9yZQ==",
        "pbkdf2-sha256:999999999:c2l4dGVlbiBieXRlcw==:c2l4dGVlbiBieXRlcyBhbmQgbW9yZQ==",
        "pbkdf2-sha256:210000:YQ==:c2l4dGVlbiBieXRlcyBhbmQgbW9yZQ==",
        "pbkdf2-sha256:210000:c2l4dGVlbiBieXRlcw==:YQ==",
        "pbkdf2-sha256:210000:c2l4dGVlbiBieXRlcw==:AAAAA",
      })
  void takesNothingElseForAHash(String text) {
    assertThat(PasswordHash.parse(text)).isEmpty();
  }
}
