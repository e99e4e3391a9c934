package org.minusone.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.minusone.model.codec.Topics;

/** What the rules run with unless told otherwise, and what of it Streams gets to see. */
final class RulesConfigTest {
  private static final RulesConfig CONFIG = RulesConfig.embedded(Path.of("state"));

  @Test
  void defaults() {
    assertThat(CONFIG)
        .isEqualTo(
            new RulesConfig(
                Topics.DEFAULT,
                "minusone-rules",
                "rules-0",
                Path.of("state"),
                1,
                0,
                1,
                Duration.ofSeconds(1),
                Duration.ofMillis(250),
                Duration.ofSeconds(6),
                Duration.ofSeconds(2),
                Duration.ofSeconds(30)));
  }

  @Test
  void streamsIsToldToBeQuickAndToLoseNothing() {
    RulesApp app =
        new RulesApp(
            CONFIG,
            Map.of("bootstrap.servers", "none:1", "sasl.mechanism", "PLAIN"),
            null,
            () -> true,
            InstantSource.system(),
            new SimpleMeterRegistry());
    Properties properties = app.properties();
    assertThat(properties)
        .containsEntry("bootstrap.servers", "none:1")
        .containsEntry("sasl.mechanism", "PLAIN")
        .containsEntry("processing.guarantee", "at_least_once")
        .containsEntry("group.protocol", "classic")
        .containsEntry("group.instance.id", "rules-0")
        .containsEntry("producer.linger.ms", 0)
        .containsEntry("statestore.cache.max.bytes", 0)
        .containsEntry("commit.interval.ms", 1000L)
        .containsEntry("main.consumer.session.timeout.ms", 6000)
        .containsEntry("main.consumer.heartbeat.interval.ms", 2000)
        .containsEntry("consumer.auto.offset.reset", "earliest");
    assertThat(app.health().alive()).isTrue();
    assertThat(app.health().checks()).extracting(c -> c.name()).containsExactly("streams");
    assertThat(app.health().checks().get(0).ok()).isFalse();
    app.close();
    app.close();
  }
}
