/**
 * Methods that see a crossing coming, behind one interface. Pure: a method is a function of the
 * doubles it keeps, the seconds that passed and the value; {@code StrictMath} only, so that two
 * JDKs say the same.
 */
package org.minusone.rules.forecast;
