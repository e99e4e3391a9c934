package org.minusone.ingest.decode.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.minusone.ingest.decode.Decoded;
import org.minusone.ingest.decode.ReadingDecoder;
import org.minusone.model.CodecChoice;
import org.minusone.model.Family;
import org.minusone.model.Quantity;
import org.minusone.model.Run;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.Text;
import org.minusone.model.port.SiteCatalog;

/** The formats of this site's files, from bytes to readings, as its CODECS.md tells them. */
class SiteOfManyFormatsTest {
  private static final long NOW = 1_700_000_000_000L;
  private static final SiteId FUBAO = new SiteId("fubao");

  private static final List<CodecChoice> CODECS =
      List.of(
          new CodecChoice(
              "sites/fubao/gateways/gw-7/readings",
              "senml-json",
              Map.of("hum", Quantity.HUMIDITY),
              Map.of(),
              Set.of("lon", "lat", "nfv-reader"),
              Map.of(
                  "name",
                  "(?<sensor>[^/]+?)(?:/(?<quantity>[^/:]+))?",
                  "quantity-by-unit",
                  true,
                  "words",
                  Map.of("state", Map.of("true", "fire")))),
          new CodecChoice(
              "application/+/device/+/event/up",
              "mapped-json",
              Map.of("t", Quantity.TEMPERATURE),
              Map.of(Quantity.TEMPERATURE, "°F"),
              Set.of("rssi"),
              Map.of(
                  "each", "/object/*",
                  "sensor", "^/deviceInfo/devEui",
                  "time", "^/time",
                  "name", "0#",
                  "value", "")));

  private final ReadingDecoder decoder = new ReadingDecoder(new Site(), run -> false, 10);

  private List<String> became(String topic, String payload) {
    Decoded decoded = decoder.decode(topic, Told.json(payload), NOW);
    List<String> lines = new ArrayList<>();
    decoded
        .readings()
        .forEach(
            reading ->
                lines.add(
                    reading.sensor()
                        + " "
                        + reading.quantity().id()
                        + "="
                        + (reading.quantity().isWord() ? reading.word() : reading.value())
                        + " @"
                        + reading.timeMs()));
    decoded
        .rejections()
        .forEach(
            rejection ->
                lines.add(
                    "!"
                        + rejection.rejected().reason().id()
                        + " "
                        + rejection.rejected().detail().replaceFirst("; .*", "")));
    return lines;
  }

  @Test
  void senmlOfAGatewayNamesSensorsByAliasOrId() {
    assertThat(
            became(
                "sites/fubao/gateways/gw-7/readings",
                "[{'bn':'urn:dev:ow:10e2073a01080063','bt':1699999990,'u':'K','v':294.65},"
                    + "{'u':'lon','v':24.3},{'n':'/hum','u':'%RH','t':1,'v':40},"
                    + "{'n':'/nfv-reader','vd':'aGk'},{'n':'/label','vs':'x'},"
                    + "{'bn':'','n':'S-1/state','vb':true},{'n':'S-1/temperature','u':'m','v':1},"
                    + "{'n':'S-1/temperature','v':null},{'n':'X-9/temperature','v':1}]"))
        .containsExactly(
            "H-07 temperature=21.5 @1699999990000",
            "S-1 state=fire @1699999990000",
            "H-07 humidity=40.0 @1699999991000",
            "!unknown-quantity H-07: label",
            "!unknown-unit S-1: temperature=1.0 m",
            "!not-a-number S-1: temperature=null",
            "!unknown-sensor X-9 is not registered at fubao");
  }

  @Test
  void aVendorsUplinkOnATreeOfItsOwn() {
    assertThat(
            became(
                "application/3/device/0101/event/up",
                "{'time':'2023-11-14T22:13:10.5Z','deviceInfo':{'devEui':'0101010101010101'},"
                    + "'object':{'t':70.7,'gas':'3','rssi':-90,'state':null}}"))
        .containsExactly(
            "H-07 temperature=21.5 @1699999990500",
            "H-07 gas=3.0 @1699999990500",
            "!unknown-word H-07: state=null, one of normal, fire, fault, removed, low-battery,"
                + " contaminated, silenced, test, offline");
  }

  private static final class Site implements SiteCatalog {
    private final SiteVersion version =
        new SiteVersion(
            FUBAO,
            1,
            Instant.EPOCH,
            "test",
            new Text("福保", "Fubao"),
            "Asia/Shanghai",
            false,
            Map.of(
                new SensorId("H-07"),
                    sensor(
                        "H-07",
                        Family.HAZMAT_STORAGE,
                        Set.of("urn:dev:ow:10e2073a01080063", "0101010101010101")),
                new SensorId("S-1"), sensor("S-1", Family.SMOKE, Set.of())),
            List.of(),
            List.of(),
            false,
            Map.of(),
            CODECS);

    private static Sensor sensor(String id, Family family, Set<String> aliases) {
      return new Sensor(
          new SensorId(id),
          family,
          new Text(id, id),
          null,
          null,
          family.quantities(),
          null,
          aliases,
          Map.of(),
          null);
    }

    @Override
    public Optional<SiteVersion> live(SiteId site) {
      return site.base().equals(FUBAO) ? Optional.of(version) : Optional.empty();
    }

    @Override
    public Collection<SiteVersion> sites() {
      return List.of(version);
    }

    @Override
    public Optional<Run> run(SiteId site) {
      return Optional.empty();
    }

    @Override
    public Collection<Run> runs() {
      return List.of();
    }
  }
}
