package org.minusone.console.http;

import java.time.InstantSource;
import org.minusone.console.access.Person;
import org.minusone.console.audit.AuditEntry;
import org.minusone.console.audit.AuditLog;
import org.minusone.console.feed.CommandDesk;
import org.minusone.model.Command;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each command and each sign-in on the logger {@code audit}, and the same as an entry
 * on the topic. Names were checked where they were born; what else a caller chose is stripped of
 * control characters here, so that nobody writes a line of his own.
 */
public final class Audit {
  private static final Logger LOG = LoggerFactory.getLogger("audit");
  private static final String DONE = "done";

  private final AuditLog entries;
  private final InstantSource clock;

  public Audit(AuditLog entries, InstantSource clock) {
    this.entries = entries;
    this.clock = clock;
  }

  void command(Command command, CommandDesk.Outcome outcome, String address) {
    String target = clean(target(command));
    String result = outcome.reason() == null ? DONE : outcome.reason();
    LOG.info(
        "command {} alert {} by {} role {} key {} from {}: {}",
        command.kind().id(),
        target,
        command.by(),
        command.role().id(),
        clean(command.id()),
        address,
        result);
    entries.keep(
        new AuditEntry(
            clock.instant(),
            command.site().value(),
            command.by(),
            command.role(),
            address,
            command.kind().id(),
            target,
            clean(command.id()),
            result));
  }

  private static String target(Command command) {
    Command.Details more = command.more();
    if (more.delivery() != null) {
      return more.delivery();
    }
    return more.job() == null ? command.alert() : more.job();
  }

  /**
   * @param asked how many were asked for
   * @param outcome a word, or how far it has come
   */
  void retry(
      String site,
      String key,
      Person by,
      int asked,
      String wanted,
      String outcome,
      String address) {
    LOG.info(
        "command retry of {} entries {} by {} role {} key {} from {}: {}",
        asked,
        clean(wanted),
        by.name(),
        by.role().id(),
        clean(key),
        address,
        outcome);
    entries.keep(
        new AuditEntry(
            clock.instant(),
            site,
            by.name(),
            by.role(),
            address,
            Command.Kind.RETRY.id(),
            asked + " entries " + clean(wanted),
            clean(key),
            outcome));
  }

  /**
   * @param how {@code link} or {@code password}
   */
  void signedIn(Person person, String how, String address) {
    LOG.info("signed in {} role {} by {} from {}", person.name(), person.role().id(), how, address);
    keep(person, address, "sign-in", how, DONE);
  }

  /**
   * @param name of the account that was tried; null where there is none, or none was named
   */
  void refusedSignIn(String how, String name, String reason, String address) {
    LOG.warn("sign-in by {} of {} refused from {}: {}", how, name, address, reason);
    entries.keep(
        new AuditEntry(
            clock.instant(),
            AuditEntry.NO_SITE,
            name,
            null,
            address,
            "sign-in",
            how,
            null,
            reason));
  }

  void signedOut(Person person, String address) {
    LOG.info("signed out {} role {} from {}", person.name(), person.role().id(), address);
    keep(person, address, "sign-out", null, DONE);
  }

  /**
   * @param what {@code sign-in-link} or {@code token}
   */
  void letIn(String what, Person by, Person whom, String address) {
    LOG.info(
        "{} for {} role {} made by {} from {}",
        what,
        whom.name(),
        whom.role().id(),
        by.name(),
        address);
    keep(by, address, what, whom.name() + " (" + whom.role().id() + ")", DONE);
  }

  private void keep(Person who, String address, String what, String target, String outcome) {
    entries.keep(
        new AuditEntry(
            clock.instant(),
            AuditEntry.NO_SITE,
            who.name(),
            who.role(),
            address,
            what,
            target,
            null,
            outcome));
  }

  private static String clean(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
