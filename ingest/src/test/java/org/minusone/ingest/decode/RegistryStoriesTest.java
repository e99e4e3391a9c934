package org.minusone.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.minusone.model.Calibration;
import org.minusone.model.CodecChoice;
import org.minusone.model.Family;
import org.minusone.model.Gateway;
import org.minusone.model.Provisional;
import org.minusone.model.Quantity;
import org.minusone.model.Run;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.Stamp;
import org.minusone.model.Text;
import org.minusone.model.port.SiteCatalog;

/** What a site's files say of sensors, gateways and formats, seen from a message. */
class RegistryStoriesTest {
  private static final long NOW = 1_700_000_000_000L;
  private static final SiteId FUBAO = new SiteId("fubao");
  private static final String GATEWAY_1 = "sites/fubao/gateways/gw-1/readings";
  private static final String GATEWAY_2 = "sites/fubao/gateways/gw-2/readings";

  private final Book book = new Book();
  private final List<Provisional> heard = new ArrayList<>();
  private final ReadingDecoder decoder = new ReadingDecoder(book, run -> false, heard::add, 10);

  private static String told(Decoded decoded) {
    return Stream.concat(
            decoded.readings().stream()
                .map(
                    r ->
                        "%s %s=%s"
                            .formatted(
                                r.sensor(),
                                r.quantity().id(),
                                r.word() == null ? (Object) r.value() : r.word())),
            decoded.rejections().stream()
                .map(r -> "!" + r.rejected().reason().id() + " " + r.rejected().detail()))
        .collect(Collectors.joining("; "));
  }

  private String hears(String topic, String payload) {
    return hears(topic, payload, null);
  }

  private String hears(String topic, String payload, String client) {
    return told(
        decoder.decode(
            topic, TopicName.parse(topic), payload.getBytes(StandardCharsets.UTF_8), NOW, client));
  }

  @Test
  void aCellarMeasuredInInchesFromAGaugeThatSitsTwoCentimetresDeep() {
    book.apply(
        sensor("F-03", Family.FLOOD_POINT, s -> s.calibrated(Quantity.DEPTH, "inch", 1, -2)));
    assertThat(hears("sites/fubao/flood-point/F-03/readings", "{\"depth\":10}"))
        .isEqualTo("F-03 depth=23.4");

    // Another gauge is built in; nothing was restarted.
    book.apply(sensor("F-03", Family.FLOOD_POINT, s -> s.calibrated(Quantity.DEPTH, null, 0.5, 1)));
    assertThat(hears("sites/fubao/flood-point/F-03/readings", "{\"depth\":10}"))
        .isEqualTo("F-03 depth=6.0");

    book.apply(
        sensor("F-03", Family.FLOOD_POINT, s -> s.calibrated(Quantity.DEPTH, "fathom", 1, 0)));
    assertThat(hears("sites/fubao/flood-point/F-03/readings", "{\"depth\":10}"))
        .startsWith("!unknown-unit F-03: depth=10.0 fathom; known are cm, mm, m, inch");
  }

  /** 86 °F is 30 °C, on which a store is too hot: not 29.999999999999996. */
  @Test
  void aLimitInAnotherUnitIsMetOnTheDot() {
    for (int celsius = -20; celsius <= 70; celsius++) {
      book.apply(
          sensor(
              "H-03",
              Family.HAZMAT_STORAGE,
              s -> s.calibrated(Quantity.TEMPERATURE, "degF", 1, 0)));
      String fahrenheit = BigDecimal.valueOf(celsius * 18L + 320, 1).toPlainString();
      assertThat(
              hears(
                  "sites/fubao/hazmat-storage/H-03/readings",
                  "{\"temperature\":" + fahrenheit + "}"))
          .isEqualTo("H-03 temperature=" + celsius + ".0");
    }
  }

  @Test
  void aTopicsUnitGivesWayToTheSensorsAndBothToThePayloads() {
    book.codecs =
        List.of(
            new CodecChoice(
                "sites/fubao/fire-facility/#",
                "thingsboard",
                Map.of("p", Quantity.PRESSURE),
                Map.of(Quantity.PRESSURE, "kPa"),
                Set.of("rssi"),
                Map.of()));
    book.apply(
        sensor("P-1", Family.FIRE_FACILITY, s -> s),
        sensor("P-2", Family.FIRE_FACILITY, s -> s.calibrated(Quantity.PRESSURE, "bar", 1, 0)));
    assertThat(hears("sites/fubao/fire-facility/P-1/readings", "{\"p\":300,\"rssi\":-90}"))
        .isEqualTo("P-1 pressure=0.3");
    assertThat(hears("sites/fubao/fire-facility/P-2/readings", "{\"p\":3}"))
        .startsWith("P-2 pressure=0.3");
  }

