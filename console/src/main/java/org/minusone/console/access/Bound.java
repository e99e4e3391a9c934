package org.minusone.console.access;

import java.util.Optional;

/**
 * Text in a seal that may be bound to an account as it was then, {@code TEXT.FINGERPRINT}.
 *
 * @param text without a dot
 * @param fingerprint null where it is bound to none
 */
record Bound(String text, String fingerprint) {
  static String to(String text, Optional<Account> account) {
    return account.map(found -> text + "." + found.fingerprint()).orElse(text);
  }

  static Bound parse(String sealed) {
    int dot = sealed.indexOf('.');
    return dot < 0
        ? new Bound(sealed, null)
        : new Bound(sealed.substring(0, dot), sealed.substring(dot + 1));
  }

  /** Whether the account is still what it was. */
  boolean holds(Accounts accounts, String name) {
    return fingerprint == null
        || accounts.find(name).filter(now -> now.fingerprint().equals(fingerprint)).isPresent();
  }
}
