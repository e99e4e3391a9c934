/**
 * Tests of rules as an engineer writes them: readings on a timeline, and what must be told by when.
 * The evaluator is the live one, and wall time passes as it does live. Pure: {@code java.*}, the
 * model and the evaluator only.
 */
package org.minusone.rules.timeline;
