/**
 * Who is let in to the embedded MQTT broker, what each may publish and subscribe to, and how fast:
 * an extension of HiveMQ's, which follows the live version of the sites.
 */
package org.minusone.app.embedded.broker;
