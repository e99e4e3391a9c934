/**
 * The stores a series can live in, behind {@link org.minusone.series.store.SeriesStore}. The client
 * libraries stay in here.
 */
package org.minusone.series.store;
