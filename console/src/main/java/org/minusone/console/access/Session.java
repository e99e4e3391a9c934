package org.minusone.console.access;

import java.time.Instant;

/**
 * A browser that was signed in.
 *
 * @param csrf what its unsafe requests must repeat in {@code X-CSRF-Token}
 */
public record Session(Person person, String csrf, Instant expiresAt) {}
