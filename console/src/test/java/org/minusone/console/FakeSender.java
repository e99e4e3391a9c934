package org.minusone.console;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.minusone.console.feed.CommandSender;
import org.minusone.model.Command;

/** Keeps what was sent; {@code then} plays alerting. */
final class FakeSender implements CommandSender {
  final List<Command> sent = new CopyOnWriteArrayList<>();
  volatile Consumer<Command> then = command -> {};
  volatile boolean away;

  @Override
  public CompletableFuture<Void> send(Command command) {
    if (away) {
      return CompletableFuture.failedFuture(new IllegalStateException("Kafka is away"));
    }
    sent.add(command);
    then.accept(command);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void close() {}
}
