package org.minusone.app.config;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.minusone.alerting.AlertingConfig;
import org.minusone.alerting.notify.NotifyConfig;
import org.minusone.app.embedded.DataDirectory;
import org.minusone.app.embedded.StartProblem;
import org.minusone.app.health.HealthEndpoint;
import org.minusone.app.stack.Plan;
import org.minusone.app.stack.RoleName;
import org.minusone.console.http.ConsoleTls;
import org.minusone.ingest.IngestConfig;
import org.minusone.ingest.mqtt.MqttTls;
import org.minusone.model.codec.Topics;
import org.minusone.rules.RulesConfig;
import org.minusone.series.SeriesConfig;
import org.minusone.series.store.StoreConfig;

/** Turns a configuration into what a process of some roles is made of. */
public final class RunPlan {
  private static final int SHORTEST_SECRET = 16;

  /**
   * The group of an ingest that has all messages to itself. The default: a broker may lose shared
   * subscriptions at its restart (mosquitto does), and acknowledge what then goes to nobody; and
   * who speaks Sparkplug must be heard by one session.
   */
  private static final String UNSHARED = "none";

  private final Configuration configuration;
  private final Set<RoleName> roles;
  private final Instant now;
  private final KafkaAccess kafka;

  public RunPlan(Configuration configuration, Set<RoleName> roles, Instant now) {
    this.configuration = configuration;
    this.roles = EnumSet.copyOf(roles);
    this.now = now;
    this.kafka = new KafkaAccess(configuration, now);
  }

  /**
   * Looks at everything that can be looked at without a connection.
   *
   * @throws ConfigProblem if something is missing for a role, or does not go together
   */
  public void check() throws ConfigProblem {
    configuration.require("run", List.of(Setting.KAFKA_BOOTSTRAP));
    Map<String, Object> unused = kafka.properties();
    if (roles.contains(RoleName.INGEST)) {
      configuration.require("ingest", List.of(Setting.MQTT_BROKER));
      IngestConfig alsoUnused = ingest("some");
    }
    if (needsStore()) {
      StoreConfig notUsedEither = store();
    }
    if (roles.contains(RoleName.ALERTING)) {
      NotifyConfig readOnce = UpPlan.notify(configuration, 0);
    }
    if (roles.contains(RoleName.CONSOLE)) {
      ConsoleTls norThis = UpPlan.consoleTls(configuration, new Certificates(configuration, now));
    }
    String secret = configuration.text(Setting.CONSOLE_SECRET);
    if (secret != null && secret.length() < SHORTEST_SECRET) {
      throw configuration.fault(
          Setting.CONSOLE_SECRET,
          "console.secret signs tokens: at least %d characters".formatted(SHORTEST_SECRET));
    }
  }

  private boolean needsStore() {
    return roles.contains(RoleName.SERIES) || roles.contains(RoleName.CONSOLE);
  }

  /** How Kafka is reached, and whether. */
  public KafkaAccess kafka() {
    return kafka;
  }

  /**
   * @param data holds the console's key where none is configured
   * @param instance the name of this process
   */
  public Plan plan(DataDirectory data, String instance) throws ConfigProblem, StartProblem {
    Topics topics = new Topics(configuration.text(Setting.TOPICS_PREFIX));
    StoreConfig store = needsStore() ? store() : null;
    int replication = configuration.number(Setting.TOPICS_REPLICATION);
    return new Plan(
        kafka.properties(),
        topics,
        configuration.number(Setting.TOPICS_PARTITIONS),
        (short) replication,
        instance,
        Instant.EPOCH,
        roles.contains(RoleName.INGEST)
            ? ingest(instance).withTopics(topics).keepingSessionsIn(data.mqttSessions())
            : null,
        roles.contains(RoleName.SERIES)
            ? SeriesConfig.of(store).withTopics(topics).withInstance(instance)
            : null,
        roles.contains(RoleName.RULES)
            ? rules(topics, instance, data.path().resolve("rules"), replication)
            : null,
        roles.contains(RoleName.ALERTING)
            ? alerting(topics, instance, data.path().resolve("alerting"))
            : null,
        roles.contains(RoleName.ALERTING)
            ? UpPlan.notify(
                configuration,
                roles.contains(RoleName.CONSOLE) ? configuration.number(Setting.CONSOLE_PORT) : 0)
            : null,
        roles.contains(RoleName.CONSOLE)
            ? UpPlan.console(
                configuration,
                new Certificates(configuration, now),
                configuration.number(Setting.CONSOLE_PORT),
                instance,
                topics,
                data.path())
            : null,
        roles.contains(RoleName.CONSOLE) ? store : null,
        roles.contains(RoleName.CONSOLE) ? consoleKey(data) : null);
  }

