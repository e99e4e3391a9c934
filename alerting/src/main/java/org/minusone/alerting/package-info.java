/**
 * Signals and commands to alerts, until the danger is gone: {@code lifecycle} decides, {@code
 * topology} carries the decisions out on Kafka, {@link org.minusone.alerting.AlertingApp} wires
 * them. {@code dispatch} (crews, jobs, deadlines; pure) and {@code notify} (channels, deliveries)
 * will stand beside them and read the topic {@code alerts}, not this state.
 */
package org.minusone.alerting;
