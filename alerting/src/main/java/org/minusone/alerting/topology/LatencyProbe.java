package org.minusone.alerting.topology;

import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.minusone.model.AlertEvent;
import org.minusone.model.Signal;
import org.minusone.model.SignalKind;

/**
 * Sits in the producer and tells {@link AlertLatency} when Kafka acknowledged an alert. Which
 * records count, and since when, rides on them as a header.
 */
public final class LatencyProbe implements ProducerInterceptor<Object, Object> {
  /** The producer configuration under which the {@link AlertLatency} is handed over. */
  public static final String CONFIG = "minusone.alerting.latency";

  private static final String ARRIVAL = "arrival-ms";

  private AlertLatency latency;

  /**
   * Marks what counts: an event at a live site that a reading caused. Not a run's (its present is
   * not ours), not a command, not what a deadline, a tick or silence brought: nothing arrived then.
   */
  static Headers headers(AlertEvent event) {
    Signal signal = event.signal();
    boolean counts =
        signal != null
            && !signal.site().isRun()
            && signal.signal() != SignalKind.SILENT
            && (signal.value() != null || signal.word() != null)
            && event.arrivalMs() > 0;
    Headers headers = new RecordHeaders();
    if (counts) {
      headers.add(ARRIVAL, ByteBuffer.allocate(Long.BYTES).putLong(event.arrivalMs()).array());
    }
    return headers;
  }

  @Override
  public void configure(Map<String, ?> configs) {
    latency = (AlertLatency) configs.get(CONFIG);
  }

  @Override
  public ProducerRecord<Object, Object> onSend(ProducerRecord<Object, Object> record) {
    return record;
  }

  @Override
  public void onAcknowledgement(RecordMetadata metadata, Exception exception, Headers headers) {
    Header arrival = headers == null ? null : headers.lastHeader(ARRIVAL);
    if (arrival != null && exception == null && latency != null) {
      latency.acknowledged(ByteBuffer.wrap(arrival.value()).getLong());
    }
  }

  @Override
  public void close() {}
}
