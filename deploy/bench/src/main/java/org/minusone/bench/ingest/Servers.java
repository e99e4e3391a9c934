package org.minusone.bench.ingest;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.minusone.app.embedded.EmbeddedBroker;
import org.minusone.app.embedded.EmbeddedKafka;
import org.minusone.app.embedded.EmbeddedStore;
import org.minusone.app.topic.TopicCreator;
import org.minusone.model.codec.Topics;

/** Broker, Kafka and store in a process of their own: {@code Servers DIR}. */
final class Servers {
  static final String PASSWORD = "bench-password";
  static final String BARE_TABLE = "readings_bare";

  /** Of the topics that series is measured on, apart from ingest's. */
  static final Topics PREPARED = new Topics("prepared.");

  private Servers() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream out = Child.claimOutput();
    Path dir = Path.of(arguments[0]);
    EmbeddedKafka kafka = new EmbeddedKafka(dir.resolve("kafka"), PASSWORD);
    EmbeddedBroker broker = new EmbeddedBroker(dir.resolve("mqtt"), 0);
    EmbeddedStore store = new EmbeddedStore(dir.resolve("store"), "minusone", PASSWORD);
    kafka.start();
    broker.start();
    store.start();
    store.ensureTable(BARE_TABLE);
    TopicCreator.createMissing(kafka.clientProperties(), Topics.DEFAULT.all(6), (short) 1);
    TopicCreator.createMissing(kafka.clientProperties(), PREPARED.all(6), (short) 1);
    Child.serve(
        out,
        Map.of("mqtt", broker.url(), "kafka", kafka.bootstrap(), "store", store.url()),
        line -> {
          switch (line) {
            case "stop kafka" -> kafka.close();
            case "start kafka" -> kafka.start();
            default -> throw new IllegalArgumentException(line);
          }
          return Map.of("done", line);
        });
    store.close();
    broker.close();
    kafka.close();
    System.exit(0);
  }
}
