package org.minusone.console.feed;

import org.minusone.model.SiteId;

/**
 * An alert event as the stream passes it on.
 *
 * @param sequence 0, 1, 2 … in the order we read them
 * @param after the position once it was read: its id on the stream
 * @param json the record as it stands on the topic, one line
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
public record LoggedEvent(
    long sequence, int partition, long offset, Position after, SiteId site, byte[] json) {}
