package org.minusone.ingest.decode.codec;

import java.util.Map;

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
}
