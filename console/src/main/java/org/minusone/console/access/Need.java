package org.minusone.console.access;

import org.minusone.model.Role;

/** What a route asks of who calls it (CONTRACTS §7). */
public enum Need {
  /** Nothing: pages and their assets, which hold no data; signing in. */
  NOTHING,
  /** A caller on this machine, or anybody who may read: metrics and probes. */
  LOOPBACK,
  /** Any session or token. */
  SIGNED_IN,
  /** Everything may be seen. A crew sees only its jobs, so not this. */
  READ,
  /** Commands to alerts. */
  COMMAND,
  /** Mending what carries the readings: retrying what was rejected. */
  MEND,
  /** Letting others in. */
  ADMINISTER;

  /** Whether {@code role} meets it. */
  public boolean metBy(Role role) {
    return switch (this) {
      case NOTHING, SIGNED_IN -> true;
      case LOOPBACK, READ, COMMAND ->
          switch (role) {
            case OPERATOR, ENGINEER, ADMIN -> true;
            case CREW -> false;
          };
      case MEND ->
          switch (role) {
            case ENGINEER, ADMIN -> true;
            case OPERATOR, CREW -> false;
          };
      case ADMINISTER ->
          switch (role) {
            case ADMIN -> true;
            case OPERATOR, ENGINEER, CREW -> false;
          };
    };
  }
}
