/**
 * The raw series: every reading of the topic {@code readings} lands in a time-series store, once
 * per identity however often it is written. {@link org.minusone.series.SeriesApp} wires the writer;
 * {@code store} speaks to the kinds of store, {@code read} answers charts.
 */
package org.minusone.series;
