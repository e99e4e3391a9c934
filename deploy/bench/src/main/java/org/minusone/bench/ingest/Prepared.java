package org.minusone.bench.ingest;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.minusone.app.embedded.EmbeddedKafka;
import org.minusone.model.Family;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.Stamp;
import org.minusone.model.codec.ReadingSerde;

/** Readings that wait in Kafka before series starts: no two are one point. */
final class Prepared {
  private static final int BOXES = 500;
  private static final long FIRST_MS = 1_760_000_000_000L;
  private static final List<Quantity> TOLD =
      List.of(Quantity.TEMPERATURE, Quantity.RESIDUAL_CURRENT);

  private Prepared() {}

  /** The {@code i}-th reading. */
  static Reading reading(FixedSite site, int i) {
    int box = i / TOLD.size() % BOXES;
    long timeMs = FIRST_MS + 1000L * (i / TOLD.size() / BOXES);
    return Reading.number(
        new SensorKey(site.site().site(), new SensorId("E-" + (1000 + box))),
        Family.ELECTRICAL,
        TOLD.get(i % TOLD.size()),
        timeMs,
        timeMs + 40,
        Stamp.OWN,
        30 + i % 41 / 10.0);
  }

  static void produce(String bootstrap, int count) throws InterruptedException, ExecutionException {
    Map<String, Object> settings =
        new HashMap<>(EmbeddedKafka.clientProperties(bootstrap, Servers.PASSWORD));
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    FixedSite site = FixedSite.fubao();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < count; i++) {
        Reading reading = reading(site, i);
        producer.send(
            new ProducerRecord<>(
                Servers.PREPARED.readings(),
                null,
                reading.arrivalMs(),
                reading.key().toString().getBytes(StandardCharsets.UTF_8),
                ReadingSerde.write(reading)));
      }
      producer.flush();
    }
  }
}
