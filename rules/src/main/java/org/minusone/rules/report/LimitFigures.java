package org.minusone.rules.report;

import org.minusone.model.Level;
import org.minusone.rules.score.Score;

/**
 * One limit of one rule.
 *
 * @param foreseen whether the rule looks ahead to it; if not, the score knows its crossings only
 * @param horizonS of the forecast, seconds; {@code NaN} where there is none
 */
public record LimitFigures(
    Level level, double limit, boolean foreseen, double horizonS, Score score) {}
