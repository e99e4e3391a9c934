/**
 * The MQTT session: messages come in, acknowledgements leave when they are told to, in the order of
 * arrival. Paho stays in here.
 */
package org.minusone.ingest.mqtt;
