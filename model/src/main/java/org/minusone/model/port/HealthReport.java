package org.minusone.model.port;

import java.time.Instant;

/**
 * One instance's word on itself, as it stands on the topic {@code health} (key {@code
 * role/instance}).
 *
 * @param role {@link Part#name()}
 * @param instance one process of that role; a restarted process keeps its name
 * @param startedAt since when its counters count
 * @param version the live version it has of its (first) site; 0 before the first
 */
public record HealthReport(
    String role, String instance, Instant startedAt, Instant at, int version, PartHealth health) {}
