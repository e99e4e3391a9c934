/**
 * MQTT in, Kafka out. A message is acknowledged to the broker only once Kafka has all that became
 * of it; what cannot be read is quarantined, never dropped. {@link org.minusone.ingest.IngestApp}
 * wires {@code mqtt} → {@code decode} → {@code kafka}.
 */
package org.minusone.ingest;
