/**
 * What happens to an alert, and when: ISA-18.2's states as {@code decide} (input to events) and
 * {@code evolve} (events to state). Pure: no clock, no Kafka, no I/O. Grouping, shelving and the
 * rest of the standard's states belong here.
 */
package org.minusone.alerting.lifecycle;
