package org.minusone.app.config;

import static org.minusone.app.config.SettingKind.ADDRESSES;
import static org.minusone.app.config.SettingKind.COUNT;
import static org.minusone.app.config.SettingKind.DIRECTORY;
import static org.minusone.app.config.SettingKind.FILE;
import static org.minusone.app.config.SettingKind.FLAG;
import static org.minusone.app.config.SettingKind.HTTP_URL;
import static org.minusone.app.config.SettingKind.MQTT_URL;
import static org.minusone.app.config.SettingKind.NAME;
import static org.minusone.app.config.SettingKind.PORT;
import static org.minusone.app.config.SettingKind.SECRET;
import static org.minusone.app.config.SettingKind.TEXT;
import static org.minusone.app.config.SettingKind.WORDS;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Everything that can be configured, with its default. In the file a setting is {@code section:
 * {key: value}}, in the environment {@code MINUSONE__SECTION__KEY}; a secret's value may stand in a
 * file that {@code MINUSONE__SECTION__KEY_FILE} names.
 */
public enum Setting {
  INSTANCE(
      "instance", NAME, null, "names this process; the same over restarts, unlike any other's"),
  DATA("data", DIRECTORY, null, "state of this process: locks, its name, its keys"),

  KAFKA_BOOTSTRAP("kafka.bootstrap", ADDRESSES, null, "some of the brokers"),
  KAFKA_SECURITY(
      "kafka.security",
      List.of("plaintext", "tls", "sasl-plain", "sasl-scram", "tls-sasl-plain", "tls-sasl-scram"),
      "plaintext",
      "how Kafka is spoken to"),
  KAFKA_SCRAM("kafka.scram", List.of("256", "512"), "512", "SCRAM-SHA-256 or -512"),
  KAFKA_USERNAME("kafka.username", TEXT, null, "for SASL"),
  KAFKA_PASSWORD("kafka.password", SECRET, null, "for SASL"),
  KAFKA_CA("kafka.ca", FILE, null, "PEM of who signed the brokers; Java's own list without it"),
  KAFKA_CERTIFICATE("kafka.certificate", FILE, null, "PEM of our own, for mutual TLS"),
  KAFKA_KEY("kafka.key", FILE, null, "PEM (PKCS #8) of its key"),

  MQTT_BROKER("mqtt.url", MQTT_URL, null, "the broker"),
  MQTT_USERNAME("mqtt.username", TEXT, null, "for a broker that wants one"),
  MQTT_PASSWORD("mqtt.password", SECRET, null, "for a broker that wants one"),
  MQTT_CLIENT_ID(
      "mqtt.client-id", NAME, null, "of the session, without it minusone-ingest-{instance}"),
  MQTT_SESSIONS("mqtt.sessions", COUNT, "1", "connections that share the load of one process"),
  MQTT_GROUP(
      "mqtt.group",
      NAME,
      "none",
      "the same for several ingest that share the load; none = one ingest has it all"),
  MQTT_CA("mqtt.ca", FILE, null, "PEM of who signed the broker; Java's own list without it"),
  MQTT_CERTIFICATE("mqtt.certificate", FILE, null, "PEM of our own, for mutual TLS"),
  MQTT_KEY("mqtt.key", FILE, null, "PEM (PKCS #8) of its key"),

  STORE_KIND("store.kind", List.of("questdb", "influxdb2", "influxdb1"), "questdb", "its product"),
  STORE_URL("store.url", HTTP_URL, null, "the series store"),
  STORE_USERNAME("store.username", TEXT, null, "QuestDB's and InfluxDB 1's"),
  STORE_PASSWORD("store.password", SECRET, null, "QuestDB's and InfluxDB 1's"),
  STORE_ORGANIZATION("store.organization", TEXT, null, "InfluxDB 2's"),
  STORE_BUCKET("store.bucket", TEXT, null, "InfluxDB 2's"),
  STORE_TOKEN("store.token", SECRET, null, "InfluxDB 2's"),
  STORE_DATABASE("store.database", NAME, "minusone", "InfluxDB 1's"),

