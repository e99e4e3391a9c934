package org.minusone.ingest.decode.codec;

import java.util.Map;
import java.util.Optional;

/**
 * A format that can be chosen by name. To add one: a package beside this one, and a line in {@link
 * Codecs}.
 */
public interface CodecKind {
  /** As configuration names it: {@code senml-cbor}. */
  String id();

  /** One line for a person who looks for theirs. */
  String describe();

  /**
   * @param options the codec's own, from the configuration: text, numbers, flags, lists and maps
   * @throws IllegalArgumentException for one it does not know or cannot use, with a line for a
   *     person that names the option and the nearest known one
   */
  Codec create(Map<String, Object> options);

  /**
   * The filter of all topics on which senders are answered by configuration; empty for a format or
   * options without one.
   *
   * @param gateway an answer to whom; {@code +} = to any
   * @throws IllegalArgumentException as {@link #create}
   */
  default Optional<String> answersOn(Map<String, Object> options, String gateway) {
    return Optional.empty();
  }

  /**
   * Why options that are good in themselves do not go with the topics they are chosen for: a line
   * for a person that names the option, as {@link #create} throws.
   */
  default Optional<String> misfit(String filter, Map<String, Object> options) {
    return Optional.empty();
  }
}
