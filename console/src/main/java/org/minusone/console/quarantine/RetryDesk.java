package org.minusone.console.quarantine;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.minusone.console.access.Person;
import org.minusone.console.feed.CommandSender;
import org.minusone.model.Command;
import org.minusone.model.Retried;
import org.minusone.model.SiteId;

/**
 * Asks ingest to try entries again, in commands of at most {@link Command#MOST_ENTRIES}, and counts
 * what becomes of them. The commands of one request are named {@code key#0}, {@code key#1}, … and
 * its outcomes are told apart by that.
 */
public final class RetryDesk {
  private static final long PATIENCE_MS = 2_000;
  private static final int MOST_KEPT = 1_000;

  /**
   * How far a request has come.
   *
   * @param command its key
   * @param asked how many entries; null where another console was asked
   * @param done of them, whatever became of them
   * @param readings what they became, duplicates of what was taken before among them
   * @param rejected readings that were refused again
   * @param refused entries that could not be tried again
   * @param why the reason of the last of those; null without one
   */
  public record Progress(
      String command,
      Integer asked,
      int done,
      long readings,
      long rejected,
      int refused,
      String why,
      Instant at) {
    @JsonIgnore
    public boolean isComplete() {
      return asked != null && done >= asked;
    }

    private Progress with(Retried outcome) {
      boolean isRefused = outcome.refused() != null;
      return new Progress(
          command,
          asked,
          done + 1,
          readings + outcome.readings(),
          rejected + outcome.rejected(),
          refused + (isRefused ? 1 : 0),
          isRefused ? outcome.refused() : why,
          outcome.at());
    }
  }

  /** A request that was given, by whom and with what body. */
  private record Given(Person by, JsonNode body) {}

  private final CommandSender sender;
  private final Map<String, Given> given = bounded();
  private final Map<String, Progress> progress = bounded();
  private final Map<String, CompletableFuture<Progress>> waiting = bounded();

  public RetryDesk(CommandSender sender, Rejections rejections) {
    this.sender = sender;
    rejections.onOutcome(this::heard);
  }

  /** Whether a key stands for another request than this one. */
  public synchronized boolean isTaken(String key, Person by, JsonNode body) {
    Given before = given.get(key);
    return before != null && !before.equals(new Given(by, body));
  }

  /** Whether this very request was given before. */
  public synchronized boolean isKnown(String key, Person by, JsonNode body) {
    return new Given(by, body).equals(given.get(key));
  }

  /** How far a request has come; empty where none is known. */
  public synchronized Optional<Progress> progress(String key) {
    return Optional.ofNullable(progress.get(key));
  }

  /**
   * Completes when all is done, or after two seconds with how far it has come; fails when Kafka did
   * not take the commands: then some may have been, and the same request may be given again.
   */
  public CompletableFuture<Progress> give(
      String key, Person by, JsonNode body, SiteId site, List<Long> entries, Instant now) {
    CompletableFuture<Progress> done = new CompletableFuture<>();
    synchronized (this) {
      given.put(key, new Given(by, body));
      progress.put(key, new Progress(key, entries.size(), 0, 0, 0, 0, null, now));
      waiting.put(key, done);
    }
    List<CompletableFuture<Void>> sent = new ArrayList<>();
    try {
      for (int from = 0; from < entries.size(); from += Command.MOST_ENTRIES) {
        int to = Math.min(entries.size(), from + Command.MOST_ENTRIES);
        String id = key + "#" + sent.size();
        sent.add(
            sender.send(
                Command.retry(id, site, by.name(), by.role(), now, entries.subList(from, to))));
      }
    } catch (RuntimeException e) {
      sent.add(CompletableFuture.failedFuture(e));
    }
    return CompletableFuture.allOf(sent.toArray(CompletableFuture<?>[]::new))
        .whenComplete((nothing, failure) -> forgetIf(failure != null, key))
        .thenCompose(
            nothing ->
                done.copy()
                    .completeOnTimeout(null, PATIENCE_MS, TimeUnit.MILLISECONDS)
                    .thenApply(end -> end != null ? end : progress(key).orElseThrow()));
  }

  private synchronized void forgetIf(boolean failed, String key) {
    if (failed) {
      given.remove(key);
      waiting.remove(key);
    }
  }

  private void heard(Retried outcome) {
    int mark = outcome.command().lastIndexOf('#');
    String key = mark < 0 ? outcome.command() : outcome.command().substring(0, mark);
    CompletableFuture<Progress> toTell = null;
    Progress now;
    synchronized (this) {
      Progress before = progress.get(key);
      if (before == null) {
        before = new Progress(key, null, 0, 0, 0, 0, null, outcome.at());
      }
      now = before.with(outcome);
      progress.put(key, now);
      if (now.isComplete()) {
        toTell = waiting.remove(key);
      }
    }
    if (toTell != null) {
      toTell.complete(now);
    }
  }

  private static <V> Map<String, V> bounded() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > MOST_KEPT;
      }
    };
  }
}
