package org.minusone.model;

/**
 * Something received that became no reading.
 *
 * @param detail what exactly, for a person: {@code "celsius=912, limit 150"}
 */
public record Rejected(RejectionReason reason, String detail) {}
