/**
 * What a backtest showed, for a person and a program: what was foreseen and what was not, the load
 * on the operator against ISA-18.2, the worst cases drawn, and what other rules would change. Same
 * input, same bytes, on any JDK: no clock, and numbers written as decimals.
 */
package org.minusone.rules.report;
