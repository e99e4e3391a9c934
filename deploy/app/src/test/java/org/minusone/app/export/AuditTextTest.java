package org.minusone.app.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AuditTextTest {
  private static byte[] entry(String who, String target) {
    return """
        {"at":"2026-03-01T00:00:00Z","site":"fubao","who":%s,"role":"operator","from":"127.0.0.1",\
        "what":"comment","target":%s,"key":"k1","outcome":"done"}"""
        .formatted(who, target)
        .getBytes(StandardCharsets.UTF_8);
  }

  static Stream<Arguments> cells() {
    return Stream.of(
        arguments("\"王值班\"", "王值班"),
        arguments("null", ""),
        arguments("\"a, b\"", "\"a, b\""),
        arguments("\"the \\\"chief\\\"\"", "\"the \"\"chief\"\"\""),
        arguments("\"=HYPERLINK(1)\"", "'=HYPERLINK(1)"),
        arguments("\"@sum\"", "'@sum"));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void aNameStaysInItsCellAndIsNoFormula(String json, String cell) {
    assertThat(new AuditText(false).line(entry(json, "\"H-01\"")))
        .isEqualTo(
            "2026-03-01T00:00:00Z,fubao," + cell + ",operator,127.0.0.1,comment,H-01,k1,done\n");
  }

  @Test
  void jsonLinesAreTheEntriesThemselves() {
    AuditText text = new AuditText(true);
    byte[] entry = entry("\"a\"", "null");
    assertThat(text.head()).isEmpty();
    assertThat(text.line(entry)).isEqualTo(new String(entry, StandardCharsets.UTF_8) + "\n");
  }

  @Test
  void whatIsNoEntryIsWrittenAsItIsAndCounted() {
    AuditText text = new AuditText(false);
    assertThat(text.line("not, json".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("\"not, json\"\n");
    assertThat(text.unreadable()).isEqualTo(1);
  }
}
