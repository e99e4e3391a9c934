package org.minusone.app.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.app.e2e.Gateway;
import org.minusone.model.AlertEvent;
import org.minusone.model.AlertEventKind;
import org.minusone.model.Rule;

/**
 * The rules stand still while a street floods. The centre is told that the screens do not show the
 * present, and once they go on the flood is told and the trouble is over.
 */
@Tag("slow")
class StallTest {
  private static final Duration START = Duration.ofSeconds(60);
  private static final String WET = "sites/fubao/flood-point/F-01/readings";

  @Test
  void thatTheRulesStandStillIsAnAlertUntilTheyGoOn(@TempDir Path dir) throws Exception {
    try (Servers servers = Servers.start(dir);
        RoleProcess ingest = new RoleProcess(servers, dir, "ingest", "ingest-1");
        RoleProcess rules = new RoleProcess(servers, dir, "rules", "rules-1");
        RoleProcess alerting = new RoleProcess(servers, dir, "alerting", "alerting-1");
        Gateway gateway = new Gateway(URI.create(servers.brokerUrl()).getPort())) {
      ingest.awaitReady(START);
      rules.awaitReady(START);
      alerting.awaitReady(START);
      TimeUnit.SECONDS.sleep(25); // what has just started is given twenty seconds to report
      Found found = new Found(servers);
      assertThat(found.alerts()).as("nothing is wrong").isEmpty();

      rules.stall();
      Instant stalled = Instant.now();
      gateway.publish(WET, "{\"depth\":30}");
      await()
          .atMost(Duration.ofSeconds(40))
          .until(() -> has(found, Rule.SYSTEM_LAG, AlertEventKind.RAISED));
      AlertEvent told = of(found, Rule.SYSTEM_LAG).get(0);
      System.out.printf(
          "StallTest: told %.1f s after the rules stood still%n",
          Duration.between(stalled, told.at()).toMillis() / 1000.0);
      assertThat(told.alert().word()).isEqualTo("rules");
      assertThat(of(found, "flood")).as("nobody evaluates it").isEmpty();

      rules.goOn();
      await().atMost(START).until(() -> !of(found, "flood").isEmpty());
      await().atMost(START).until(() -> has(found, Rule.SYSTEM_LAG, AlertEventKind.CLEARED));
      assertThat(of(found, Rule.SYSTEM_LAG))
          .extracting(AlertEvent::kind)
          .containsOnlyOnce(AlertEventKind.RAISED);
    }
  }

  private static boolean has(Found found, String rule, AlertEventKind kind) {
    return of(found, rule).stream().anyMatch(event -> event.kind() == kind);
  }

  private static List<AlertEvent> of(Found found, String rule) {
    return found.alerts().stream().filter(e -> e.alert().rule().startsWith(rule)).toList();
  }
}
