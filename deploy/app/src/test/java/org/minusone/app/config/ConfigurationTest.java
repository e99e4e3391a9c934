package org.minusone.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.app.embedded.DataDirectory;
import org.minusone.app.stack.RoleName;
import org.minusone.ingest.IngestConfig;

/** What an engineer writes into the configuration, and what he is told. */
class ConfigurationTest {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  /** An authority, valid for a hundred years. */
  private static final String AUTHORITY =
      """
      -----BEGIN CERTIFICATE-----
      MIIBZDCCAQmgAwIBAgIJAMsG0JhM86aFMAoGCCqGSM49BAMCMBwxGjAYBgNVBAMT
      EUV4YW1wbGUgYXV0aG9yaXR5MCAXDTI2MDEwMTA0MTAwNFoYDzIxMjUxMjA4MDQx
      MDA0WjAcMRowGAYDVQQDExFFeGFtcGxlIGF1dGhvcml0eTBZMBMGByqGSM49AgEG
      CCqGSM49AwEHA0IABHc66CI0qBcqU2e5MjTvGj3GMqDv6tZG+ltkmSJGfsWoCzZc
      gl8cO0ib7rCeY8E+iZsFVuO1Cs09JYbC319v9MijMjAwMB0GA1UdDgQWBBSRSKCH
      8Ncen+qt2E3yfjzaxUwM8DAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0kA
      MEYCIQDJu1oFd9l/vEw5VIuFaJZefhdwmQhIQ0pRUw0WT9CREwIhAOmWTXl3Gbcv
      36/fISR3WbnMwCIJ+rt6s79uVSYgVizz
      -----END CERTIFICATE-----
      """;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("minusone.yaml");
  }

  @Test
  void aValueIsTheDefaultUnlessTheFileSaysOtherwiseUnlessTheEnvironmentDoes() throws Exception {
    write("kafka: {bootstrap: [k1:9092, k2:9092]}", "topics: {partitions: 12}");

    Configuration configuration =
        read(Map.of("MINUSONE__KAFKA__BOOTSTRAP", "other:9092", "PATH", "/bin"));

    assertThat(configuration.text(Setting.KAFKA_BOOTSTRAP)).isEqualTo("other:9092");
    assertThat(place(configuration, Setting.KAFKA_BOOTSTRAP))
        .isEqualTo("MINUSONE__KAFKA__BOOTSTRAP");
    assertThat(configuration.number(Setting.TOPICS_PARTITIONS)).isEqualTo(12);
    assertThat(place(configuration, Setting.TOPICS_PARTITIONS)).isEqualTo(file + ":2");
    assertThat(configuration.number(Setting.TOPICS_REPLICATION)).isEqualTo(3);
    assertThat(place(configuration, Setting.TOPICS_REPLICATION)).isEqualTo("default");
    assertThat(read(Map.of()).list(Setting.KAFKA_BOOTSTRAP)).containsExactly("k1:9092", "k2:9092");
  }

  @Test
  void everySettingCanBeSaidInTheEnvironment() {
    Map<String, String> said = new LinkedHashMap<>();
    for (Setting setting : Setting.values()) {
      assertThat(said.put(setting.variable(), setting.path())).as("two of one name").isNull();
      assertThat(setting.standard().flatMap(setting.kind()::missed))
          .as("the default of " + setting.path() + " is of its own form")
          .isEmpty();
    }
    assertThat(said)
        .containsEntry("MINUSONE__INSTANCE", "instance")
        .containsEntry("MINUSONE__MQTT__CLIENT_ID", "mqtt.client-id")
        .containsEntry("MINUSONE__BROKER__TLS__CLIENT_CA", "broker.tls.client-ca");
  }

  @Test
  void theDefaultsAreThese() throws Exception {
    Map<String, String> defaults = new LinkedHashMap<>();
    Configuration none = ConfigurationReader.read(null, Map.of());
    for (Setting setting : Setting.values()) {
      if (none.has(setting)) {
        defaults.put(setting.path(), none.text(setting));
      }
    }
    assertThat(defaults)
        .containsOnly(
            entry("kafka.security", "plaintext"),
            entry("kafka.scram", "512"),
            entry("mqtt.sessions", "1"),
            entry("mqtt.group", "none"),
            entry("store.kind", "questdb"),
            entry("store.database", "minusone"),
            entry("console.host", "127.0.0.1"),
            entry("console.port", "8080"),
            entry("health.host", "127.0.0.1"),
            entry("topics.prefix", "minusone."),
            entry("topics.partitions", "6"),
            entry("topics.replication", "3"),
            entry("broker.host", "127.0.0.1"),
            entry("broker.port", "1883"),
            entry("broker.anonymous", "true"),
            entry("broker.tls.client-auth", "none"));
  }

  @Test
  void everyMistakeIsNamedAtItsPlaceWithTheNearestWord() throws Exception {
    write(
        "kafka:",
        "  bootstarp: k1:9092",
        "  security: sasl-plian",
        "mqtt:",
        "  url: mqtt.example.org",
        "  sessions: many",
        "store: {url: {host: x}}",
        "consol: {port: 1}",
        "console: {port: 70000}",
        "topics: 5");

    assertThatThrownBy(() -> read(Map.of("MINUSONE__MQTT__URI", "tcp://m:1883")))
        .isInstanceOf(ConfigProblem.class)
        .hasMessage(
            String.join(
                System.lineSeparator(),
                file + ":2:3: unknown key 'bootstarp', did you mean 'bootstrap'?",
                file
                    + ":3:13: unknown value of 'kafka.security' 'sasl-plian', did you mean"
                    + " 'sasl-plain'?",
                file
                    + ":5:8: 'mqtt.url' must be tcp://host:port or ssl://host:port, not"
                    + " 'mqtt.example.org'",
                file + ":6:13: 'mqtt.sessions' must be a whole number from 1 to 10000, not 'many'",
                file
                    + ":7:14: 'store.url' must be http://host:port or https://host:port, not a"
                    + " mapping",
                file + ":8:1: unknown key 'consol', did you mean 'console'?",
                file + ":9:17: 'console.port' must be a port from 0 to 65535, not '70000'",
                file + ":10:9: 'topics' must be a mapping of keys to values, not '5'",
                "environment MINUSONE__MQTT__URI: no such setting, did you mean"
                    + " 'MINUSONE__MQTT__URL'?"));
  }

  @Test
  void aSecretComesFromAFileAndIsNeverShown() throws Exception {
    write("store: {url: 'http://s:1', token: t0ken}");
    Path secret = Files.writeString(folder.resolve("kafka-password"), "pa\"ss\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));

    Configuration configuration = read(Map.of("MINUSONE__KAFKA__PASSWORD_FILE", secret.toString()));

    assertThat(configuration.text(Setting.KAFKA_PASSWORD)).isEqualTo("pa\"ss");
    assertThat(configuration.shown(Setting.KAFKA_PASSWORD)).contains("***");
    assertThat(configuration.shown(Setting.STORE_TOKEN)).contains("***");
    assertThat(place(configuration, Setting.KAFKA_PASSWORD)).isEqualTo(secret.toString());
    assertThat(configuration.warnings())
        .as("the configuration is mode 0600, the secret is not")
        .containsExactly(secret + " holds a secret and everybody can read it: chmod 600 " + secret);
  }

  @Test
  void aSecretThatIsNotThereOrSaidTwiceStopsTheStart() {
    assertThatThrownBy(
            () ->
                ConfigurationReader.read(
                    null,
                    Map.of(
                        "MINUSONE__KAFKA__PASSWORD_FILE", folder.resolve("none").toString(),
                        "MINUSONE__STORE__TOKEN_FILE", "x",
                        "MINUSONE__STORE__TOKEN", "y")))
        .hasMessage(
            String.join(
                System.lineSeparator(),
                "environment MINUSONE__KAFKA__PASSWORD_FILE: %s is no file"
                    .formatted(folder.resolve("none")),
                "environment: both MINUSONE__STORE__TOKEN and MINUSONE__STORE__TOKEN_FILE: keep"
                    + " one"));
  }

  @Test
  void theFileIsAlsoFoundByTheEnvironmentAndItsPathsAreItsNeighbours() throws Exception {
    write("kafka: {ca: tls/ca.pem}", "data: state");

    Configuration configuration =
        ConfigurationReader.read(null, Map.of("MINUSONE_CONFIG", file.toString()));

    assertThat(configuration.path(Setting.KAFKA_CA)).isEqualTo(folder.resolve("tls/ca.pem"));
    assertThat(configuration.path(Setting.DATA)).isEqualTo(folder.resolve("state"));
  }

  @Test
  void aRoleSaysWhatItWantsAndNothingElse() throws Exception {
    write("kafka: {bootstrap: 'k:1'}");

    check(RoleName.RULES, RoleName.ALERTING);
    refuses(
        "ingest wants mqtt.url: say so in "
            + file
            + ", or in the environment as"
            + " MINUSONE__MQTT__URL",
        RoleName.INGEST);
    refuses(
        "store.kind questdb wants store.url: say so in "
            + file
            + ", or in the environment as"
            + " MINUSONE__STORE__URL",
        RoleName.CONSOLE);
    write("kafka: {bootstrap: 'k:1'}", "store: {kind: influxdb2, url: 'http://s:8086', bucket: b}");
    refuses(
        "store.kind influxdb2 wants store.organization and store.token: say so in "
            + file
            + ", or in the environment as MINUSONE__STORE__ORGANIZATION",
        RoleName.SERIES);
    write("kafka: {bootstrap: 'k:1'}", "store: {kind: influxdb1}");
    refuses(
        "store.kind influxdb1 wants store.url: say so in "
            + file
            + ", or in the environment as MINUSONE__STORE__URL",
        RoleName.SERIES);
    write(
        "kafka: {bootstrap: 'k:1'}", "store: {kind: influxdb1, url: 'http://s:8086', username: u}");
    refuses(
        "a store that knows its users wants store.password: say so in "
            + file
            + ", or in the environment as MINUSONE__STORE__PASSWORD",
        RoleName.SERIES);
  }

  @Test
  void whatWouldNotBeUsedWasMeantOtherwise() throws Exception {
    write("kafka:", "  bootstrap: k:1", "  username: me", "  password: x");
    refuses(
        file
            + ":3: kafka.username is of no use with kafka.security plaintext: choose a sasl"
            + " one",
        RoleName.RULES);
    write("kafka:", "  bootstrap: k:1", "  security: tls", "  certificate: a.pem");
    refuses(file + ":4: kafka.certificate wants kafka.key as well", RoleName.RULES);
    write("kafka:", "  bootstrap: k:1", "  security: tls", "  ca: none.pem");
    refuses(file + ":4: " + folder.resolve("none.pem") + " is no file", RoleName.RULES);
  }

  @Test
  void aPasswordInTheClearIsWarnedOfBeyondLoopback() throws Exception {
    write(
        "kafka: {bootstrap: '127.0.0.1:1', security: sasl-plain, username: u, password: p}",
        "mqtt:",
        "  url: tcp://mqtt.example.org:1883",
        "  username: u",
        "  password: p");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    assertThat(new RunPlan(read(Map.of()), EnumSet.of(RoleName.INGEST), NOW).warnings())
        .containsExactly(file + ":3: mqtt.password crosses the network in the clear: use ssl://");
  }

  /** A broker that loses shared subscriptions acknowledges what nobody gets. */
  @Test
  void oneIngestSharesNothingUnlessItIsToldToOrHasSeveralSessions() throws Exception {
    write("kafka: {bootstrap: 'k:1'}", "mqtt: {url: 'tcp://m:1'}");
    assertThat(ingest().group()).isNull();
    assertThat(ingest().kept()).isEqualTo(folder.toRealPath().resolve("mqtt-sessions.json"));
    write("kafka: {bootstrap: 'k:1'}", "mqtt: {url: 'tcp://m:1', group: minusone}");
    assertThat(ingest().group()).isEqualTo("minusone");
    write("kafka: {bootstrap: 'k:1'}", "mqtt: {url: 'tcp://m:1', sessions: 2}");
    assertThat(ingest().group()).isEqualTo("minusone-ingest-east-1");
  }

  private IngestConfig ingest() throws Exception {
    try (DataDirectory data = DataDirectory.open(folder)) {
      return new RunPlan(read(Map.of()), EnumSet.of(RoleName.INGEST), NOW)
          .plan(data, "east-1")
          .ingest();
    }
  }

  /** What deploy/README.md gives to copy, with every role. */
  @Test
  void theExampleIsGood() throws Exception {
    Path example = Path.of(System.getProperty("minusone.home"), "deploy", "minusone.example.yaml");
    Files.copy(example, file);
    Files.writeString(folder.resolve("ca.pem"), AUTHORITY);
    Configuration configuration =
        read(
            Map.of(
                "MINUSONE__KAFKA__PASSWORD", "k",
                "MINUSONE__MQTT__PASSWORD", "m",
                "MINUSONE__STORE__TOKEN", "t"));
    RunPlan plan = new RunPlan(configuration, EnumSet.allOf(RoleName.class), NOW);
    plan.check();
    assertThat(plan.warnings()).isEmpty();
    assertThat(plan.probes()).as("the console answers them").isNull();
    assertThat(new RunPlan(configuration, EnumSet.of(RoleName.INGEST), NOW).probes()).isNotNull();
  }

  @Test
  void anInstanceKeepsTheNameItMadeUpAndTwoBesideEachOtherDiffer() throws Exception {
    Configuration none = ConfigurationReader.read(null, Map.of());
    Path one = Files.createDirectory(folder.resolve("one"));
    Path two = Files.createDirectory(folder.resolve("two"));

    String name = InstanceName.of(none, one);

    assertThat(InstanceName.of(none, one)).isEqualTo(name);
    assertThat(InstanceName.of(none, two)).isNotEqualTo(name);
    assertThat(
            InstanceName.of(
                ConfigurationReader.read(null, Map.of("MINUSONE__INSTANCE", "east-1")), one))
        .isEqualTo("east-1");
  }

  private void check(RoleName... roles) throws ConfigProblem, IOException {
    new RunPlan(read(Map.of()), EnumSet.copyOf(List.of(roles)), NOW).check();
  }

  private void refuses(String line, RoleName role) {
    assertThatThrownBy(() -> check(role)).isInstanceOf(ConfigProblem.class).hasMessage(line);
  }

  private void write(String... lines) throws IOException {
    Files.write(file, List.of(lines));
  }

  private Configuration read(Map<String, String> environment) throws ConfigProblem {
    return ConfigurationReader.read(file, environment);
  }

  private static String place(Configuration configuration, Setting setting) {
    return configuration.given(setting).orElseThrow().origin().place();
  }
}
