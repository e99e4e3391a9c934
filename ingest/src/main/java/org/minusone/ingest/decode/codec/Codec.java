package org.minusone.ingest.decode.codec;

/**
 * A payload format: takes the bytes of a message apart into entries. It knows the format and
 * nothing of the registry, of units or of arrival times; what it hands on is checked there.
 *
 * <p>It never throws, whatever the bytes: what it cannot read it refuses, with a detail that names
 * the place. The same messages in the same order make the same calls. What a format makes it
 * remember from one message to the next (births, aliases) it keeps in itself, bounded; one thread
 * uses it.
 */
public interface Codec {
  void decode(Envelope message, Entries out);
}
