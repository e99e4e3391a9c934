/**
 * Bytes to readings: pure decisions, no I/O. {@link
 * org.minusone.ingest.decode.ReadingDecoder#decode} never throws; what it cannot read is a {@link
 * org.minusone.ingest.decode.Rejection}, and every value of a message is either a reading or one.
 * Jackson is the only library here.
 */
package org.minusone.ingest.decode;
