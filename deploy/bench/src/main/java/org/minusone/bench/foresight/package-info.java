/**
 * What each forecasting method foresees in recorded readings, how early, and how honest it is about
 * its chances. Deterministic: the same folder gives the same table.
 */
package org.minusone.bench.foresight;
