package org.minusone.app.config;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;

/** How Kafka is reached and let into, and whether it can be. */
public final class KafkaAccess {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String PEM = "PEM";

  private final Configuration configuration;
  private final Certificates certificates;

  public KafkaAccess(Configuration configuration, Instant now) {
    this.configuration = configuration;
    this.certificates = new Certificates(configuration, now);
  }

  /**
   * What every client needs.
   *
   * @throws ConfigProblem if the settings do not go together, or a certificate has expired
   */
  public Map<String, Object> properties() throws ConfigProblem {
    Map<String, Object> properties = new HashMap<>();
    properties.put(
        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
        String.join(",", configuration.list(Setting.KAFKA_BOOTSTRAP)));
    String security = configuration.text(Setting.KAFKA_SECURITY);
    boolean tls = security.startsWith("tls");
    boolean sasl = security.contains("sasl");
    requireFit(tls, sasl);
    properties.put(
        CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
        sasl ? (tls ? "SASL_SSL" : "SASL_PLAINTEXT") : tls ? "SSL" : "PLAINTEXT");
    if (sasl) {
      putSasl(properties, security.endsWith("scram"));
    }
    if (tls) {
      putTls(properties);
    }
    return Map.copyOf(properties);
  }

  private void requireFit(boolean tls, boolean sasl) throws ConfigProblem {
    if (sasl) {
      configuration.require(
          "kafka.security " + configuration.text(Setting.KAFKA_SECURITY),
          List.of(Setting.KAFKA_USERNAME, Setting.KAFKA_PASSWORD));
    } else {
      for (Setting setting : List.of(Setting.KAFKA_USERNAME, Setting.KAFKA_PASSWORD)) {
        refuse(setting, "a sasl one");
      }
    }
    if (!tls) {
      for (Setting setting :
          List.of(Setting.KAFKA_CA, Setting.KAFKA_CERTIFICATE, Setting.KAFKA_KEY)) {
        refuse(setting, "a tls one");
      }
    }
    certificates.requirePair(Setting.KAFKA_CERTIFICATE, Setting.KAFKA_KEY);
  }

  /** What is given and would not be used was meant otherwise. */
  private void refuse(Setting setting, String wanted) throws ConfigProblem {
    if (configuration.has(setting)) {
      throw configuration.fault(
          setting,
          "%s is of no use with kafka.security %s: choose %s"
              .formatted(setting.path(), configuration.text(Setting.KAFKA_SECURITY), wanted));
    }
  }

  private void putSasl(Map<String, Object> properties, boolean scram) {
    properties.put(
        SaslConfigs.SASL_MECHANISM,
        scram ? "SCRAM-SHA-" + configuration.text(Setting.KAFKA_SCRAM) : "PLAIN");
    properties.put(
        SaslConfigs.SASL_JAAS_CONFIG,
        "org.apache.kafka.common.security.%s required username=\"%s\" password=\"%s\";"
            .formatted(
                scram ? "scram.ScramLoginModule" : "plain.PlainLoginModule",
                quoted(configuration.text(Setting.KAFKA_USERNAME)),
                quoted(configuration.text(Setting.KAFKA_PASSWORD))));
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private void putTls(Map<String, Object> properties) throws ConfigProblem {
    String ca = certificates.certificates(Setting.KAFKA_CA);
    if (ca != null) {
      properties.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, PEM);
      properties.put(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, ca);
    }
    String own = certificates.certificates(Setting.KAFKA_CERTIFICATE);
    if (own != null) {
      properties.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, PEM);
      properties.put(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, own);
      properties.put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, certificates.key(Setting.KAFKA_KEY));
    }
  }

  /**
   * Asks Kafka for an answer, and gives how many brokers it has.
   *
   * @throws ConfigProblem in one line, if there is none
   */
  public int requireAnswer(Map<String, Object> properties)
      throws ConfigProblem, InterruptedException {
    Map<String, Object> settings = new HashMap<>(properties);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    try (Admin admin = Admin.create(settings)) {
      return admin
          .describeCluster()
          .nodes()
          .get(PATIENCE.toMillis() + 1_000, TimeUnit.MILLISECONDS)
          .size();
    } catch (ExecutionException e) {
      throw fault(e.getCause());
    } catch (TimeoutException e) {
      throw fault(e);
    } catch (KafkaException e) {
      throw fault(e);
    }
  }

  /** One line for what a client of Kafka threw. */
  ConfigProblem fault(Throwable failure) {
    String at = "Kafka at " + configuration.text(Setting.KAFKA_BOOTSTRAP);
    if (failure instanceof SaslAuthenticationException) {
      return configuration.fault(
          Setting.KAFKA_PASSWORD,
          "%s refuses user '%s': look at kafka.username, kafka.password and kafka.security (%s)"
              .formatted(at, configuration.text(Setting.KAFKA_USERNAME), Reason.of(failure)));
    }
    if (failure instanceof SslAuthenticationException) {
      return configuration.fault(
          Setting.KAFKA_CA, "%s: no TLS with it: %s".formatted(at, Reason.of(failure)));
    }
    if (failure instanceof org.apache.kafka.common.errors.TimeoutException
        || failure instanceof TimeoutException) {
      return configuration.fault(
          Setting.KAFKA_BOOTSTRAP,
          "%s does not answer within %d s: is it there, and is kafka.security %s what it speaks?"
              .formatted(at, PATIENCE.toSeconds(), configuration.text(Setting.KAFKA_SECURITY)));
    }
    Throwable cause = failure.getCause() instanceof ConfigException ? failure.getCause() : failure;
    if (String.valueOf(cause.getMessage()).startsWith("No resolvable bootstrap")) {
      return configuration.fault(Setting.KAFKA_BOOTSTRAP, "%s: no such host".formatted(at));
    }
    return configuration.fault(Setting.KAFKA_BOOTSTRAP, at + ": " + Reason.of(failure));
  }
}
