package org.minusone.console.feed;

import java.util.concurrent.CompletableFuture;
import org.minusone.model.Command;

/** Puts a command onto its topic. */
public interface CommandSender extends AutoCloseable {
  /** Completes once it is kept (acks=all); fails when that cannot be had in time. */
  CompletableFuture<Void> send(Command command);

  @Override
  void close();
}
