/**
 * Free conditions ({@code when:}) in CEL, the Common Expression Language: the only place that knows
 * its library. The evaluator sees an {@link org.minusone.rules.evaluate.Expression}.
 */
package org.minusone.rules.expression;
