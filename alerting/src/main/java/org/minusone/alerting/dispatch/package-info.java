/**
 * Who is sent, and what becomes of it: {@code CrewRoute} picks a crew, {@code JobLifecycle} says
 * what happens to a job when somebody acts or a deadline passes. Pure: no clock, no Kafka, no I/O.
 * {@code lifecycle} makes events of it, as a job belongs to an alert.
 */
package org.minusone.alerting.dispatch;
