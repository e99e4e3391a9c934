/**
 * Measures the whole from outside, as its users meet it: {@code minusone demo} is a child process,
 * readings go over MQTT, alerts come back on the event stream. Everything aims at 127.0.0.1, is
 * bounded and ends by itself.
 */
package org.minusone.bench;