  @Test
  void aGatewaySpeaksForItsOwnSensorsAndNobodyElses() {
    book.apply(
        sensor("H-07", Family.HAZMAT_STORAGE, s -> s.behind("gw-1").called("0101")),
        sensor("H-08", Family.HAZMAT_STORAGE, s -> s));
    String both = "{\"0101\":[{\"gas\":1}],\"H-08\":[{\"gas\":2}]}";
    assertThat(hears(GATEWAY_1, both)).isEqualTo("H-07 gas=1.0; H-08 gas=2.0");
    assertThat(hears(GATEWAY_2, both))
        .isEqualTo("H-08 gas=2.0; !wrong-gateway H-07 belongs to gateway gw-1, not to gw-2");

    // On the sensor's own topic it is the broker that knows who publishes.
    String own = "sites/fubao/hazmat-storage/H-07/readings";
    assertThat(hears(own, "{\"gas\":3}", null)).isEqualTo("H-07 gas=3.0");
    assertThat(hears(own, "{\"gas\":3}", "fubao/gw-1")).isEqualTo("H-07 gas=3.0");
    assertThat(hears(own, "{\"gas\":3}", "fubao/gw-2"))
        .isEqualTo("!wrong-gateway H-07 belongs to gateway gw-1, not to gw-2");
    assertThat(hears(own, "{\"gas\":3}", "lugang/gw-1"))
        .isEqualTo("!wrong-gateway H-07 belongs to gateway gw-1, not to lugang/gw-1");
    assertThat(hears(own, "{\"gas\":3}", "minusone-engineer")).isEqualTo("H-07 gas=3.0");
  }

  @Test
  void norOnATreeOfAnotherFormatWhosePayloadNamesTheSensor() {
    book.codecs =
        List.of(
            new CodecChoice(
                "application/#",
                "mapped-json",
                Map.of(),
                Map.of(),
                Set.of(),
                Map.of("each", "/object/*", "sensor", "^/dev", "name", "0#", "value", "")));
    book.apply(sensor("H-07", Family.HAZMAT_STORAGE, s -> s.behind("gw-1").called("0101")));
    String uplink = "{\"dev\":\"0101\",\"object\":{\"gas\":1}}";
    assertThat(ReadingDecoder.foreignFilters(book.sites())).containsExactly("application/#");
    assertThat(hears("application/1/up", uplink, "fubao/gw-1")).isEqualTo("H-07 gas=1.0");
    assertThat(hears("application/1/up", uplink, "fubao/gw-2"))
        .isEqualTo("!wrong-gateway H-07 belongs to gateway gw-1, not to gw-2");
    book.codecs = List.of();
    book.apply();
    assertThat(ReadingDecoder.foreignFilters(book.sites())).isEmpty();
    assertThat(hears("application/1/up", uplink, null)).startsWith("!bad-topic");
  }

  @Test
  void aSensorNobodyRegisteredIsHeardOnceThenAdmittedThenAdopted() {
    book.apply(sensor("H-07", Family.HAZMAT_STORAGE, s -> s));
    String topic = "sites/fubao/hazmat-storage/H-99/readings";
    assertThat(hears(topic, "{\"gas\":1}"))
        .isEqualTo("!unknown-sensor H-99 is not registered at fubao");
    assertThat(hears(topic, "{\"gas\":1}")).startsWith("!unknown-sensor");
    assertThat(heard)
        .containsExactly(
            new Provisional(
                FUBAO, "H-99", Family.HAZMAT_STORAGE, null, false, Instant.ofEpochMilli(NOW)));

    book.admits = true;
    book.apply(sensor("H-07", Family.HAZMAT_STORAGE, s -> s));
    assertThat(hears(topic, "{\"gas\":2}")).isEqualTo("H-99 gas=2.0");
    assertThat(heard).last().returns(true, Provisional::admitted);
    // A gateway's topic names no family, so there is nothing to check its values against.
    assertThat(hears(GATEWAY_1, "{\"H-98\":[{\"gas\":1}]}"))
        .isEqualTo(
            "!unknown-sensor H-98 is not registered at fubao; this topic names no family for it");
    assertThat(heard).last().returns("gw-1", Provisional::gateway);

    book.admits = false;
    book.apply(sensor("H-99", Family.HAZMAT_STORAGE, s -> s.calibrated(Quantity.GAS, null, 2, 0)));
    int before = heard.size();
    assertThat(hears(topic, "{\"gas\":2}")).isEqualTo("H-99 gas=4.0");
    assertThat(heard).hasSize(before);
  }

