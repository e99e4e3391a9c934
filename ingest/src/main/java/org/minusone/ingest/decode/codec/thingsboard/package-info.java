/** JSON as ThingsBoard takes it: the canonical payload. */
package org.minusone.ingest.decode.codec.thingsboard;
