package org.minusone.rules.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.model.Calibration;
import org.minusone.model.Gateway;
import org.minusone.model.PasswordHash;
import org.minusone.model.Quantity;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.Text;

/** What an engineer writes about gateways and about the devices that hang there. */
class RegistryTest {
  private static final String HASH = PasswordHash.of("secret", new byte[16]).text();

  private SiteFolder site;

  @BeforeEach
  void aGoodSite(@TempDir Path dir) throws IOException {
    site = SiteFolder.good(dir);
  }

  @Test
  void readsTheDeviceFromItsLineItsKindAndTheTopOfItsFile() throws IOException {
    site.write(
        "gateways.yaml",
        "gateways:",
        "  - id: gw-1",
        "    name: {zh: 一号, en: First}",
        "    password: " + HASH,
        "    certificate: gw-1.fubao.example",
        "    rate: 30/min",
        "    topics: [spBv1.0/Fubao/+/edge-1/#, sites/demo/smoke/S-1/readings]",
        "  - {id: gw-2}");
    site.write(
        "sensors/hazmat.yaml",
        "family: hazmat-storage",
        "gateway: gw-1",
        "battery: ER18505",
        "calibrations: {temperature: {unit: °F}, gas: {scale: 2}}",
        "kinds:",
        "  climate: [temperature, humidity]",
        "  hot: {quantities: [temperature], model: X-2, calibrations: {temperature: {offset: 1}}}",
        "sensors:",
        "  - id: H-1",
        "    community: east",
        "    x: 1",
        "    y: 2",
        "    name: One",
        "    hazard_class: toxic",
        "    kind: climate",
        "    gateway: gw-2",
        "    aliases: [0024befffe804ff1, Fubao/edge-1/H-1]",
        "    calibrations: {humidity: {scale: 1.02, offset: -0.3}}",
        "    model: ACME TH-1",
        "    installed: 2024-05-01",
        "    battery: {type: CR123A, replaced: 2025-05-01}",
        "  - {id: H-2, community: east, x: 1, y: 2, name: Two, hazard_class: toxic, kind: hot, aliases: b}");

    SiteLoader.Loaded loaded = site.load();

    assertThat(site.problems()).isEmpty();
    assertThat(loaded.draft().gateways().get("gw-1"))
        .isEqualTo(
            new Gateway(
                "gw-1",
                new Text("一号", "First"),
                HASH,
                "gw-1.fubao.example",
                0.5,
                java.util.List.of("spBv1.0/Fubao/+/edge-1/#", "sites/demo/smoke/S-1/readings")));
    assertThat(loaded.draft().gateways().get("gw-2").passwordHash()).isNull();
    Sensor one = loaded.draft().sensor(new SensorId("H-1")).orElseThrow();
    assertThat(one.gateway()).isEqualTo("gw-2");
    assertThat(one.aliases()).isEqualTo(Set.of("0024befffe804ff1", "Fubao/edge-1/H-1"));
    assertThat(one.calibrations())
        .as("gas is not measured here; the temperature's unit comes from the top")
        .isEqualTo(
            Map.of(
                Quantity.HUMIDITY, new Calibration(null, 1.02, -0.3),
                Quantity.TEMPERATURE, new Calibration("°F", 1, 0)));
    assertThat(one.equipment())
        .isEqualTo(
            new Sensor.Equipment(
                "ACME TH-1", LocalDate.of(2024, 5, 1), "CR123A", LocalDate.of(2025, 5, 1)));
    Sensor two = loaded.draft().sensor(new SensorId("H-2")).orElseThrow();
    assertThat(two.gateway()).isEqualTo("gw-1");
    assertThat(two.equipment()).isEqualTo(new Sensor.Equipment("X-2", null, "ER18505", null));
    assertThat(two.calibrations())
        .as("the kind's counts before the file's")
        .isEqualTo(Map.of(Quantity.TEMPERATURE, new Calibration(null, 1, 1)));
    assertThat(loaded.draft().aliases()).containsEntry("b", new SensorId("H-2"));
  }

