package org.minusone.app.config;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.minusone.alerting.notify.NotifyConfig;
import org.minusone.app.embedded.broker.BrokerTls;
import org.minusone.app.notify.NotifyReader;
import org.minusone.app.stack.BrokerPlace;
import org.minusone.app.stack.StackOptions;
import org.minusone.console.ConsoleConfig;
import org.minusone.console.accounts.AccountFile;
import org.minusone.console.http.ConsoleTls;
import org.minusone.model.codec.Topics;

/** What a configuration says of an instance with everything embedded: its doors. */
public final class UpPlan {
  private final Configuration configuration;
  private final Certificates certificates;

  public UpPlan(Configuration configuration, Instant now) {
    this.configuration = configuration;
    this.certificates = new Certificates(configuration, now);
  }

  /**
   * @param data where everything is kept
   * @param consolePort from the command line; null = as configured
   * @param mqttPort from the command line; null = as configured
   * @throws ConfigProblem if a door would stand open, or a certificate has expired
   */
  public StackOptions options(Path data, Integer consolePort, Integer mqttPort)
      throws ConfigProblem {
    int port = consolePort == null ? configuration.number(Setting.CONSOLE_PORT) : consolePort;
    return new StackOptions(
        data,
        console(configuration, certificates, port, "embedded", Topics.DEFAULT, data),
        broker(mqttPort),
        notify(configuration, port));
  }

  /**
   * Read now, so that what is wrong with it stops the start.
   *
   * @param port of the console in this process, for links; 0 = none, or not known yet
   */
  static NotifyConfig notify(Configuration configuration, int port) throws ConfigProblem {
    String known = configuration.text(Setting.CONSOLE_ADDRESS);
    String scheme = configuration.has(Setting.CONSOLE_TLS_CERTIFICATE) ? "https" : "http";
    String address = known == null && port != 0 ? scheme + "://127.0.0.1:" + port : known;
    return NotifyReader.read(
        configuration.path(Setting.ALERTING_NOTIFY), address, InstantSource.system());
  }

  private BrokerPlace broker(Integer port) throws ConfigProblem {
    certificates.requirePair(Setting.BROKER_TLS_CERTIFICATE, Setting.BROKER_TLS_KEY);
    certificates.requireGood(Setting.BROKER_TLS_CERTIFICATE);
    certificates.requireKey(Setting.BROKER_TLS_KEY);
    certificates.requireGood(Setting.BROKER_TLS_CLIENT_CA);
    String auth = configuration.text(Setting.BROKER_TLS_CLIENT_AUTH);
    Path clientCa = configuration.path(Setting.BROKER_TLS_CLIENT_CA);
    if (auth.equals("none") != (clientCa == null)) {
      throw configuration.fault(
          clientCa == null ? Setting.BROKER_TLS_CLIENT_AUTH : Setting.BROKER_TLS_CLIENT_CA,
          "mutual TLS wants both broker.tls.client-ca and broker.tls.client-auth optional or"
              + " required");
    }
    Path certificate = configuration.path(Setting.BROKER_TLS_CERTIFICATE);
    if (certificate == null && clientCa != null) {
      throw configuration.fault(
          Setting.BROKER_TLS_CLIENT_CA, "mutual TLS wants broker.tls.certificate and its key");
    }
    String host = configuration.text(Setting.BROKER_HOST);
    boolean anonymous = configuration.flag(Setting.BROKER_ANONYMOUS);
    if (!RunPlan.isLoopback("tcp://" + (host.contains(":") ? "[" + host + "]" : host))) {
      requireShut(host, certificate, anonymous);
    }
    return new BrokerPlace(
        host,
        port == null ? configuration.number(Setting.BROKER_PORT) : port,
        certificate == null
            ? null
            : new BrokerTls(
                certificate,
                configuration.path(Setting.BROKER_TLS_KEY),
                clientCa,
                auth.equals("required")),
        anonymous);
  }

  private void requireShut(String host, Path certificate, boolean anonymous) throws ConfigProblem {
    List<String> missing = new ArrayList<>();
    if (certificate == null) {
      missing.add("broker.tls {certificate, key}");
    }
    if (anonymous) {
      missing.add("broker.anonymous: false");
    }
    if (!missing.isEmpty()) {
      throw configuration.fault(
          Setting.BROKER_HOST,
          "the broker listens beyond loopback (%s) only with %s"
              .formatted(host, String.join(" and ", missing)));
    }
  }

  /**
   * @param data holds the accounts where no other file is configured
   * @throws ConfigProblem if the door would stand open, or a certificate has expired
   */
  static ConsoleConfig console(
      Configuration configuration,
      Certificates certificates,
      int port,
      String instance,
      Topics topics,
      Path data)
      throws ConfigProblem {
    Path accounts = configuration.path(Setting.CONSOLE_ACCOUNTS);
    ConsoleConfig one = ConsoleConfig.DEFAULT;
    return new ConsoleConfig(
        configuration.text(Setting.CONSOLE_HOST),
        port,
        configuration.text(Setting.CONSOLE_ADDRESS),
        configuration.list(Setting.CONSOLE_NAMES),
        instance,
        topics,
        one.roles(),
        one.versions(),
        one.memoryLimitMb(),
        one.heartbeat(),
        one.idle(),
        one.webFolder(),
        accounts == null ? data.resolve(AccountFile.NAME) : accounts,
        consoleTls(configuration, certificates));
  }

  /**
   * Null where it speaks plain HTTP.
   *
   * @throws ConfigProblem if passwords and sessions would cross the network in the clear
   */
  static ConsoleTls consoleTls(Configuration configuration, Certificates certificates)
      throws ConfigProblem {
    certificates.requirePair(Setting.CONSOLE_TLS_CERTIFICATE, Setting.CONSOLE_TLS_KEY);
    certificates.requireGood(Setting.CONSOLE_TLS_CERTIFICATE);
    certificates.requireKey(Setting.CONSOLE_TLS_KEY);
    if (configuration.has(Setting.CONSOLE_TLS_CERTIFICATE)) {
      return new ConsoleTls(
          configuration.path(Setting.CONSOLE_TLS_CERTIFICATE),
          configuration.path(Setting.CONSOLE_TLS_KEY));
    }
    String host = configuration.text(Setting.CONSOLE_HOST);
    String address = configuration.text(Setting.CONSOLE_ADDRESS);
    boolean proxied = address != null && address.startsWith("https://");
    if (!proxied
        && !RunPlan.isLoopback("http://" + (host.contains(":") ? "[" + host + "]" : host))) {
      throw configuration.fault(
          Setting.CONSOLE_HOST,
          "the console listens beyond loopback (%s) only with console.tls {certificate, key}, or"
                  .formatted(host)
              + " behind a proxy that console.address: https://… names");
    }
    return null;
  }
}
