package org.minusone.app.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.minusone.model.Calibration;
import org.minusone.model.CodecChoice;
import org.minusone.model.Family;
import org.minusone.model.Gateway;
import org.minusone.model.Place;
import org.minusone.model.Quantity;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.Text;
import org.minusone.model.codec.Json;

class SiteDifferenceTest {
  private static final CodecChoice SENML = CodecChoice.of("app/+/up", "senml-json");
  private static final CodecChoice CBOR = CodecChoice.of("app/#", "senml-cbor");

  private static Sensor gauge(String id, String gateway, double scale) {
    return new Sensor(
        new SensorId(id),
        Family.FLOOD_POINT,
        Text.same(id),
        new Place(Text.same("East"), null, null, 1, 2),
        null,
        List.of(Quantity.DEPTH),
        gateway,
        Set.of(),
        Map.of(Quantity.DEPTH, new Calibration("mm", scale, 0)),
        Sensor.Equipment.UNKNOWN);
  }

  private static SiteVersion site(
      boolean admits, List<CodecChoice> codecs, Gateway gateway, Sensor... sensors) {
    Map<SensorId, Sensor> byId = new LinkedHashMap<>();
    for (Sensor sensor : sensors) {
      byId.put(sensor.id(), sensor);
    }
    return new SiteVersion(
        new SiteId("harbour"),
        0,
        null,
        null,
        Text.same("Harbour"),
        "UTC",
        false,
        byId,
        List.of(),
        List.of(),
        admits,
        Map.of(gateway.id(), gateway),
        codecs);
  }

  private static Gateway gateway(String hash) {
    return new Gateway("gw-1", Text.same("gw-1"), hash, null, 0, List.of());
  }

  @Test
  void saysWhoCameWhoWentAndWhatOfTheOthersIsDifferent() {
    SiteVersion before =
        site(
            false,
            List.of(SENML, CBOR),
            gateway("old"),
            gauge("F-1", null, 1),
            gauge("F-2", null, 1));
    SiteVersion after =
        site(
            true,
            List.of(CBOR, SENML),
            gateway("new"),
            gauge("F-2", "gw-1", 2),
            gauge("F-3", null, 1));

    SiteDifference difference = SiteDifference.between(before, after);

    assertThat(difference.sensors().added()).containsExactly("F-3");
    assertThat(difference.sensors().removed()).containsExactly("F-1");
    assertThat(difference.sensors().changed())
        .containsExactly(new SiteDifference.Change("F-2", List.of("calibrations", "gateway")));
    assertThat(difference.about()).containsExactly("unknown_sensors", "order of codecs");
    assertThat(difference.codecs().isNone()).isTrue();
    assertThat(difference.gateways().changed())
        .containsExactly(new SiteDifference.Change("gw-1", List.of("password_hash")));
    assertThat(Json.text(difference)).doesNotContain("old", "new");
  }

  @Test
  void whatMadeTheTripThroughTheTopicIsNoDifferent() {
    CodecChoice mapped =
        new CodecChoice(
            "app/#",
            "mapped-json",
            Map.of("t", Quantity.DEPTH),
            Map.of(Quantity.DEPTH, "mm"),
            Set.of("rssi", "snr"),
            Map.of("scale", 1, "each", List.of("a", 2.0), "values", Map.of("b", true, "a", "/x")));
    SiteVersion draft = site(true, List.of(mapped), gateway("h"), gauge("F-1", "gw-1", 1.02));
    Map<String, byte[]> entities = SiteEntities.split(draft);
    SiteVersion live =
        SiteEntities.join(
                draft.site(), new SiteManifest(3, null, "li", entities.keySet()), entities)
            .orElseThrow();

    assertThat(SiteDifference.between(live, draft).isNone()).isTrue();
    assertThat(SiteEntities.split(live).keySet()).isEqualTo(entities.keySet());
  }

  @Test
  void theFirstVersionIsAllNew() {
    SiteDifference difference =
        SiteDifference.between(
            null, site(true, List.of(SENML), gateway("h"), gauge("F-1", null, 1)));

    assertThat(difference.about()).isEmpty();
    assertThat(difference.sensors().added()).containsExactly("F-1");
    assertThat(difference.codecs().added()).containsExactly("app/+/up");
  }
}
