package org.minusone.app.embedded.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PasswordsTest {
  private int hashed;
  private final Passwords passwords =
      new Passwords(
          (hash, password) -> {
            hashed++;
            return hash.equals("hash of " + password);
          });

  @Test
  void whatWasRightIsRightAgainWithoutAHash() {
    assertThat(passwords.wasRight("gw-1", "hash of a", bytes("a"))).isFalse();
    assertThat(passwords.isRight("gw-1", "hash of a", bytes("a"))).isTrue();
    for (int i = 0; i < 1_000; i++) {
      assertThat(passwords.wasRight("gw-1", "hash of a", bytes("a"))).isTrue();
    }
    assertThat(hashed).isEqualTo(1);
  }

  @Test
  void itCountsForThatUserPasswordAndHashOnly() {
    assertThat(passwords.isRight("gw-1", "hash of a", bytes("a"))).isTrue();
    assertThat(passwords.wasRight("gw-2", "hash of a", bytes("a"))).isFalse();
    assertThat(passwords.wasRight("gw-1", "hash of a", bytes("b"))).isFalse();
    assertThat(passwords.wasRight("gw-1", "hash of b", bytes("a"))).as("changed").isFalse();
    assertThat(passwords.isRight("gw-1", "hash of a", bytes("b"))).isFalse();
    assertThat(passwords.wasRight("gw-1", "hash of a", bytes("b"))).as("wrong once").isFalse();
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
