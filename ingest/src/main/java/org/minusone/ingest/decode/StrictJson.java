package org.minusone.ingest.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JSON from strangers: shallow, bounded, one document and nothing after it, no key twice. A bare
 * {@code NaN} is let through so that it costs its own value rather than the whole message.
 */
public final class StrictJson {
  /** Ours need 4 levels, the deepest platform we know wraps its values in 8. */
  private static final int MAX_DEPTH = 16;

  private static final int MAX_NAME = 256;
  private static final int MAX_NUMBER = 64;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNameLength(MAX_NAME)
                          .maxNumberLength(MAX_NUMBER)
                          .maxStringLength(ReadingDecoder.MAX_BYTES)
                          .build())
                  .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                  // A stranger's keys must not fill the JVM's table of strings.
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** As Jackson says it: {@code Duplicate field 'a' for `ObjectNode`: …}. */
  private static final Pattern TWICE = Pattern.compile("Duplicate field '(.*?)' for ");

  private StrictJson() {}

  /**
   * @throws IOException with a message for a person, if the bytes are not one JSON document within
   *     the limits
   */
  public static JsonNode parse(byte[] payload) throws IOException {
    JsonNode node;
    try {
      node = MAPPER.readTree(payload);
    } catch (StreamConstraintsException e) {
      throw new IOException("not taken: " + beyond(e.getOriginalMessage()), e);
    } catch (JsonProcessingException e) {
      Matcher twice = TWICE.matcher(e.getOriginalMessage());
      throw new IOException(
          twice.lookingAt()
              ? "a name is given twice in one object: \"" + brief(twice.group(1)) + '"'
              : "not JSON: " + brief(e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new IOException("not JSON: " + brief(e.getMessage()), e);
    }
    if (node == null || node.isMissingNode()) {
      throw new IOException("the payload is empty");
    }
    return node;
  }

  /** Which of our limits Jackson means. */
  private static String beyond(String message) {
    return message.contains("depth")
        ? "more than " + MAX_DEPTH + " levels deep"
        : message.contains("Name")
            ? "a name of more than " + MAX_NAME + " characters"
            : message.contains("Number")
                ? "a number of more than " + MAX_NUMBER + " digits"
                : brief(message);
  }

  /** At most 100 characters of {@code text}, without its control characters. */
  public static String brief(String text) {
    if (text == null) {
      return "";
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length() && out.length() < 100; i++) {
      char c = text.charAt(i);
      out.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '·' : c);
    }
    return text.length() > 100 ? out + "…" : out.toString();
  }

  /** {@code text} as one line of at most 500 characters, without control characters. */
  static String line(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length() && i < 500; i++) {
      char c = text.charAt(i);
      out.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '·' : c);
    }
    return text.length() > 500 ? out + "…" : out.toString();
  }

  /** A node as it would be quoted to a person. */
  public static String brief(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      case STRING -> '"' + brief(node.textValue()) + '"';
      case BINARY, BOOLEAN, MISSING, NULL, NUMBER, POJO -> brief(node.asText());
    };
  }
}
