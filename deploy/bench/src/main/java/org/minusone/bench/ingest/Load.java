package org.minusone.bench.ingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.minusone.model.Family;
import org.minusone.model.Sensor;
import org.minusone.model.SiteVersion;

/** Publishes over a few connections, QoS 1, in the names of Fubao's electrical boxes. */
final class Load implements AutoCloseable {
  private static final int WINDOW = 500;

  /** Stamps of bursts, one second apart for each box. */
  private static final long FIRST_MS = 1_700_000_000_000L;

  private final List<Line> lines = new ArrayList<>();
  private final List<String> boxes;
  private long told;

  private static final class Line {
    final MqttAsyncClient client;
    final Semaphore window = new Semaphore(WINDOW);
    final AtomicLong refused = new AtomicLong();

    Line(String uri, int number) throws MqttException {
      client = new MqttAsyncClient(uri, "bench-load-" + number, new MemoryPersistence());
      MqttConnectionOptions options = new MqttConnectionOptions();
      options.setMaxReconnectDelay(1000);
      client.connect(options).waitForCompletion(10_000);
    }

    void publish(String topic, byte[] payload) throws MqttException, InterruptedException {
      window.acquire();
      client.publish(
          topic,
          payload,
          1,
          false,
          null,
          new MqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
              window.release();
            }

            @Override
            public void onFailure(IMqttToken token, Throwable failure) {
              refused.incrementAndGet();
              window.release();
            }
          });
    }
  }

  Load(String uri, SiteVersion site, int connections) throws MqttException {
    this.boxes =
        site.sensors().values().stream()
            .filter(sensor -> sensor.family() == Family.ELECTRICAL)
            .map((Sensor sensor) -> sensor.id().value())
            .sorted()
            .toList();
    for (int i = 1; i <= connections; i++) {
      lines.add(new Line(uri, i));
    }
  }

  /**
   * As fast as the broker takes them.
   *
   * @param tree {@code sites} for ingest, {@code bare} for the bare subscriber
   * @param aMessage readings a message
   */
  void burst(String tree, int messages, int aMessage) throws Exception {
    onAll(
        (line, number) -> {
          for (int i = number; i < messages; i += lines.size()) {
            long message = told + i;
            String box = boxes.get((int) (message % boxes.size()));
            line.publish(topic(tree, box), payload(message / boxes.size(), aMessage));
          }
        });
    told += messages;
  }

  /**
   * At a steady rate whatever comes back: each message is stamped with when it was due, so that one
   * published late counts as late (no coordinated omission).
   *
   * @return how far publishing itself fell behind its schedule at most, ms
   */
  double steady(String tree, int perSecond, double seconds) throws Exception {
    long messages = (long) (perSecond * seconds);
    long startNanos = System.nanoTime() + 50_000_000;
    long startMs = System.currentTimeMillis() + 50;
    AtomicLong behind = new AtomicLong();
    onAll(
        (line, number) -> {
          for (long i = number; i < messages; i += lines.size()) {
            long dueNanos = i * 1_000_000_000L / perSecond;
            long left = startNanos + dueNanos - System.nanoTime();
            while (left > 0) {
              LockSupport.parkNanos(left);
              left = startNanos + dueNanos - System.nanoTime();
            }
            behind.accumulateAndGet(-left, Math::max);
            String text =
                "{\"ts\":"
                    + (startMs + dueNanos / 1_000_000)
                    + ",\"values\":{\"temperature\":31.5}}";
            line.publish(
                topic(tree, boxes.get((int) (i % boxes.size()))),
                text.getBytes(StandardCharsets.US_ASCII));
          }
        });
    return behind.get() / 1e6;
  }

  private static String topic(String tree, String box) {
    return tree + "/fubao/electrical/" + box + "/readings";
  }

  private static byte[] payload(long turn, int aMessage) {
    if (aMessage == 1) {
      return ("{\"ts\":" + (FIRST_MS + turn * 1000) + ",\"values\":{\"temperature\":31.5}}")
          .getBytes(StandardCharsets.US_ASCII);
    }
    StringBuilder text = new StringBuilder("[");
    int entries = aMessage / 2;
    for (int i = 0; i < entries; i++) {
      text.append(i == 0 ? "" : ",")
          .append("{\"ts\":")
          .append(FIRST_MS + (turn * entries + i) * 1000)
          .append(",\"values\":{\"temperature\":31.5,\"residual-current\":112.5}}");
    }
    return text.append(']').toString().getBytes(StandardCharsets.US_ASCII);
  }

  private interface Work {
    void on(Line line, int number) throws Exception;
  }

  private void onAll(Work work) throws Exception {
    List<Thread> threads = new ArrayList<>();
    List<Exception> failures = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      int number = i;
      Thread thread =
          new Thread(
              () -> {
                try {
                  work.on(lines.get(number), number);
                } catch (Exception e) {
                  synchronized (failures) {
                    failures.add(e);
                  }
                }
              },
              "load-" + i);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    for (Line line : lines) {
      if (!line.window.tryAcquire(WINDOW, 60, TimeUnit.SECONDS)) {
        failures.add(new IOException("the broker does not acknowledge"));
      } else {
        line.window.release(WINDOW);
      }
      if (line.refused.get() > 0) {
        failures.add(new IOException("the broker refused " + line.refused + " messages"));
      }
    }
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
  }

  @Override
  public void close() throws MqttException {
    for (Line line : lines) {
      line.client.disconnectForcibly(500, 500, false);
      line.client.close();
    }
  }
}
