/**
 * Local accounts: a file of names, roles and Argon2id hashes that {@code minusone account} writes
 * and the console reads again whenever it has changed. Passwords are kept nowhere.
 */
package org.minusone.console.accounts;
