/**
 * Site files and rule files in, checked records out. Every file is read to its end in one pass, and
 * whatever is wrong becomes a {@link org.minusone.rules.load.Problem} with file, line, column and
 * the nearest known word: one fault never hides another, and no exception leaves this package. YAML
 * nodes stay inside; only {@link org.minusone.model} records go out.
 */
package org.minusone.rules.load;
