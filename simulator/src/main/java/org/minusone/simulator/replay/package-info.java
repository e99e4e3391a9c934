/**
 * Recorded readings as a run: a CSV file is read, put in order of time and published with its own
 * past stamps at a multiple of the pace it was recorded at.
 */
package org.minusone.simulator.replay;
