package org.minusone.rules.report;

import java.util.Map;
import org.minusone.rules.evaluate.Outcome;

/**
 * What made a backtest: the rules and the input, so that who has the same gets the same.
 *
 * @param rules where they were read from
 * @param rulesHash SHA-256 of their content
 * @param ruleCount how many
 * @param input where the readings came from
 * @param inputHash SHA-256 of their content; null where they did not come from a file
 * @param readings how many
 * @param fromMs of the first, epoch ms; 0 without readings
 * @param toMs of the last
 * @param badRows rows that could not be read
 * @param outOfOrder rows that were older than the one before of their sensor
 * @param program name and version
 */
public record Provenance(
    String rules,
    String rulesHash,
    int ruleCount,
    String input,
    String inputHash,
    long readings,
    int sensors,
    long fromMs,
    long toMs,
    long badRows,
    long outOfOrder,
    Map<Outcome, Long> outcomes,
    String program) {}
