/** The role {@code rules}: readings to signals, as a part that runs. */
package org.minusone.rules;
