/**
 * What was rejected, tried again: commands of kind {@code retry} read, the entries they name
 * decoded by the formats and the registry of today with their original arrival time, and the
 * outcome of each written beside them.
 */
package org.minusone.ingest.retry;
