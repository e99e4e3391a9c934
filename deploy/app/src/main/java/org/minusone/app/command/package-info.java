/** One class a command; each says what it does in its own {@code --help}. */
package org.minusone.app.command;
