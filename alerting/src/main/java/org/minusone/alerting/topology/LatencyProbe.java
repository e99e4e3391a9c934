package org.minusone.alerting.topology;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.minusone.model.AlertEvent;
import org.minusone.model.Level;
import org.minusone.model.Rule;
import org.minusone.model.Signal;

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
   * Marks what counts: at a live site (a run's present is not ours), what a reading brought at
   * once. Not a command, and not what a deadline may have brought, for then nothing arrived:
   * silence, what cleared, a level with an on-delay.
   *
   * @param rule the alert's; empty where it is gone
   */
  static Headers headers(AlertEvent event, Optional<Rule> rule) {
    Signal signal = event.signal();
    Headers headers = new RecordHeaders();
    if (signal != null && !signal.site().isRun() && isAtOnce(signal, rule)) {
      headers.add(ARRIVAL, ByteBuffer.allocate(Long.BYTES).putLong(event.arrivalMs()).array());
    }
    return headers;
  }

  private static boolean isAtOnce(Signal signal, Optional<Rule> rule) {
    return switch (signal.signal()) {
      case FOREWARNED, UPDATED, SUSPECT -> true;
      case SILENT, CLEARED -> false;
      case NOTICE, WARN, ALARM, CRITICAL ->
          signal.group() == null
              && rule.map(r -> onDelay(r, signal.level()).isZero()).orElse(false);
    };
  }

  private static Duration onDelay(Rule rule, Level level) {
    return switch (rule.condition().kind()) {
      case THRESHOLD -> hold(((Rule.Threshold) rule.condition()).levels().get(level));
      case RATE -> hold(((Rule.Rate) rule.condition()).levels().get(level));
      case STATE -> ((Rule.State) rule.condition()).hold();
      case WHEN -> ((Rule.When) rule.condition()).hold();
      case QUALITY -> ((Rule.Quality) rule.condition()).hold();
      case SILENT, TOGETHER -> Duration.ZERO;
    };
  }

  private static Duration hold(Rule.Limit limit) {
    return limit == null ? Duration.ZERO : limit.hold();
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
