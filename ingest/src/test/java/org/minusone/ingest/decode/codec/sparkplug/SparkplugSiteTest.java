package org.minusone.ingest.decode.codec.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.minusone.ingest.decode.codec.sparkplug.SparkplugLine.s;
import static org.minusone.ingest.decode.codec.sparkplug.Spb.alias;
import static org.minusone.ingest.decode.codec.sparkplug.Spb.bdSeq;
import static org.minusone.ingest.decode.codec.sparkplug.Spb.named;
import static org.minusone.ingest.decode.codec.sparkplug.Spb.payload;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.minusone.ingest.decode.Answer;
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

/** A site whose edge node speaks Sparkplug B, from bytes to readings, as its CODECS.md tells it. */
class SparkplugSiteTest {
  private static final SiteId FUBAO = new SiteId("fubao");

  private static final CodecChoice CODEC =
      new CodecChoice(
          "spBv1.0/Fubao/#",
          "sparkplug-b",
          Map.of("Inputs/Temp", Quantity.TEMPERATURE, "Alarm", Quantity.STATE),
          Map.of(),
          Set.of("Properties/Make"),
          Map.of(
              "nodes",
              "ignore",
              "words",
              Map.of("Alarm", Map.of("true", "fire", "false", "normal"))));

  private final ReadingDecoder decoder = new ReadingDecoder(new Site(), run -> false, 10);

  private Decoded at(double second, String topic, Spb payload) {
    return decoder.decode("spBv1.0/Fubao/" + topic, payload.bytes(), s(second));
  }

  private static List<String> lines(Decoded decoded) {
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
                        + " "
                        + reading.stamp()
                        + " "
                        + reading.flag()
                        + " @"
                        + (reading.timeMs() - s(0)) / 1000));
    decoded
        .rejections()
        .forEach(
            rejection ->
                lines.add(
                    "!"
                        + rejection.rejected().reason().id()
                        + " "
                        + rejection.rejected().detail().replaceFirst("; .*", "")));
    decoded.answers().stream().map(Answer::topic).forEach(topic -> lines.add("answer " + topic));
    return lines;
  }

  private static Spb birth(double second, int seq) {
    return payload(s(second), seq)
        .metric(
            named("Inputs/Temp").alias0(1).at(s(second)).type(9).engUnit("°F").floatValue(70.7f))
        .metric(named("Alarm").alias0(2).at(s(second)).type(Value.BOOLEAN).flag(false))
        .metric(named("Properties/Make").alias0(3).type(12).text("Acme"));
  }

  @Test
  void aDayOfAnEdgeNode() {
    Decoded node = at(0, "NBIRTH/gw-1", payload(s(0), 0).metric(bdSeq(1)));
    assertThat(lines(node)).isEmpty();
    assertThat(node.nothing()).contains("option nodes");

    assertThat(lines(at(1, "DBIRTH/gw-1/store-7", birth(1, 1))))
        .containsExactly("H-07 temperature=21.5 OWN PASS @1", "H-07 state=normal OWN PASS @1");

    assertThat(
            lines(
                at(
                    60,
                    "DDATA/gw-1/store-7",
                    payload(s(60), 2)
                        .metric(alias(2).at(s(60)).flag(true))
                        .metric(alias(1).at(s(20)).historical().floatValue(212))
                        .metric(alias(1).at(s(60)).quality(500).floatValue(32)))))
        .containsExactly(
            "H-07 temperature=100.0 HISTORICAL PASS @20",
            "H-07 state=fire OWN PASS @60",
            "H-07 temperature=0.0 OWN FAIL @60");

    assertThat(
            lines(
                at(
                    61,
                    "DDATA/gw-1/store-7",
                    payload(s(61), 4)
                        .metric(alias(2).isNull())
                        .metric(named("Inputs/Gas").type(9).floatValue(1)))))
        .containsExactly(
            "!unknown-word H-07: state=null, one of normal, fire, fault, removed, low-battery,"
                + " contaminated, silenced, test, offline",
            "!unknown-quantity H-07: Inputs/Gas",
            "answer spBv1.0/Fubao/NCMD/gw-1");

    assertThat(
            lines(
                at(
                    61,
                    "DDATA/gw-1/store-7",
                    payload(s(61), 5).metric(alias(1).at(s(90_000)).historical().floatValue(212)))))
        .as("kept back by a clock that runs ahead: it is not of now")
        .containsExactly("H-07 temperature=100.0 HISTORICAL SUSPECT @61");

    assertThat(lines(at(62, "DBIRTH/gw-1/nobody", birth(62, 6))))
        .containsExactly(
            "!unknown-sensor Fubao/gw-1/nobody is neither a sensor id nor anybody's alias");

    assertThat(lines(at(70, "NDEATH/gw-1", payload(s(0)).metric(bdSeq(1)))))
        .containsExactly(
            "H-07 state=offline ARRIVAL PASS @70",
            "!unknown-sensor Fubao/gw-1/nobody is neither a sensor id nor anybody's alias");
  }

  @Test
  void whatIsDecodedAgainIsTheSame() {
    at(0, "NBIRTH/gw-1", payload(s(0), 0).metric(bdSeq(1)));
    at(1, "DBIRTH/gw-1/store-7", birth(1, 1));
    Spb again = payload(s(2), 2).metric(alias(1).at(s(2)).floatValue(32));
    assertThat(lines(at(2, "DDATA/gw-1/store-7", again)))
        .containsExactly("H-07 temperature=0.0 OWN PASS @2");
    assertThat(
            lines(
                decoder.decodeAgain("spBv1.0/Fubao/DDATA/gw-1/store-7", again.bytes(), s(2), null)))
        .containsExactly("H-07 temperature=0.0 OWN PASS @2");
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
                new Sensor(
                    new SensorId("H-07"),
                    Family.HAZMAT_STORAGE,
                    new Text("H-07", "H-07"),
                    null,
                    null,
                    Family.HAZMAT_STORAGE.quantities(),
                    null,
                    Set.of("Fubao/gw-1/store-7"),
                    Map.of(),
                    null)),
            List.of(),
            List.of(),
            false,
            Map.of(),
            List.of(CODEC));

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
