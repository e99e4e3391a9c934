/**
 * What happens to an alert, and when: ISA-18.2's states as {@code decide} (input to events) and
 * {@code evolve} (events to state). Pure: no clock, no Kafka, no I/O. Commands are {@code Asked}'s,
 * deadlines {@code Due}'s, what follows at once {@code Consequences}'.
 */
package org.minusone.alerting.lifecycle;