  CONSOLE_HOST("console.host", TEXT, "127.0.0.1", "address listened on"),
  CONSOLE_PORT("console.port", PORT, "8080", "0 picks a free one"),
  CONSOLE_ADDRESS("console.address", HTTP_URL, null, "how browsers reach it, behind a proxy"),
  CONSOLE_NAMES("console.names", WORDS, null, "further Host headers that are ours"),
  CONSOLE_SECRET("console.secret", SECRET, null, "signs tokens; one for all consoles of a site"),
  CONSOLE_ACCOUNTS("console.accounts", FILE, null, "of who signs in, without it in the data"),
  CONSOLE_TLS_CERTIFICATE("console.tls.certificate", FILE, null, "PEM of the console's own"),
  CONSOLE_TLS_KEY("console.tls.key", FILE, null, "PEM (PKCS #8) of its key"),

  ALERTING_NOTIFY(
      "alerting.notify", FILE, null, "who is told what: receivers and routes; nobody without it"),

  HEALTH_HOST("health.host", TEXT, "127.0.0.1", "of the probes of a process without a console"),
  HEALTH_PORT("health.port", PORT, null, "serves /-/healthy, /-/ready and /metrics if set"),

  TOPICS_PREFIX("topics.prefix", NAME, "minusone.", "of every topic's name"),
  TOPICS_PARTITIONS("topics.partitions", COUNT, "6", "of readings, where it is made"),
  TOPICS_REPLICATION("topics.replication", COUNT, "3", "of every topic, where it is made"),

  BROKER_HOST("broker.host", TEXT, "127.0.0.1", "address the embedded broker of `up` listens on"),
  BROKER_PORT("broker.port", PORT, "1883", "of the embedded broker, 0 picks a free one"),
  BROKER_ANONYMOUS("broker.anonymous", FLAG, "true", "admits gateways without a password"),
  BROKER_TLS_CERTIFICATE("broker.tls.certificate", FILE, null, "PEM of the broker's own"),
  BROKER_TLS_KEY("broker.tls.key", FILE, null, "PEM (PKCS #8) of its key"),
  BROKER_TLS_CLIENT_CA("broker.tls.client-ca", FILE, null, "PEM of who signed the gateways'"),
  BROKER_TLS_CLIENT_AUTH(
      "broker.tls.client-auth", List.of("none", "optional", "required"), "none", "mutual TLS");

  static final String PREFIX = "MINUSONE__";

  private final String path;
  private final SettingKind kind;
  private final List<String> words;
  private final String standard;
  private final String what;

  Setting(String path, SettingKind kind, String standard, String what) {
    this(path, kind, List.of(), standard, what);
  }

  Setting(String path, List<String> words, String standard, String what) {
    this(path, TEXT, words, standard, what);
  }

  Setting(String path, SettingKind kind, List<String> words, String standard, String what) {
    this.path = path;
    this.kind = kind;
    this.words = words;
    this.standard = standard;
    this.what = what;
  }

  /** {@code kafka.bootstrap}: section and key. */
  public String path() {
    return path;
  }

  SettingKind kind() {
    return kind;
  }

  /** The only words it may be; empty where any text of its kind will do. */
  List<String> words() {
    return words;
  }

  Optional<String> standard() {
    return Optional.ofNullable(standard);
  }

  /** For a person who asks what it is. */
  public String what() {
    return what;
  }

  public boolean isSecret() {
    return kind == SECRET;
  }

  /** {@code MINUSONE__KAFKA__BOOTSTRAP}. */
  public String variable() {
    return PREFIX + path.toUpperCase(Locale.ROOT).replace(".", "__").replace('-', '_');
  }

  static Optional<Setting> at(String path) {
    return Arrays.stream(values()).filter(setting -> setting.path.equals(path)).findFirst();
  }

  /** The keys, and names of inner sections, that may stand in {@code section}; "" = the file. */
  static List<String> keysOf(String section) {
    String start = section.isEmpty() ? "" : section + ".";
    return Arrays.stream(values())
        .map(Setting::path)
        .filter(path -> path.startsWith(start))
        .map(path -> path.substring(start.length()).replaceFirst("\\..*", ""))
        .distinct()
        .toList();
  }

  static boolean isSection(String path) {
    return Arrays.stream(values()).anyMatch(setting -> setting.path.startsWith(path + "."));
  }
}
