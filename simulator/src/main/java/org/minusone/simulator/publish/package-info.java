/**
 * Carries reports to an MQTT 5 broker as gateways would: a few connections, QoS 1, bounded in
 * flight, each sensor's readings in order. Paho's types stay in here.
 */
package org.minusone.simulator.publish;
