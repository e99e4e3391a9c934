package org.minusone.app.stack;

import java.nio.file.Path;
import org.minusone.alerting.notify.NotifyConfig;
import org.minusone.console.ConsoleConfig;

/**
 * @param data everything embedded is kept there
 * @param console where it listens; port 0 picks a free one
 * @param broker where gateways come in
 * @param telling who is told what, read; links lack the console's address where a free port is
 *     picked
 */
public record StackOptions(
    Path data, ConsoleConfig console, BrokerPlace broker, NotifyConfig telling) {
  /** Everything on loopback; port 0 picks a free one. */
  public StackOptions(Path data, int consolePort, int mqttPort) {
    this(
        data,
        ConsoleConfig.DEFAULT.withPort(consolePort),
        BrokerPlace.loopback(mqttPort),
        NotifyConfig.NOBODY);
  }
}
