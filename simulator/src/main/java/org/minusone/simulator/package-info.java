/**
 * Stands in for the sensors of a site: seeded scenarios and recorded readings, published over MQTT
 * as a gateway would.
 */
package org.minusone.simulator;
