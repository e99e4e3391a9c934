/**
 * The evaluator on Kafka Streams: readings in, signals out, one state per sensor in a changelogged
 * store, ticks by the wall clock. Decides nothing itself.
 */
package org.minusone.rules.topology;
