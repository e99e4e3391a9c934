package org.minusone.app.command;

import java.nio.file.Path;
import java.time.Instant;
import org.minusone.app.config.ConfigProblem;
import org.minusone.app.config.Configuration;
import org.minusone.app.config.UpPlan;
import org.minusone.app.stack.StackOptions;
import picocli.CommandLine.Option;

/** What {@code up} and {@code demo} share. */
final class EmbeddedOptions {
  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port of the console (default: 8080; 0 picks a free one).")
  private Integer port;

  @Option(
      names = "--mqtt-port",
      paramLabel = "PORT",
      description = "Port of the MQTT broker (default: 1883; 0 picks a free one).")
  private Integer mqttPort;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where everything is kept (default: data/demo or data/up).")
  private Path data;

  @Option(
      names = "--site",
      paramLabel = "DIR",
      description = "The site's files (default: deploy/sites/fubao).")
  Path site;

  /**
   * What was chosen, over what the configuration says.
   *
   * @param name of the data directory, where none is chosen
   */
  StackOptions options(String name, Configuration configuration) throws ConfigProblem, Problem {
    check("--port", port);
    check("--mqtt-port", mqttPort);
    return new UpPlan(configuration, Instant.now())
        .options(data == null ? Home.data(name) : data, port, mqttPort);
  }

  private static void check(String option, Integer given) throws Problem {
    if (given != null && (given < 0 || given > 65_535)) {
      throw Problem.usage("%s %d is no port: 0 to 65535".formatted(option, given));
    }
  }
}
