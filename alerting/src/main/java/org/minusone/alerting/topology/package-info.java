/**
 * The lifecycle on Kafka Streams: a state store whose changelog is the memory, announced at least
 * once under ids that repeat, so that a reader who drops what it has sees each event once.
 */
package org.minusone.alerting.topology;
