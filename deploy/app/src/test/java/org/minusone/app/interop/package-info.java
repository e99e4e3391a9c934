/**
 * Ingest on brokers it does not know from inside: one suite, every broker, published to as a
 * stranger would.
 */
package org.minusone.app.interop;
