/**
 * SenML (RFC 8428) in JSON and in CBOR: bytes to a pack of records, their base values applied,
 * their names taken apart into sensor and quantity.
 */
package org.minusone.ingest.decode.codec.senml;
