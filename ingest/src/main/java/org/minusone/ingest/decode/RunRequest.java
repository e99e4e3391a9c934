package org.minusone.ingest.decode;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/**
 * What a message on {@code sites/{site}@{run}/run} asks for: {@code {"speed":600}} opens, {@code
 * {"ended":true}} ends.
 *
 * @param speed how many times faster than recorded; 0 = as fast as it goes ({@code "max"});
 *     meaningless when {@code ended}
 * @param problem why it is neither; null when it is one of them
 */
public record RunRequest(boolean ended, double speed, String problem) {
  public static RunRequest parse(byte[] payload) {
    if (payload.length > ReadingDecoder.MAX_BYTES) {
      return new RunRequest(false, 0, "too large");
    }
    JsonNode node;
    try {
      node = StrictJson.parse(payload);
    } catch (IOException e) {
      return new RunRequest(false, 0, e.getMessage());
    }
    if (node.path("ended").asBoolean(false)) {
      return new RunRequest(true, 0, null);
    }
    JsonNode speed = node.path("speed");
    if (speed.isTextual() && speed.textValue().equals("max")) {
      return new RunRequest(false, 0, null);
    }
    if (speed.isNumber() && speed.doubleValue() >= 0 && Double.isFinite(speed.doubleValue())) {
      return new RunRequest(false, speed.doubleValue(), null);
    }
    return new RunRequest(
        false, 0, "neither {\"speed\":N} (\"max\" or 0 = as fast as it goes) nor {\"ended\":true}");
  }
}
