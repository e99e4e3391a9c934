package org.minusone.ingest.retry;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.minusone.model.Command;
import org.minusone.model.Retried;
import org.minusone.model.codec.Json;

/** Tells records of the two topics apart. */
final class Retries {
  private static final byte[] OUTCOME =
      ("{\"kind\":\"" + Retried.KIND + "\"").getBytes(StandardCharsets.UTF_8);

  private Retries() {}

  /** Whether a command is ours to follow. */
  static boolean isOne(byte[] command) {
    return Command.Kind.RETRY
        .id()
        .equals(
            Json.read(command, com.fasterxml.jackson.databind.JsonNode.class)
                .path("kind")
                .asText());
  }

  /** Whether a record of {@code rejected} is an outcome; without reading all of an entry. */
  static boolean isOutcome(byte[] value) {
    return value.length > OUTCOME.length
        && Arrays.equals(value, 0, OUTCOME.length, OUTCOME, 0, OUTCOME.length);
  }

  /** An outcome, by what it answers. */
  static String name(String command, long entry) {
    return command + " " + entry;
  }
}
