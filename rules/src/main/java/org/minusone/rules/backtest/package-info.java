/**
 * Rules over history: recorded readings in, the signals they would have given out, in the form of
 * CONTRACTS §5. The evaluator is the live one; only the reading of files is its own.
 */
package org.minusone.rules.backtest;
