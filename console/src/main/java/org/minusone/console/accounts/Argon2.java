package org.minusone.console.accounts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id (RFC 9106) in PHC string form, {@code $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH}, with
 * the least that OWASP's Password Storage Cheat Sheet asks for: 19 MiB, two passes, one lane.
 */
public final class Argon2 {
  private static final int MEMORY_KIB = 19_456;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  /** What a file may ask of us: it is ours, but a slip of the hand must not take the memory. */
  private static final int MOST_MEMORY_KIB = 128 << 10;

  private static final int MOST_PASSES = 10;
  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=(\\d)"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");
  private static final SecureRandom RANDOM = new SecureRandom();

  private Argon2() {}

  /** Of a new salt. */
  public static String hash(String password) {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    byte[] hash = derive(password, salt, MEMORY_KIB, PASSES, LANES, HASH_BYTES);
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            MEMORY_KIB, PASSES, LANES, base64.encodeToString(salt), base64.encodeToString(hash));
  }

  /** Whether {@code text} is one that {@link #matches} can check. */
  public static boolean isHash(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        && within(form.group(1), 8, MOST_MEMORY_KIB)
        && within(form.group(2), 1, MOST_PASSES)
        && within(form.group(3), 1, 4);
  }

  /**
   * @throws IllegalArgumentException unless {@link #isHash}
   */
  public static boolean matches(String password, String hash) {
    Matcher form = FORM.matcher(hash);
    if (!form.matches() || !isHash(hash)) {
      throw new IllegalArgumentException("no Argon2id hash in PHC form");
    }
    byte[] expected = Base64.getDecoder().decode(form.group(5));
    byte[] derived =
        derive(
            password,
            Base64.getDecoder().decode(form.group(4)),
            Integer.parseInt(form.group(1)),
            Integer.parseInt(form.group(2)),
            Integer.parseInt(form.group(3)),
            expected.length);
    return MessageDigest.isEqual(expected, derived);
  }

  private static boolean within(String number, int least, int most) {
    int value = Integer.parseInt(number);
    return value >= least && value <= most;
  }

  /** Two keyboards may spell one password in two ways: NFKC makes them one. */
  private static byte[] derive(
      String password, byte[] salt, int memoryKib, int passes, int lanes, int length) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .build());
    byte[] hash = new byte[length];
    generator.generateBytes(
        Normalizer.normalize(password, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8),
        hash);
    return hash;
  }
}
