package org.minusone.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The forms of ids, held against the regular expressions that define them. */
final class IdsTest {
  private static final Pattern SITE = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}(@[a-z0-9-]{1,32})?");
  private static final Pattern SENSOR = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final String LETTERS = "azAZ09-._@ /é";

  @Test
  void whatAnIdIs() {
    Random random = new Random(7);
    int sites = 0;
    for (int i = 0; i < 200_000; i++) {
      int length = random.nextInt(8) == 0 ? 60 + random.nextInt(45) : random.nextInt(6);
      int letters = random.nextBoolean() ? LETTERS.length() : 2;
      StringBuilder text = new StringBuilder();
      for (int c = 0; c < length; c++) {
        text.append(c == 63 && letters == 2 ? '@' : LETTERS.charAt(random.nextInt(letters)));
      }
      String id = text.toString();
      boolean site = SITE.matcher(id).matches();
      sites += site ? 1 : 0;
      assertThat(SiteId.isValid(id)).as(id).isEqualTo(site);
      assertThat(SensorId.isValid(id)).as(id).isEqualTo(SENSOR.matcher(id).matches());
    }
    assertThat(sites).isGreaterThan(1_000);
    assertThat(SiteId.isValid(null)).isFalse();
    assertThat(SensorId.isValid(null)).isFalse();
  }
}
