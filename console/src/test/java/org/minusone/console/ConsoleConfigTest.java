package org.minusone.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConsoleConfigTest {
  @Test
  void defaults() {
    ConsoleConfig config = ConsoleConfig.DEFAULT;
    assertThat(config.host()).isEqualTo("127.0.0.1");
    assertThat(config.port()).isEqualTo(8080);
    assertThat(config.names()).isEmpty();
    assertThat(config.address()).isNull();
    assertThat(config.roles()).containsExactlyInAnyOrder("ingest", "rules", "alerting");
    assertThat(config.topics().alerts()).isEqualTo("minusone.alerts");
    assertThat(config.heartbeat()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.idle()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.memoryLimitMb()).isEqualTo(1024);
    assertThat(config.webFolder()).isNull();
    assertThat(config.isSecure()).isFalse();
  }

  @Test
  void aPortThatIsNoneIsRefused() {
    assertThatThrownBy(() -> ConsoleConfig.DEFAULT.withPort(70_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("70000");
  }
}
