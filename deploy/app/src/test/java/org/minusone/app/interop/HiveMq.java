package org.minusone.app.interop;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.minusone.app.embedded.BrokerOptions;
import org.minusone.app.embedded.EmbeddedBroker;
import org.minusone.app.embedded.broker.BrokerAccess;
import org.minusone.app.embedded.broker.BrokerSites;
import org.minusone.app.embedded.broker.BrokerTls;
import org.minusone.app.embedded.broker.HouseUser;
import org.minusone.model.Gateway;
import org.minusone.model.PasswordHash;

/** The embedded broker, once for each kind of door. */
final class HiveMq implements BrokerUnderTest {
  private final EmbeddedBroker plain;
  private final EmbeddedBroker password;
  private final EmbeddedBroker certificate;

  HiveMq(Path folder, Certificates certificates) {
    byte[] salt = new byte[PasswordHash.SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    BrokerSites sites =
        new BrokerSites()
            .apply(
                new Gateway(
                    "gw-1",
                    null,
                    PasswordHash.of(GATEWAY_PASSWORD, salt).text(),
                    "client",
                    0,
                    List.of()));
    List<HouseUser> house =
        List.of(new HouseUser(INGEST, INGEST_PASSWORD, HouseUser.Rights.INGEST));
    plain =
        new EmbeddedBroker(
            folder.resolve("plain"),
            BrokerOptions.loopback(0).withAccess(BrokerAccess.open(house, sites)));
    password = closed(folder.resolve("password"), sites, house, certificates, null);
    certificate =
        closed(folder.resolve("certificate"), sites, house, certificates, certificates.ca());
  }

  private static EmbeddedBroker closed(
      Path folder,
      BrokerSites sites,
      List<HouseUser> house,
      Certificates certificates,
      Path clientCa) {
    BrokerTls tls =
        new BrokerTls(
            certificates.certificate("server"),
            certificates.key("server"),
            clientCa,
            clientCa != null);
    return new EmbeddedBroker(
        folder, new BrokerOptions("127.0.0.1", 0, tls, BrokerAccess.closed(house, sites)));
  }

  @Override
  public void start() throws Exception {
    // The plain one last: brokers of one JVM number payloads by one counter, which the last to
    // start
    // sets to the end of its own.
    password.start();
    certificate.start();
    plain.start();
  }

  @Override
  public void stop() {
    plain.close();
    password.close();
    certificate.close();
  }

  @Override
  public int plainPort() {
    return plain.port();
  }

  @Override
  public int passwordPort() {
    return password.port();
  }

  @Override
  public int certificatePort() {
    return certificate.port();
  }

  @Override
  public void close() {
    stop();
  }
}
