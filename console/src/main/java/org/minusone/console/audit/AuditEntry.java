package org.minusone.console.audit;

import java.time.Instant;
import java.util.Objects;
import org.minusone.model.Role;

/**
 * That somebody did something, or was refused.
 *
 * @param at wall time
 * @param site the id of the site it was done to; {@code -} for what is no site's: signing in
 * @param who the name; null where nobody was known
 * @param role of who; null with it
 * @param from the address it came from
 * @param what {@code acknowledge}, {@code sign-in}, {@code token} …
 * @param target the alert, or for whom; null where there is none
 * @param key the Idempotency-Key; null where it has none
 * @param outcome {@code done}, or a word for why not
 */
public record AuditEntry(
    Instant at,
    String site,
    String who,
    Role role,
    String from,
    String what,
    String target,
    String key,
    String outcome) {
  public static final String NO_SITE = "-";

  public AuditEntry {
    Objects.requireNonNull(at);
    Objects.requireNonNull(site);
    Objects.requireNonNull(what);
    Objects.requireNonNull(outcome);
  }
}
