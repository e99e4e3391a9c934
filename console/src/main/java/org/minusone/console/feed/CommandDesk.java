package org.minusone.console.feed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.minusone.model.Alert;
import org.minusone.model.AlertEvent;
import org.minusone.model.AlertEventKind;
import org.minusone.model.AlertState;
import org.minusone.model.Command;
import org.minusone.model.Job;

/**
 * Gives commands and waits for what becomes of them: the event that carries their key. A key given
 * again gets the answer of the first time; nothing is produced twice. What was already so is
 * answered without a command.
 */
public final class CommandDesk {
  /** CONTRACTS §7. */
  static final long PATIENCE_MS = 2_000;

  private static final int MOST_KEPT = 10_000;

  /** What can be asked of an alert that is closed and has no open job. */
  private static final Set<Command.Kind> OUTLIVE_IT =
      Set.of(Command.Kind.RESEND, Command.Kind.SEEN);

  public enum Status {
    DONE,
    /** It cannot be: the reason says why. */
    REFUSED,
    /** Given, but not heard of within two seconds. */
    WAITING,
    UNKNOWN_ALERT,
    /** The key was used for another command. */
    KEY_REUSED,
    /** It could not be put onto its topic. */
    UNAVAILABLE
  }

  /**
   * @param alert as it is now; null where it is unknown
   * @param reason a word for programs; null when done
   */
  public record Outcome(Status status, Alert alert, String reason) {}

  private record Given(Command command, CompletableFuture<Outcome> outcome) {
    boolean isSame(Command other) {
      return command.kind() == other.kind()
          && command.alert().equals(other.alert())
          && command.by().equals(other.by())
          && Objects.equals(command.note(), other.note())
          && isSame(command.more(), other.more());
    }

    /** But for the times, which are taken anew where a caller named a span. */
    private static boolean isSame(Command.Details one, Command.Details other) {
      return Objects.equals(one.job(), other.job())
          && Objects.equals(one.crew(), other.crew())
          && Objects.equals(one.member(), other.member())
          && Objects.equals(one.report(), other.report())
          && Objects.equals(one.delivery(), other.delivery());
    }
  }

  private final AlertBook book;
  private final CommandSender sender;
  private final Map<String, Given> given =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Given> eldest) {
          return size() > MOST_KEPT;
        }
      };
  private final Map<String, Given> waiting = new LinkedHashMap<>();

  public CommandDesk(AlertBook book, CommandSender sender) {
    this.book = book;
    this.sender = sender;
  }

  /** Whether it was given already: then its outcome stands, whatever is true by now. */
  public boolean isGiven(String key) {
    synchronized (this) {
      if (given.containsKey(key)) {
        return true;
      }
    }
    return book.outcome(key).isPresent();
  }

  /** Completes within two seconds, on any thread; never fails. */
  public CompletableFuture<Outcome> give(Command command) {
    Given mine = new Given(command, new CompletableFuture<>());
    synchronized (this) {
      Given before = given.get(command.id());
      if (before != null) {
        return before.isSame(command)
            ? patiently(before)
            : CompletableFuture.completedFuture(
                new Outcome(Status.KEY_REUSED, null, "idempotency-key-reused"));
      }
      given.put(command.id(), mine);
      waiting.put(command.id(), mine);
    }
    // Only after it waits: an event between the look and the wait would be missed.
    Optional<Outcome> known = known(command);
    if (known.isPresent()) {
      settle(mine, known.get());
      if (known.get().status() == Status.UNKNOWN_ALERT) {
        forget(mine);
      }
    } else {
      produce(mine);
    }
    return patiently(mine);
  }

  private void produce(Given mine) {
    CompletableFuture<Void> sent;
    try {
      sent = sender.send(mine.command());
    } catch (RuntimeException e) {
      sent = CompletableFuture.failedFuture(e);
    }
    var unused =
        sent.whenComplete(
            (nothing, failure) -> {
              if (failure != null) {
                forget(mine);
                settle(mine, new Outcome(Status.UNAVAILABLE, null, "not-kept"));
              }
            });
  }

  private Optional<Outcome> known(Command command) {
    Optional<Alert> alert = book.alert(command.alert());
    if (alert.isEmpty()) {
      return Optional.of(new Outcome(Status.UNKNOWN_ALERT, null, "unknown-alert"));
    }
    Optional<AlertBook.Outcome> done = book.outcome(command.id());
    if (done.isPresent()) {
      return Optional.of(
          done.get().alert().id().equals(command.alert())
              ? outcome(done.get().alert(), done.get().refused())
              : new Outcome(Status.KEY_REUSED, null, "idempotency-key-reused"));
    }
    return soFar(command, alert.get());
  }

  private static Outcome outcome(Alert alert, String refused) {
    return new Outcome(refused == null ? Status.DONE : Status.REFUSED, alert, refused);
  }

  /** What the alert's state alone tells of a command. */
  private static Optional<Outcome> soFar(Command command, Alert alert) {
    if (!alert.state().isOpen() && !OUTLIVE_IT.contains(command.kind())) {
      Optional<Job> job = alert.job(String.valueOf(command.more().job()));
      if (job.isEmpty() || !job.get().state().isOpen()) {
        String why = job.map(j -> j.state().id()).orElse("closed");
        return Optional.of(new Outcome(Status.REFUSED, alert, why));
      }
    }
    boolean isTrue =
        switch (command.kind()) {
          case ACKNOWLEDGE -> alert.isAcknowledged() && !isClosing(alert);
          case SEEN -> alert.job(command.more().job()).filter(j -> isSeen(j, command)).isPresent();
          default -> false;
        };
    return isTrue ? Optional.of(new Outcome(Status.DONE, alert, null)) : Optional.empty();
  }

  private static boolean isSeen(Job job, Command command) {
    return command.more().crew() != null ? job.seenAt() != null : job.said() == null;
  }

  /** The event that closes it comes next, and only that one is the outcome. */
  private static boolean isClosing(Alert alert) {
    return alert.state() == AlertState.CLEARED && !alert.latched();
  }

  /** To be told of every event that is news, after the book has it. */
  public void heard(AlertEvent event) {
    List<Given> candidates = new ArrayList<>();
    synchronized (this) {
      for (Given one : waiting.values()) {
        if (one.command().alert().equals(event.alert().id())) {
          candidates.add(one);
        }
      }
    }
    for (Given one : candidates) {
      if (one.command().id().equals(event.command())) {
        String refused = event.kind() == AlertEventKind.REFUSED ? event.note() : null;
        settle(one, outcome(event.alert(), refused));
      } else {
        soFar(one.command(), event.alert()).ifPresent(outcome -> settle(one, outcome));
      }
    }
  }

  private void settle(Given one, Outcome outcome) {
    synchronized (this) {
      waiting.remove(one.command().id(), one);
    }
    one.outcome().complete(outcome);
  }

  private synchronized void forget(Given one) {
    given.remove(one.command().id(), one);
    waiting.remove(one.command().id(), one);
  }

  private static CompletableFuture<Outcome> patiently(Given one) {
    return one.outcome()
        .copy()
        .completeOnTimeout(
            new Outcome(Status.WAITING, null, "waiting"), PATIENCE_MS, TimeUnit.MILLISECONDS);
  }
}
