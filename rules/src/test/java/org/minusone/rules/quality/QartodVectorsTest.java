package org.minusone.rules.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The streaming tests against reference vectors made with ioos_qc. {@code -Dqartod.vectors=FILE}
 * runs those of a file as well; a relative path is looked for from here up.
 */
class QartodVectorsTest {
  private static final String GOLDEN = "/qartod-golden/vectors.jsonl";
  private static final int MOST_TOLD = 20;

  @Test
  void golden() throws IOException {
    try (InputStream in = QartodVectorsTest.class.getResourceAsStream(GOLDEN)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Map<String, Integer> ran = run(GOLDEN, text.lines().toList());
      assertThat(ran)
          .isEqualTo(
              Map.of(
                  "gross_range", 115,
                  "spike", 106,
                  "rate_of_change", 57,
                  "flat_line", 65,
                  "attenuated_signal", 93,
                  "time_gap", 2,
                  "aggregate", 1));
    }
  }

  @Test
  void ofAFile() throws IOException {
    String name = System.getProperty("qartod.vectors");
    if (name != null && !name.isBlank()) {
      run(name, Files.readAllLines(find(Path.of(name))));
    }
  }

  /** A relative path is meant from where Maven was called, which may be a directory above. */
  private static Path find(Path name) {
    for (Path from = Path.of("").toAbsolutePath(); from != null; from = from.getParent()) {
      if (Files.exists(from.resolve(name))) {
        return from.resolve(name);
      }
    }
    throw new IllegalArgumentException("-Dqartod.vectors: there is no file " + name);
  }

  private static Map<String, Integer> run(String name, List<String> lines) {
    Map<String, Integer> ran = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank()) {
        continue;
      }
      try {
        QartodVector vector = QartodVector.of(line);
        List<Integer> flags = vector.flags();
        ran.merge(vector.test(), 1, Integer::sum);
        if (!flags.equals(vector.expected())) {
          wrong.add(
              name
                  + ":"
                  + (i + 1)
                  + ": "
                  + vector
                  + "\n  expected "
                  + vector.expected()
                  + "\n  flagged  "
                  + flags);
        }
      } catch (IllegalArgumentException e) {
        wrong.add(name + ":" + (i + 1) + ": " + e.getMessage());
      }
    }
    int count = ran.values().stream().mapToInt(Integer::intValue).sum();
    System.out.println("QARTOD vectors of " + name + ": " + count + " ran " + ran);
    assertThat(wrong.subList(0, Math.min(wrong.size(), MOST_TOLD)))
        .as("%d of %d lines of %s", wrong.size(), lines.size(), name)
        .isEmpty();
    assertThat(count).as("vectors in %s", name).isPositive();
    return ran;
  }

  @Test
  void aLineThatIsNotUnderstoodIsAnError() {
    for (String line :
        List.of(
            "{",
            "[]",
            "{\"test\":\"spike\"}",
            "{\"test\":\"tide\",\"params\":{},\"time_s\":[1],\"value\":[1],\"flag\":[1]}",
            "{\"test\":\"spike\",\"params\":{\"method\":\"odd\"},\"time_s\":[1],\"value\":[1],\"flag\":[2]}",
            "{\"test\":\"spike\",\"params\":{\"treshold\":1},\"time_s\":[1],\"value\":[1],\"flag\":[2]}",
            "{\"test\":\"spike\",\"params\":{},\"time_s\":[1],\"value\":[\"1\"],\"flag\":[2]}",
            "{\"test\":\"spike\",\"params\":{},\"time_s\":[1],\"value\":[1,2],\"flag\":[2]}",
            "{\"test\":\"spike\",\"params\":{},\"time_s\":[1],\"value\":[1],\"flag\":[7]}")) {
      assertThatIllegalArgumentException().as(line).isThrownBy(() -> QartodVector.of(line).flags());
    }
  }
}
