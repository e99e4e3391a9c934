/**
 * The rules' Streams application measured by itself, beside a bare Streams map over the same input:
 * Kafka in one process, each subject in one of its own.
 */
package org.minusone.bench.rules;
