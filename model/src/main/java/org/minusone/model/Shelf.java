package org.minusone.model;

import java.time.Instant;

/**
 * That an alert was put aside (ISA-18.2): it runs on underneath and is not annunciated until then.
 *
 * @param by who did it
 * @param at wall time at which it was done
 * @param until wall time
 * @param because the reason given
 */
public record Shelf(String by, Instant at, Instant until, String because) {}
