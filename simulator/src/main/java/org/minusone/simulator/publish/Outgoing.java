package org.minusone.simulator.publish;

/**
 * One PUBLISH.
 *
 * @param site whose counters it belongs to
 * @param readings how many it carries; 0 for a run's opening and end
 */
record Outgoing(String site, String topic, byte[] payload, int readings) {}
