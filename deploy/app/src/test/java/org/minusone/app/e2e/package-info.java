/**
 * The whole, over real MQTT, real Kafka, a real store and a real browser. One running stack serves
 * them all.
 */
package org.minusone.app.e2e;
