package org.minusone.model;

import java.time.Instant;

/**
 * A sensor that sends and is not registered: for an engineer to adopt or to shut out.
 *
 * @param family by its topic; null where that names none
 * @param gateway through which it was heard; null on a topic of its own
 * @param admitted whether its readings are taken
 */
public record Provisional(
    SiteId site,
    String name,
    Family family,
    String gateway,
    boolean admitted,
    Instant firstHeard) {}
