/**
 * Signals and commands to alerts, until the danger is gone: {@code lifecycle} decides, {@code
 * topology} carries the decisions out on Kafka, {@link org.minusone.alerting.AlertingApp} wires
 * them. {@code dispatch} (crews, jobs, deadlines; pure) is part of those decisions, as a job
 * belongs to its alert; {@code notify} (channels, deliveries) reads the topic {@code alerts}, not
 * this state.
 */
package org.minusone.alerting;
