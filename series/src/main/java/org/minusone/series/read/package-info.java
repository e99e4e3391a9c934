/** Readers of the series behind the port {@link org.minusone.model.port.SeriesReader}. */
package org.minusone.series.read;
