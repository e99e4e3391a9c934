/**
 * The one evaluator: what is known of a sensor, and a reading or the passing of time, give signals.
 * The same code decides live, in backtest and in tests. Pure: {@code java.*}, the model and the
 * forecast methods and quality tests only; no clock, no randomness.
 */
package org.minusone.rules.evaluate;
