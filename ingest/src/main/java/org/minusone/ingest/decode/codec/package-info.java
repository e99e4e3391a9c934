/** The payload formats: one package each, and what all of them have in common. */
package org.minusone.ingest.decode.codec;
