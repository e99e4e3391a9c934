/** JSON of any shape: configuration says by path what in it is sensor, time and value. */
package org.minusone.ingest.decode.codec.mapped;
