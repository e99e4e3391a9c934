package org.minusone.app.embedded.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.minusone.app.embedded.broker.BrokerSites.gateway;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermissionsTest {
  private final BrokerSites sites =
      new BrokerSites()
          .apply(gateway("gw-1", null, "spBv1.0/Fubao/+/edge-1/#"), gateway("gw-2", null));
  private final Gateways gateways = new Gateways(sites);
  private final Permissions permissions = new Permissions(gateways);
  private final Client first = Client.gateway("c1", gateways.named("fubao/gw-1").orElseThrow());
  private final Client ingest =
      Client.house("i", new HouseUser("ingest", "x", HouseUser.Rights.INGEST));
  private final Client engineer =
      Client.house("e", new HouseUser("engineers", "x", HouseUser.Rights.ENGINEER));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sites/fubao/gateways/gw-1/readings",
        "sites/fubao/gateways/gw-1/status",
        "sites/fubao/hazmat-storage/H-07/readings",
        "sites/fubao/hazmat-storage/H-07/status",
        "spBv1.0/Fubao/NDATA/edge-1",
        "spBv1.0/Fubao/DDATA/edge-1/probe",
      })
  void aGatewayPublishesWhatIsIts(String topic) {
    assertThat(permissions.mayPublish(first, topic)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sites/fubao/gateways/gw-2/readings",
        "sites/fubao/hazmat-storage/H-08/readings",
        "sites/fubao/hazmat-storage/H-09/readings",
        "sites/fubao/smoke/H-07/readings",
        "sites/fubao/hazmat-storage/H-99/readings",
        "sites/fubao/hazmat-storage/H 07/readings",
        "sites/fubao/gateways/gw-1",
        "sites/fubao@r1/gateways/gw-1/readings",
        "sites/fubao@r1/hazmat-storage/H-07/readings",
        "sites/fubao@r1/run",
        "sites/other/gateways/gw-1/readings",
        "spBv1.0/Fubao/NDATA/edge-2",
        "anything",
        "/",
        "",
      })
  void andNothingElse(String topic) {
    assertThat(permissions.mayPublish(first, topic)).isFalse();
  }

  @Test
  void itHearsWhatIsSaidToItAndNothingElse() {
    assertThat(permissions.maySubscribe(first, "sites/fubao/gateways/gw-1/confirm")).isTrue();
    assertThat(permissions.maySubscribe(first, "spBv1.0/Fubao/NCMD/edge-1")).isTrue();
    assertThat(permissions.maySubscribe(first, "spBv1.0/Fubao/NCMD/edge-1/#")).isTrue();
    assertThat(permissions.maySubscribe(first, "spBv1.0/Fubao/DCMD/edge-1/+")).isTrue();
    assertThat(permissions.maySubscribe(first, "spBv1.0/STATE/host")).isTrue();
    for (String other :
        new String[] {
          "#",
          "sites/#",
          "sites/fubao/gateways/+/confirm",
          "sites/fubao/gateways/gw-2/confirm",
          "sites/fubao/hazmat-storage/H-07/readings",
          "$share/g/sites/fubao/gateways/gw-1/confirm",
          "spBv1.0/Fubao/NCMD/edge-2",
          "spBv1.0/Fubao/NCMD/+",
          "spBv1.0/Fubao/+/edge-1",
          "spBv1.0/Fubao/NDATA/edge-1",
        }) {
      assertThat(permissions.maySubscribe(first, other)).as(other).isFalse();
    }
  }

  @Test
  void siteApplyTakesEffectAtOnce() {
    String sensor = "sites/fubao/hazmat-storage/H-07/readings";
    assertThat(permissions.mayPublish(first, sensor)).isTrue();
    assertThat(first.isStillLetInBy(gateways)).isTrue();
    sites.apply(gateway("gw-1", "pbkdf2-sha256:1:AA==:AA=="));
    assertThat(first.isStillLetInBy(gateways)).as("another password now").isFalse();
    sites.apply(gateway("gw-2", null));
    assertThat(permissions.mayPublish(first, sensor)).isFalse();
    assertThat(permissions.maySubscribe(first, "sites/fubao/gateways/gw-1/confirm")).isFalse();
    assertThat(first.isStillLetInBy(gateways)).isFalse();
  }

  @Test
  void framesAreConfirmedWhereTheSiteSaysAndTheirSenderHearsIt() {
    String own = "sites/fubao/gateways/gw-1/commands";
    assertThat(permissions.mayPublish(ingest, own)).isFalse();
    assertThat(permissions.maySubscribe(first, own)).isFalse();
    sites
        .confirming("sites/fubao/gateways/gw-1/readings", "sites/fubao/gateways/{gateway}/commands")
        .confirming("utd/+/up", "utd/{source}/down")
        .apply(gateway("gw-1", null, "utd/4711/#"), gateway("gw-2", null));
    assertThat(permissions.mayPublish(ingest, own)).isTrue();
    assertThat(permissions.mayPublish(ingest, "utd/120000000A41/down")).isTrue();
    assertThat(permissions.mayPublish(ingest, "utd/120000000A41/up")).isFalse();
    assertThat(permissions.mayPublish(ingest, "sites/fubao/gateways/gw-1/readings")).isFalse();
    assertThat(permissions.maySubscribe(first, own)).isTrue();
    assertThat(permissions.maySubscribe(first, "utd/4711/down")).isTrue();
    assertThat(permissions.maySubscribe(first, "utd/0815/down")).isFalse();
    assertThat(permissions.maySubscribe(first, "utd/+/down")).isFalse();
    assertThat(permissions.maySubscribe(first, "sites/fubao/gateways/gw-2/commands")).isFalse();
    assertThat(permissions.maySubscribe(first, "sites/fubao/gateways/+/commands")).isFalse();
  }

  @Test
  void ourOwnUsersHaveTheirTasks() {
    assertThat(permissions.mayPublish(ingest, "sites/fubao/gateways/gw-1/confirm")).isTrue();
    assertThat(permissions.mayPublish(ingest, "spBv1.0/Fubao/NCMD/edge-1")).isTrue();
    assertThat(permissions.mayPublish(ingest, "sites/fubao/gateways/gw-1/readings")).isFalse();
    assertThat(permissions.maySubscribe(ingest, "$share/g/sites/+/+/+/readings")).isTrue();
    assertThat(permissions.mayPublish(engineer, "sites/fubao@r1/run")).isTrue();
  }
}
