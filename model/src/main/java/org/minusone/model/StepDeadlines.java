package org.minusone.model;

import java.time.Duration;

/**
 * How long a crew may take for each step of a job before it is overdue, as a site's files have it;
 * null where they say nothing.
 *
 * @param accept from being asked to accepting
 * @param setOut from accepting to being on the way
 * @param arrive from being on the way to arriving, where nothing is known of the way itself
 * @param askAgain until everybody is asked anew when nobody is left
 */
public record StepDeadlines(Duration accept, Duration setOut, Duration arrive, Duration askAgain) {}
