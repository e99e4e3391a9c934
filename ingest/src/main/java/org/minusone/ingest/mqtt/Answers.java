package org.minusone.ingest.mqtt;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What ingest has to say to gateways: a request to introduce themselves again, a confirmation. Few,
 * small, worthless a minute later; so they are dropped, and counted, while no session is up, and
 * whoever asks to send one never waits.
 */
final class Answers {
  private static final Logger log = LoggerFactory.getLogger(Answers.class);
  private static final int MOST_WAITING = 1_000;
  private static final long SAID_EVERY_NANOS = 60_000_000_000L;

  private record Answer(String topic, byte[] payload) {}

  private final BlockingQueue<Answer> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final BiPredicate<String, byte[]> sender;
  private final LongAdder dropped = new LongAdder();
  private final Thread sending = new Thread(this::send, "ingest-answers");
  private long saidAt = System.nanoTime() - SAID_EVERY_NANOS;

  /**
   * @param sender false if it could not be sent
   */
  Answers(BiPredicate<String, byte[]> sender) {
    this.sender = sender;
    sending.setDaemon(true);
  }

  void start() {
    sending.start();
  }

  void publish(String topic, byte[] payload) {
    if (!waiting.offer(new Answer(topic, payload))) {
      dropped.increment();
    }
  }

  long dropped() {
    return dropped.sum();
  }

  private void send() {
    try {
      while (true) {
        Answer answer = waiting.take();
        if (!sender.test(answer.topic(), answer.payload())) {
          dropped.increment();
        }
        say();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void say() {
    if (dropped.sum() > 0 && System.nanoTime() - saidAt > SAID_EVERY_NANOS) {
      saidAt = System.nanoTime();
      log.warn("{} answers to gateways were dropped so far: not connected", dropped.sum());
    }
  }

  void close() {
    sending.interrupt();
  }
}
