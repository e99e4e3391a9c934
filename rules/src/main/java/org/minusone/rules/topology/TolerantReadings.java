package org.minusone.rules.topology;

import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.serialization.Deserializer;
import org.minusone.model.Reading;
import org.minusone.model.codec.ReadingSerde;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A record that is no reading becomes null, counted and logged: one foreign record must not hold up
 * every sensor behind it.
 */
final class TolerantReadings implements Deserializer<Reading> {
  private static final Logger LOG = LoggerFactory.getLogger(TolerantReadings.class);

  private final LongAdder skipped;

  TolerantReadings(LongAdder skipped) {
    this.skipped = skipped;
  }

  @Override
  public Reading deserialize(String topic, byte[] bytes) {
    if (bytes == null) {
      skipped.increment();
      return null;
    }
    try {
      return ReadingSerde.read(bytes);
    } catch (RuntimeException e) {
      skipped.increment();
      LOG.warn(
          "Skipped a record on {} that is no reading ({} bytes): {}",
          topic,
          bytes.length,
          e.toString());
      return null;
    }
  }
}
