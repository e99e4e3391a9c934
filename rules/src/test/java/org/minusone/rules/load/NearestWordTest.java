package org.minusone.rules.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestWordTest {
  private static final List<String> KEYS =
      List.of(
          "quantity", "family", "above", "below", "keep_firing_for", "for", "to", "kafka.prefix");

  @ParameterizedTest
  @CsvSource({
    "qantity, quantity",
    "quantitty, quantity",
    "quanitty, quantity",
    "Family, family",
    "keep-firing-for, keep_firing_for",
    "keepFiringFor, keep_firing_for",
    "fro, for",
    "ot, to",
    "kafka.prefx, kafka.prefix",
  })
  void findsWhatWasMeant(String typed, String meant) {
    assertThat(NearestWord.of(typed, KEYS)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"colour", "x", "''", "temperature", "-", "qqqqqqqqqqqqqqqq"})
  void findsNothingWhereNothingIsNear(String typed) {
    assertThat(NearestWord.of(typed, KEYS)).isEmpty();
    assertThat(NearestWord.suggestion(typed, KEYS)).isEmpty();
  }

  @Test
  void aWordThatBeginsAsAnotherDoesIsMeant() {
    assertThat(NearestWord.of("warning", List.of("notice", "warn", "alarm"))).contains("warn");
    assertThat(NearestWord.of("temp", List.of("temperature", "humidity"))).contains("temperature");
    assertThat(NearestWord.of("te", List.of("temperature", "humidity"))).isEmpty();
  }

  @Test
  void takesTheFirstOfTwoThatAreEquallyNear() {
    assertThat(NearestWord.of("cat", List.of("hat", "bat"))).contains("bat");
    assertThat(NearestWord.of("cat", List.of())).isEmpty();
  }
}
