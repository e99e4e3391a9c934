package org.minusone.console.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class Argon2Test {
  /** From the reference implementation's own tests (phc-winner-argon2, src/test.c). */
  private static final String REFERENCE =
      "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

  @Test
  void agreesWithTheReferenceImplementation() {
    assertThat(Argon2.matches("password", REFERENCE)).isTrue();
    assertThat(Argon2.matches("differentpassword", REFERENCE)).isFalse();
  }

  @Test
  void knowsItsOwnPasswordAndHasANewSaltEachTime() {
    String hash = Argon2.hash("负一秒 correct horse");
    assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").isNotEqualTo(Argon2.hash(hash));
    assertThat(Argon2.matches("负一秒 correct horse", hash)).isTrue();
    assertThat(Argon2.matches("负一秒 correct hors", hash)).isFalse();
  }

  @Test
  void oneLetterSpeltInTwoWaysIsOnePassword() {
    assertThat(Argon2.matches("cafe\u0301 at ten", Argon2.hash("caf\u00e9 at ten"))).isTrue();
  }

  @Test
  void takesNoHashThatWouldTakeAllMemory() {
    for (String bad :
        new String[] {
          "",
          "$2y$10$abcdefghijklmnopqrstuv",
          REFERENCE.replace("m=65536", "m=9999999"),
          REFERENCE.replace("t=2", "t=99"),
          REFERENCE.replace("argon2id", "argon2i")
        }) {
      assertThat(Argon2.isHash(bad)).as(bad).isFalse();
      assertThatThrownBy(() -> Argon2.matches("password", bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
