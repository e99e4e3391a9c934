/**
 * Was the crossing foreseen, how early, and how often falsely? Signals held against readings, with
 * the same answers whoever asks: the backtest's report, the calibration, the table of methods.
 * Pure.
 */
package org.minusone.rules.score;
