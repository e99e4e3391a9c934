/**
 * Server-sent events without a thread or a growing queue per reader: a reader is a position in the
 * shared log of alert events, written to when its connection has room.
 */
package org.minusone.console.stream;
