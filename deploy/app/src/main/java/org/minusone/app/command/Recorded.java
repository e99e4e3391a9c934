package org.minusone.app.command;

import java.util.List;
import org.minusone.model.Reading;
import org.minusone.rules.backtest.CsvReadings;

/**
 * Readings that rules are run over.
 *
 * @param from where they came from, for a person
 * @param hash SHA-256 of the file; null where they came from no file
 * @param readings in the order in which they are evaluated
 * @param problems of rows that could not be read, the first hundred
 */
record Recorded(
    String from,
    String hash,
    List<Reading> readings,
    long badRows,
    long outOfOrder,
    List<CsvReadings.Problem> problems) {}
