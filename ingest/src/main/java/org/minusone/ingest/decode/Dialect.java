package org.minusone.ingest.decode;

import org.minusone.ingest.decode.codec.Codec;
import org.minusone.model.CodecChoice;

/** A format as it is spoken on some topics of a site: the choice, and the codec made for it. */
record Dialect(CodecChoice choice, Filter filter, Codec codec) {}
