package org.minusone.app.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.minusone.app.embedded.StartProblem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does several things at once and waits for all: two cores start three servers faster than one. */
final class Together {
  private static final Logger LOG = LoggerFactory.getLogger(Together.class);

  private Together() {}

  interface Step {
    void run() throws Exception;
  }

  /**
   * Returns when every step ended.
   *
   * @throws Exception what the first failing step threw
   */
  static void start(Step... steps) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(steps.length);
    try {
      List<Future<Void>> running = new ArrayList<>();
      for (Step step : steps) {
        running.add(threads.submit(asCallable(step)));
      }
      Exception first = null;
      for (Future<Void> one : running) {
        try {
          one.get();
        } catch (ExecutionException e) {
          Exception cause = e.getCause() instanceof Exception known ? known : e;
          if (first == null || cause instanceof StartProblem) {
            first = cause;
          }
        }
      }
      if (first != null) {
        throw first;
      }
    } finally {
      threads.shutdown();
    }
  }

  /**
   * Closes all, waiting at most {@code patienceS} seconds; a failure is logged and stops nothing.
   */
  static void close(long patienceS, List<? extends AutoCloseable> closeables) {
    if (closeables.isEmpty()) {
      return;
    }
    ExecutorService threads = Executors.newFixedThreadPool(closeables.size());
    for (AutoCloseable closeable : closeables) {
      threads.execute(
          () -> {
            try {
              closeable.close();
            } catch (Exception e) {
              LOG.warn("{} did not close cleanly", closeable, e);
            }
          });
    }
    threads.shutdown();
    try {
      if (!threads.awaitTermination(patienceS, TimeUnit.SECONDS)) {
        LOG.warn("not everything closed within {} s", patienceS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Callable<Void> asCallable(Step step) {
    return () -> {
      step.run();
      return null;
    };
  }
}
