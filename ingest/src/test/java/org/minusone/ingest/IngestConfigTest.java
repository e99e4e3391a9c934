package org.minusone.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.Test;
import org.minusone.ingest.kafka.ProducerSettings;
import org.minusone.ingest.mqtt.MqttTls;
import org.minusone.model.codec.Topics;

class IngestConfigTest {
  @Test
  void defaults() {
    IngestConfig config = IngestConfig.of("tcp://127.0.0.1:1883");
    assertThat(config)
        .isEqualTo(
            new IngestConfig(
                "tcp://127.0.0.1:1883",
                null,
                "minusone-ingest",
                null,
                null,
                1,
                null,
                false,
                Duration.ofDays(7),
                Duration.ofSeconds(30),
                500,
                33_554_432,
                2_000,
                200_000,
                Duration.ofHours(1),
                Topics.DEFAULT,
                null));
  }

  @Test
  void thePasswordIsNotPrinted() {
    IngestConfig config = IngestConfig.of("tcp://a:1").withCredentials("ingest", "s3cret");
    assertThat(config.toString()).contains("ingest").doesNotContain("s3cret");
  }

  @Test
  void anAddressThatIsNoneIsSaidSo() {
    assertThatThrownBy(() -> IngestConfig.of("localhost:1883"))
        .hasMessage("the MQTT broker is tcp://host:port or ssl://host:port, not localhost:1883");
  }

  @Test
  void severalSessionsShareAsAGroup() {
    assertThat(IngestConfig.of("tcp://a:1").withClientId("site/a").withSessions(4, null).group())
        .isEqualTo("site-a");
    assertThat(IngestConfig.of("tcp://a:1").withSessions(1, null).group()).isNull();
    assertThatThrownBy(() -> IngestConfig.of("tcp://a:1").withSessions(2, "a/b"))
        .hasMessage("the group of shared subscriptions is a name without / + #, not \"a/b\"");
    assertThatThrownBy(() -> IngestConfig.of("tcp://a:1").withSessions(0, null))
        .hasMessage("MQTT sessions are 1 to 64, not 0");
  }

  @Test
  void tlsAndItsAddressComeTogether() {
    assertThat(IngestConfig.of("ssl://a:8883").tls()).isEqualTo(MqttTls.PUBLIC);
    assertThatThrownBy(() -> IngestConfig.of("tcp://a:1").withTls(MqttTls.PUBLIC))
        .hasMessage("TLS is configured for a plain address: ssl://host:port, not tcp://a:1");
    assertThatThrownBy(() -> new MqttTls(null, Path.of("own.pem"), null))
        .hasMessage(
            "a client certificate and its key come together: only the certificate own.pem is"
                + " given");
  }

  @Test
  void kafkaTakesTheSettings() {
    Map<String, Object> settings =
        ProducerSettings.with(Map.of("bootstrap.servers", "127.0.0.1:1"), "ingest");
    new KafkaProducer<byte[], byte[]>(settings).close(Duration.ZERO);
  }

  @Test
  void theProducerKeepsItsPromise() {
    assertThat(ProducerSettings.with(Map.of("bootstrap.servers", "k:9092"), "ingest"))
        .containsEntry("acks", "all")
        .containsEntry("enable.idempotence", true)
        .containsEntry("compression.type", "lz4")
        .containsEntry("linger.ms", 5)
        .containsEntry("delivery.timeout.ms", Integer.MAX_VALUE)
        .containsEntry("bootstrap.servers", "k:9092");
  }
}
