package org.minusone.rules.expression;

/**
 * What is wrong in an expression, and where.
 *
 * @param line within its text, from 1
 * @param column from 0
 * @param message one line for a person
 */
public record Fault(int line, int column, String message) {}
