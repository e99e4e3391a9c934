package org.minusone.console.http;

import org.minusone.console.access.Person;
import org.minusone.console.feed.CommandDesk;
import org.minusone.model.Command;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each command and each sign-in, on the logger {@code audit}. Names were checked where
 * they were born; what else a caller chose is stripped of control characters here, so that nobody
 * writes a line of his own.
 */
public final class Audit {
  private static final Logger LOG = LoggerFactory.getLogger("audit");

  void command(Command command, CommandDesk.Outcome outcome, String address) {
    LOG.info(
        "command {} alert {} by {} role {} key {} from {}: {}",
        command.kind().id(),
        clean(command.alert()),
        command.by(),
        command.role().id(),
        clean(command.id()),
        address,
        outcome.reason() == null ? "done" : outcome.reason());
  }

  /**
   * @param entries how many were asked for
   * @param outcome a word, or how far it has come
   */
  void retry(String key, Person by, int entries, String wanted, String outcome, String address) {
    LOG.info(
        "command retry of {} entries {} by {} role {} key {} from {}: {}",
        entries,
        clean(wanted),
        by.name(),
        by.role().id(),
        clean(key),
        address,
        outcome);
  }

  /**
   * @param how {@code link} or {@code password}
   */
  void signedIn(Person person, String how, String address) {
    LOG.info("signed in {} role {} by {} from {}", person.name(), person.role().id(), how, address);
  }

  /**
   * @param name of the account that was tried; null where there is none, or none was named
   */
  void refusedSignIn(String how, String name, String reason, String address) {
    LOG.warn("sign-in by {} of {} refused from {}: {}", how, name, address, reason);
  }

  void signedOut(Person person, String address) {
    LOG.info("signed out {} role {} from {}", person.name(), person.role().id(), address);
  }

  void letIn(String what, Person by, Person whom, String address) {
    LOG.info(
        "{} for {} role {} made by {} from {}",
        what,
        whom.name(),
        whom.role().id(),
        by.name(),
        address);
  }

  private static String clean(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
