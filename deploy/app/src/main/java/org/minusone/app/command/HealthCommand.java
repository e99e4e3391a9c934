package org.minusone.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.minusone.app.config.Configuration;
import org.minusone.app.config.KafkaAccess;
import org.minusone.app.config.Setting;
import org.minusone.app.health.ClusterHealth;
import org.minusone.app.health.HealthTable;
import org.minusone.model.codec.Json;
import org.minusone.model.codec.Topics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "health",
    mixinStandardHelpOptions = true,
    description = {
      "Says whether the running instance is ready, check by check; exit 1 if it is not.",
      "With --config: whether the roles that run on that Kafka are, all instances of them."
    })
public final class HealthCommand implements Callable<Integer> {
  /** Two reports of every instance come in it. */
  private static final long LISTEN_MS = 2_500;

  @Spec private CommandSpec spec;
  @Mixin private DataOption where;
  @Mixin private ConfigOption config;

  @Option(names = "--json", description = "The answer as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    boolean ready = config.isNamed() && where.data == null ? ofCluster() : ofInstance();
    spec.commandLine().getOut().flush();
    return ready ? 0 : 1;
  }

  private boolean ofInstance() throws Exception {
    Instance instance = where.instance();
    HttpResponse<String> answer = instance.get("/-/ready");
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(answer.body());
    } else {
      JsonNode body = Json.MAPPER.readTree(answer.body());
      out.printf(
          "%s  pid %d  %s%n",
          answer.statusCode() == 200 ? "ready" : "not ready",
          instance.file().pid(),
          instance.console());
      for (JsonNode check : body.path("checks")) {
        print(
            check.path("ok").asBoolean(),
            check.path("role").asText() + " " + check.path("name").asText(),
            check.path("detail").asText(""));
      }
    }
    return answer.statusCode() == 200;
  }

  private void print(boolean ok, String name, String detail) {
    spec.commandLine()
        .getOut()
        .printf("  %-8s %-24s %s%n", ok ? "ok" : "missing", name, detail == null ? "" : detail);
  }

  private boolean ofCluster() throws Exception {
    Configuration configuration = config.read();
    configuration.require("health", List.of(Setting.KAFKA_BOOTSTRAP));
    KafkaAccess access = new KafkaAccess(configuration, Instant.now());
    Map<String, Object> kafka = access.properties();
    int brokers = access.requireAnswer(kafka);
    String topic = new Topics(configuration.text(Setting.TOPICS_PREFIX)).health();
    List<ClusterHealth.Line> lines;
    try (HealthTable table = new HealthTable(kafka, topic, InstantSource.system(), Instant.EPOCH)) {
      table.start();
      TimeUnit.MILLISECONDS.sleep(LISTEN_MS);
      lines = ClusterHealth.of(table.latest(), Instant.now());
    }
    boolean ready = ClusterHealth.isReady(lines);
    if (json) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("ready", ready);
      answer.put("checks", lines);
      spec.commandLine().getOut().println(Json.text(answer));
    } else {
      spec.commandLine()
          .getOut()
          .printf(
              "%s  Kafka of %d broker%s%n",
              ready ? "ready" : "not ready", brokers, brokers == 1 ? "" : "s");
      for (ClusterHealth.Line line : lines) {
        String instance = line.instance() == null ? "" : "/" + line.instance();
        print(line.ok(), line.role() + instance + " " + line.name(), line.detail());
      }
    }
    return ready;
  }
}
