/** What Kafka is given, and what is counted when it has it. The producer stays in here. */
package org.minusone.ingest.kafka;
