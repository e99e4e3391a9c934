package org.minusone.ingest.decode.codec.senml;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import org.minusone.ingest.decode.ReadingDecoder;
import org.minusone.ingest.decode.StrictJson;

/**
 * CBOR from strangers, as a tree: bounded like {@link StrictJson}, one item and nothing after it,
 * no key twice. A number that is a key becomes its text.
 */
final class Cbor {
  /** A pack needs 2 levels; fields we ignore may have some of their own. */
  private static final int MAX_DEPTH = 8;

  private static final int MAX_NAME = 256;
  private static final int MAX_NUMBER = 64;

  private static final CBORMapper MAPPER =
      CBORMapper.builder(
              CBORFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNameLength(MAX_NAME)
                          .maxNumberLength(MAX_NUMBER)
                          .maxStringLength(ReadingDecoder.MAX_BYTES)
                          .build())
                  // A stranger's keys must not fill a table that outlives the message.
                  .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          // Costs the square of a decimal fraction's length, and nobody sees the zeroes.
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Cbor() {}

  /**
   * @throws IOException with a message for a person, if the bytes are not one CBOR item within the
   *     limits
   */
  static JsonNode parse(byte[] payload) throws IOException {
    JsonNode node;
    try {
      node = MAPPER.readTree(payload);
    } catch (JsonProcessingException e) {
      throw new IOException("not CBOR: " + StrictJson.brief(e.getOriginalMessage()), e);
    } catch (IOException | RuntimeException e) {
      // A parser's slip over bytes nobody foresaw costs the message, not the input.
      throw new IOException("not CBOR: " + StrictJson.brief(e.getMessage()), e);
    }
    if (node == null || node.isMissingNode()) {
      throw new IOException("the payload is empty");
    }
    return node;
  }
}
