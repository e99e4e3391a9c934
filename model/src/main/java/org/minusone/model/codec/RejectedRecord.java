package org.minusone.model.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.minusone.model.Quarantined;
import org.minusone.model.Retried;

/**
 * A record of the topic {@code rejected}: something refused, or what became of it when it was tried
 * again. One of the two is null.
 */
public record RejectedRecord(Quarantined entry, Retried outcome) {

  /**
   * @throws UncheckedIOException if the bytes are neither
   */
  public static RejectedRecord read(byte[] bytes) {
    try {
      JsonNode tree = Json.MAPPER.readTree(bytes);
      return Retried.KIND.equals(tree.path("kind").asText())
          ? new RejectedRecord(null, Json.MAPPER.treeToValue(tree, Retried.class))
          : new RejectedRecord(Json.MAPPER.treeToValue(tree, Quarantined.class), null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
