/**
 * What the modules exchange, as data: ids, readings, rules, signals, alerts and commands. A record
 * is checked where it is born; nothing past the edge checks it again. This package knows no broker,
 * MQTT or HTTP client, clock or file.
 */
package org.minusone.model;