  @Test
  void whatWasRejectedBecomesTheReadingItWouldHaveBeen() {
    book.apply(sensor("H-07", Family.HAZMAT_STORAGE, s -> s));
    String topic = "sites/fubao/hazmat-storage/H-07/readings";
    byte[] payload = "[{\"t\":21},{\"t\":22}]".getBytes(StandardCharsets.UTF_8);
    assertThat(told(decoder.decode(topic, payload, NOW))).contains("!unknown-quantity H-07: t;");

    book.codecs =
        List.of(
            new CodecChoice(
                "sites/fubao/hazmat-storage/#",
                "thingsboard",
                Map.of("t", Quantity.TEMPERATURE),
                Map.of(),
                Set.of(),
                Map.of()));
    book.apply(sensor("H-07", Family.HAZMAT_STORAGE, s -> s));
    // Days later, with others in between; and again: the same readings, the same times.
    decoder.decode(topic, payload, NOW + 90_000_000);
    for (int i = 0; i < 2; i++) {
      Decoded again = decoder.decodeAgain(topic, payload, NOW, null);
      assertThat(told(again)).isEqualTo("H-07 temperature=21.0; H-07 temperature=22.0");
      assertThat(again.readings()).extracting(r -> r.timeMs() - NOW).containsExactly(0L, 1L);
      assertThat(again.readings()).allMatch(r -> r.stamp() == Stamp.ARRIVAL);
    }
  }

  @Test
  void aChoiceCountsInTheOrderOfTheFileAndOnRunsOfTheSiteToo() {
    book.codecs =
        List.of(
            CodecChoice.of("sites/fubao/hazmat-storage/H-07/readings", "senml-json"),
            CodecChoice.of("sites/fubao/hazmat-storage/+/readings", "senml-cbor"));
    book.apply();
    assertThat(decoder.codecOn("sites/fubao/hazmat-storage/H-07/readings"))
        .contains("senml-json (sites/fubao/hazmat-storage/H-07/readings)");
    assertThat(decoder.codecOn("sites/fubao@r1/hazmat-storage/H-08/readings"))
        .contains("senml-cbor (sites/fubao/hazmat-storage/+/readings)");
    assertThat(decoder.codecOn("sites/fubao/smoke/S-1/readings")).contains("thingsboard (#)");
    assertThat(decoder.codecOn("application/1")).isEmpty();
  }

  private static Entry sensor(String id, Family family, Function<Entry, Entry> more) {
    return more.apply(new Entry(id, family, null, Set.of(), Map.of()));
  }

  private record Entry(
      String id,
      Family family,
      String gateway,
      Set<String> aliases,
      Map<Quantity, Calibration> calibrations) {
    Entry behind(String name) {
      return new Entry(id, family, name, aliases, calibrations);
    }

    Entry called(String alias) {
      return new Entry(id, family, gateway, Set.of(alias), calibrations);
    }

    Entry calibrated(Quantity quantity, String unit, double scale, double offset) {
      return new Entry(
          id, family, gateway, aliases, Map.of(quantity, new Calibration(unit, scale, offset)));
    }

    Sensor sensor() {
      return new Sensor(
          new SensorId(id),
          family,
          new Text(id, id),
          null,
          null,
          family.quantities(),
          gateway,
          aliases,
          calibrations,
          null);
    }
  }

  /** A site whose next version can be applied at any time. */
  private static final class Book implements SiteCatalog {
    private SiteVersion version;
    private List<CodecChoice> codecs = List.of();
    private boolean admits;
    private int number;

    void apply(Entry... entries) {
      version =
          new SiteVersion(
              FUBAO,
              ++number,
              Instant.EPOCH,
              "test",
              new Text("福保", "Fubao"),
              "Asia/Shanghai",
              false,
              Stream.of(entries)
                  .map(Entry::sensor)
                  .collect(Collectors.toMap(Sensor::id, one -> one)),
              List.of(),
              List.of(),
              admits,
              Map.of(
                  "gw-1", new Gateway("gw-1", new Text("gw-1", "gw-1"), null, null, 0, List.of())),
              codecs);
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