  private IngestConfig ingest(String instance) throws ConfigProblem {
    String id = configuration.text(Setting.MQTT_CLIENT_ID);
    String group = configuration.text(Setting.MQTT_GROUP);
    MqttTls tls = mqttTls();
    try {
      IngestConfig config =
          IngestConfig.of(configuration.text(Setting.MQTT_BROKER))
              .withClientId(id == null ? "minusone-ingest-" + instance : id)
              .withCredentials(
                  configuration.text(Setting.MQTT_USERNAME),
                  configuration.text(Setting.MQTT_PASSWORD))
              .withSessions(
                  configuration.number(Setting.MQTT_SESSIONS),
                  group.equals(UNSHARED) ? null : group);
      return tls == null ? config : config.withTls(tls);
    } catch (IllegalArgumentException e) {
      throw new ConfigProblem("mqtt: " + e.getMessage());
    }
  }

  /** Null where Java's own list of authorities will do, or no TLS is spoken. */
  private MqttTls mqttTls() throws ConfigProblem {
    Certificates certificates = new Certificates(configuration, now);
    certificates.requirePair(Setting.MQTT_CERTIFICATE, Setting.MQTT_KEY);
    List<Setting> files = List.of(Setting.MQTT_CA, Setting.MQTT_CERTIFICATE, Setting.MQTT_KEY);
    for (Setting setting : files) {
      if (configuration.has(setting)
          && configuration.text(Setting.MQTT_BROKER).startsWith("tcp:")) {
        throw configuration.fault(
            setting, setting.path() + " is of no use with a tcp:// address: mqtt.url ssl://…");
      }
    }
    if (files.stream().noneMatch(configuration::has)) {
      return null;
    }
    certificates.requireGood(Setting.MQTT_CA);
    certificates.requireGood(Setting.MQTT_CERTIFICATE);
    certificates.requireKey(Setting.MQTT_KEY);
    return new MqttTls(
        configuration.path(Setting.MQTT_CA),
        configuration.path(Setting.MQTT_CERTIFICATE),
        configuration.path(Setting.MQTT_KEY));
  }

  private StoreConfig store() throws ConfigProblem {
    return StoreSettings.store(configuration);
  }

  /** A warm copy on another instance, where there is one: it takes over within seconds. */
  private static RulesConfig rules(
      Topics topics, String instance, Path directory, int replication) {
    RulesConfig one = RulesConfig.embedded(directory);
    return new RulesConfig(
        topics,
        one.applicationId(),
        instance,
        directory,
        replication,
        1,
        one.threads(),
        one.commit(),
        one.tick(),
        one.sessionTimeout(),
        one.heartbeat(),
        one.patience());
  }

  private static AlertingConfig alerting(Topics topics, String instance, Path directory) {
    AlertingConfig one = AlertingConfig.defaults(directory);
    return new AlertingConfig(
        one.applicationId(),
        instance,
        directory,
        topics,
        one.commit(),
        one.session(),
        one.heartbeat(),
        1,
        one.restarts());
  }

  private byte[] consoleKey(DataDirectory data) throws StartProblem {
    String secret = configuration.text(Setting.CONSOLE_SECRET);
    return (secret == null ? data.password("console") : secret).getBytes(StandardCharsets.UTF_8);
  }

  /** Where the probes are answered; null = nowhere, or by the console. */
  public HealthEndpoint.Place probes() {
    return configuration.has(Setting.HEALTH_PORT) && !roles.contains(RoleName.CONSOLE)
        ? new HealthEndpoint.Place(
            configuration.text(Setting.HEALTH_HOST), configuration.number(Setting.HEALTH_PORT))
        : null;
  }

  /** What works, and should not stay so; a line each. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>(configuration.warnings());
    String security = configuration.text(Setting.KAFKA_SECURITY);
    if (security.startsWith("sasl")
        && configuration.list(Setting.KAFKA_BOOTSTRAP).stream()
            .anyMatch(address -> !isLoopback("kafka://" + address))) {
      warnings.add(inTheClear(Setting.KAFKA_SECURITY, "kafka.password", "tls-" + security));
    }
    String broker = configuration.text(Setting.MQTT_BROKER);
    if (roles.contains(RoleName.INGEST)
        && configuration.has(Setting.MQTT_PASSWORD)
        && broker.startsWith("tcp:")
        && !isLoopback(broker)) {
      warnings.add(inTheClear(Setting.MQTT_BROKER, "mqtt.password", "ssl://"));
    }
    String store = configuration.text(Setting.STORE_URL);
    if (needsStore() && store != null && store.startsWith("http:") && !isLoopback(store)) {
      warnings.add(inTheClear(Setting.STORE_URL, "the store's password or token", "https://"));
    }
    return warnings;
  }

  private String inTheClear(Setting setting, String what, String instead) {
    return configuration
        .fault(setting, "%s crosses the network in the clear: use %s".formatted(what, instead))
        .getMessage();
  }

  static boolean isLoopback(String url) {
    String host = URI.create(url).getHost();
    return host != null
        && (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]"));
  }
}
