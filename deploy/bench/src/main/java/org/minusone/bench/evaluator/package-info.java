/** The rules' evaluator by itself, a rule kind at a time, under JMH. */
package org.minusone.bench.evaluator;
