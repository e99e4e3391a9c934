package org.minusone.app.command;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What {@code up} and {@code demo} share. */
final class EmbeddedOptions {
  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port of the console (default: 8080; 0 picks a free one).",
      defaultValue = "8080")
  int port;

  @Option(
      names = "--mqtt-port",
      paramLabel = "PORT",
      description = "Port of the MQTT broker (default: 1883; 0 picks a free one).",
      defaultValue = "1883")
  int mqttPort;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where everything is kept (default: data/demo or data/up).")
  Path data;

  @Option(
      names = "--site",
      paramLabel = "DIR",
      description = "The site's files (default: deploy/sites/fubao).")
  Path site;
}