  @Test
  void saysWhatIsWrongWithADeviceAtItsPlace() throws IOException {
    site.write("gateways.yaml", "gateways: [{id: gw-1}]");
    site.write(
        "sensors/hazmat.yaml",
        "family: hazmat-storage",
        "quantities: [temperature, humidity, state]",
        "sensors:",
        "  - {id: H-1, community: east, x: 1, y: 2, name: One, hazard_class: toxic,",
        "     gateway: gw1,",
        "     aliases: [dev-1, F-1, dev-1],",
        "     calibrations: {temperatur: {scale: 1}, gas: {scale: 2}, state: {scale: 3},",
        "       temperature: {unit: °f, scale: 0, ofset: 1}, humidity: {scale: a lot}},",
        "     installed: May 2024, battery: {type: CR123A, replaced: 2023-02-30, x: 1}}");

    assertThat(site.problems())
        .containsExactly(
            "sensors/hazmat.yaml:5:15: unknown gateway 'gw1', did you mean 'gw-1'?",
            "sensors/hazmat.yaml:6:23: alias 'F-1' is a sensor's id, at sensors/flood.yaml:3",
            "sensors/hazmat.yaml:6:28: duplicate alias 'dev-1', first at line 6",
            "sensors/hazmat.yaml:7:21: unknown quantity 'temperatur', did you mean 'temperature'?",
            "sensors/hazmat.yaml:7:45: this sensor does not measure 'gas'",
            "sensors/hazmat.yaml:7:62: 'state' is a word: there is nothing to calibrate",
            "sensors/hazmat.yaml:8:28: unknown unit of temperature '°f', did you mean '°F'?",
            "sensors/hazmat.yaml:8:39: 'scale' 0 would make every value the same",
            "sensors/hazmat.yaml:8:42: unknown key 'ofset', did you mean 'offset'?",
            "sensors/hazmat.yaml:8:71: 'scale' must be a number, not 'a lot'",
            "sensors/hazmat.yaml:9:17: 'installed' must be a date such as 2024-05-01, not 'May 2024'",
            "sensors/hazmat.yaml:9:61: 'replaced' must be a date such as 2024-05-01,"
                + " not '2023-02-30'",
            "sensors/hazmat.yaml:9:73: unknown key 'x'; known: type, replaced");
  }

  @Test
  void neverTakesOrRepeatsAPasswordInTheClear() throws IOException {
    site.write(
        "gateways.yaml",
        "gateways:",
        "  - {id: gw-1, password: hunter2, rate: 200}",
        "  - {id: gw-1, password: 'pbkdf2-sha256:1:a:b', topics: [sites/other/#, '#', a/#/b]}",
        "  - {id: a/b, certificate: same}",
        "  - {id: gw-3, certificate: same, pasword: x}");

    assertThat(site.problems())
        .containsExactly(
            "gateways.yaml:2:26: 'password' must be a hash, never the password itself;"
                + " `minusone site gateway ID` makes a password and its hash",
            "gateways.yaml:2:41: 'rate' must be messages per time such as 200/s or 30/min,"
                + " not '200'",
            "gateways.yaml:3:10: duplicate gateway 'gw-1', first at line 2",
            "gateways.yaml:3:26: 'password' is no whole hash pbkdf2-sha256:iterations:salt:hash;"
                + " `minusone site gateway ID` makes one",
            "gateways.yaml:3:58: 'sites/other/#' is not this site's:"
                + " its topics are under sites/demo/",
            "gateways.yaml:3:73: '#' takes in every tree, other sites' too:"
                + " begin with a level by name",
            "gateways.yaml:3:78: '#' stands alone on the last level of a topic filter: a/#/b",
            "gateways.yaml:4:10: 'a/b' is no gateway id: A-Z, a-z, 0-9, '.', '_', '-', at most 64",
            "gateways.yaml:5:29: duplicate certificate 'same', first at line 4",
            "gateways.yaml:5:35: unknown key 'pasword', did you mean 'password'?");
  }

  @Test
  void readsWhatBecomesOfSensorsThatNobodyRegistered() throws IOException {
    assertThat(site.load().draft().admitsUnknown()).isFalse();
    assertThat(site.load().demonstration()).isEmpty();

    site.write(
        "site.yaml",
        "id: demo",
        "name: Demo",
        "zone: Asia/Shanghai",
        "unknown_sensors: admit",
        "demonstration: false");
    assertThat(site.load().draft().admitsUnknown()).isTrue();
    assertThat(site.load().demonstration()).contains(false);

    site.write("site.yaml", "id: demo", "name: D", "zone: UTC", "unknown_sensors: admits");
    assertThat(site.problems())
        .containsExactly("site.yaml:4:18: unknown policy 'admits', did you mean 'admit'?");
  }

  @Test
  void asksForNoGatewayWhereTheSiteListsNone() throws IOException {
    site.write(
        "sensors/flood.yaml",
        "family: flood-point",
        "quantities: [depth]",
        "sensors: [{id: F-1, community: east, x: 1, y: 2, name: B, gateway: whichever}]");
    assertThat(site.problems()).isEmpty();

    site.write("gateways.yaml", "gateways: [");
    assertThat(site.problems())
        .as("one that cannot be read blames no sensor")
        .singleElement()
        .asString()
        .startsWith("gateways.yaml:2:1: not valid YAML");
  }
}
