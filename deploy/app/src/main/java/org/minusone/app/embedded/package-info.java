/**
 * The real servers inside this JVM — Kafka, an MQTT broker, QuestDB — on loopback, and the data
 * directory that outlives them. Each is made by a constructor without I/O, opened by {@code
 * start()} (several at once, from several threads, if wanted) and ended by {@code close()}; what
 * stands in the way of a start is a {@link org.minusone.app.embedded.StartProblem} of one line.
 * Nothing here knows what the servers are used for.
 */
package org.minusone.app.embedded;
