package org.minusone.console.access;

import java.util.Optional;

/** Who may sign in with a password, as of now: asked anew on every request. */
public interface Accounts {
  /** Nobody. */
  Accounts NONE =
      new Accounts() {
        @Override
        public Optional<Account> find(String name) {
          return Optional.empty();
        }

        @Override
        public Optional<Account> check(String name, String password) {
          return Optional.empty();
        }
      };

  Optional<Account> find(String name);

  /**
   * The account, if that is its password. A name that is unknown costs the same time as a password
   * that is wrong: else the time would tell who has an account.
   *
   * @throws Busy if too many are being checked at once
   */
  Optional<Account> check(String name, String password);

  /** So many passwords are being checked that another would take memory we do not have. */
  final class Busy extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Busy() {
      super("too many passwords are being checked", null, false, false);
    }
  }
}
