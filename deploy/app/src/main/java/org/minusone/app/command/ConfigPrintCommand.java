package org.minusone.app.command;

import java.io.PrintWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.minusone.app.config.Configuration;
import org.minusone.app.config.Configuration.Given;
import org.minusone.app.config.Origin;
import org.minusone.app.config.Setting;
import org.minusone.app.embedded.RunFile;
import org.minusone.model.codec.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "print",
    mixinStandardHelpOptions = true,
    description = {
      "Prints every setting with its value in effect and where that came from; secrets masked.",
      "Without --config: of the embedded instance that runs, else the defaults."
    })
public final class ConfigPrintCommand implements Callable<Integer> {
  private static final String NONE = "-";

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;
  @Mixin private DataOption where;

  @Option(names = "--json", description = "The answer as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Configuration configuration = config.read();
    if (!config.isNamed()) {
      configuration = configuration.withStandards(running());
    }
    PrintWriter err = spec.commandLine().getErr();
    configuration.warnings().forEach(warning -> err.println("minusone: warning: " + warning));
    err.flush();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.text(asJson(configuration)));
    } else {
      for (Setting setting : Setting.values()) {
        out.printf(
            "%-24s %-32s %s%n",
            setting.path(),
            configuration.shown(setting).orElse(NONE),
            configuration
                .given(setting)
                .map(given -> given.origin().place())
                .orElse("not set; " + setting.what()));
      }
    }
    out.flush();
    return 0;
  }

  /** What the embedded instance picked; nothing where none runs. */
  private Map<Setting, Given> running() throws Problem {
    RunFile file;
    try {
      file = where.instance().file();
    } catch (Problem e) {
      if (where.data != null) {
        throw e;
      }
      return Map.of();
    }
    Origin origin = new Origin(Origin.Kind.RUNNING, "the instance that runs, pid " + file.pid());
    Map<Setting, Given> running = new EnumMap<>(Setting.class);
    Map<String, String> at = file.addresses();
    put(running, Setting.KAFKA_BOOTSTRAP, at.get("kafka"), origin);
    put(
        running,
        Setting.MQTT_BROKER,
        at.containsKey("mqtt") ? "tcp://" + at.get("mqtt") : null,
        origin);
    if (at.containsKey("broker")) {
      int port = URI.create(at.get("broker")).getPort();
      put(running, Setting.BROKER_PORT, Integer.toString(port), origin);
    }
    put(running, Setting.STORE_URL, at.get("store"), origin);
    put(running, Setting.KAFKA_PASSWORD, file.passwords().get("kafka"), origin);
    put(running, Setting.STORE_PASSWORD, file.passwords().get("store"), origin);
    if (at.containsKey("kafka")) {
      put(running, Setting.KAFKA_SECURITY, "sasl-plain", origin);
      put(running, Setting.KAFKA_USERNAME, "minusone", origin);
      put(running, Setting.STORE_USERNAME, "minusone", origin);
      put(running, Setting.TOPICS_REPLICATION, "1", origin);
    }
    if (at.containsKey("console")) {
      int port = URI.create(at.get("console")).getPort();
      put(running, Setting.CONSOLE_PORT, port < 0 ? null : Integer.toString(port), origin);
    }
    return running;
  }

  private static void put(Map<Setting, Given> all, Setting setting, String text, Origin origin) {
    if (text != null) {
      all.put(setting, new Given(text, origin));
    }
  }

  private static Map<String, Object> asJson(Configuration configuration) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Setting setting : Setting.values()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("key", setting.path());
      row.put("value", configuration.shown(setting).orElse(null));
      row.put("secret", setting.isSecret());
      row.put(
          "source",
          configuration
              .given(setting)
              .map(g -> g.origin().kind().name().toLowerCase(Locale.ROOT).replace('_', '-'))
              .orElse(null));
      row.put("place", configuration.given(setting).map(g -> g.origin().place()).orElse(null));
      row.put("variable", setting.variable());
      rows.add(row);
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("file", configuration.file().map(Object::toString).orElse(null));
    answer.put("settings", rows);
    return answer;
  }
}
