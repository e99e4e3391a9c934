package org.minusone.ingest.decode.codec.senml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minusone.ingest.decode.codec.Barrage;
import org.minusone.ingest.decode.codec.Codec;
import org.minusone.ingest.decode.codec.Told;

/** RFC 8428 beyond its examples: base values, times, names, versions, and what goes wrong. */
class SenmlStoriesTest {
  private static final long NOW = 1_700_000_000_000L;

  private static List<String> gateway(Map<String, Object> options, String json) {
    return Told.gateway(Senml.JSON.create(options), Told.json(json), NOW);
  }

  private static List<String> gateway(String json) {
    return gateway(Map.of(), json);
  }

  private static List<String> own(Map<String, Object> options, String json) {
    return Told.own(Senml.JSON.create(options), Told.json(json), NOW);
  }

  private static List<String> own(String json) {
    return own(Map.of(), json);
  }

  @Test
  void baseValuesHoldUntilReplaced() {
    assertThat(
            gateway(
                "[{'bn':'H-07/','bu':'Cel','bv':20,'n':'temperature','v':1.5},"
                    + "{'n':'temperature','t':-1},"
                    + "{'bv':10,'n':'temperature','t':-2,'v':1},"
                    + "{'bn':'H-08/','n':'temperature','u':'K','t':-3,'v':0}]"))
        .containsExactly(
            "[H-08 @1699999997000]",
            "temperature=10.0 K",
            "[H-07 @1699999998000]",
            "temperature=11.0 Cel",
            "[H-07 @1699999999000]",
            "temperature=20.0 Cel",
            "[H-07 @now]",
            "temperature=21.5 Cel");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'t':0 | 1700000000000",
        "'t':-0.5 | 1699999999500",
        "'t':60 | 1700000060000",
        "'bt':-60,'t':10 | 1699999950000",
        "'t':268435455 | 1968435455000",
        "'t':268435456 | 268435456000",
        "'t':1.7e9 | 1700000000000",
        "'bt':1700000000,'t':-0.0004 | 1700000000000",
        "'bt':1700000000,'t':-0.0006 | 1699999999999",
        "'bt':1700000000.0015 | 1700000000002",
        // RFC 8428 §4.5.3 warns of it: two relative times that together reach 2^28 are absolute.
        "'bt':268435455,'t':1 | 268435456000"
      })
  void timesBelowTwoToThe28thCountFromTheArrival(String fields, long timeMs) {
    assertThat(gateway("[{'n':'H-07/temperature','v':21," + fields + "}]"))
        .containsExactly("[H-07 @" + timeMs + "]", "temperature=21.0");
  }

  @Test
  void twoValuesOfAQuantityWithoutTimeAreTwoEntries() {
    assertThat(gateway("[{'bn':'H-07/','n':'a','v':1},{'n':'b','v':2},{'n':'a','v':3}]"))
        .containsExactly("[H-07 @now]", "a=1.0", "b=2.0", "[H-07 @now]", "a=3.0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'t':1700000000000 | bt + t = 1.7E12 s, are those milliseconds? SenML counts seconds",
        "'t':1e300 | bt + t = 1.0E300 s, seconds since 1970",
        "'t':NaN | bt + t = NaN s",
        "'t':-1e300 | bt + t = -1.0E300 s",
        "'t':'12:00' | t = \"12:00\", a number belongs there",
        "'t':null | t = null, a number belongs there",
        "'bt':'now' | bt of record 1 = \"now\", a number belongs there"
      })
  void aTimeThatIsNoneCostsItsRecord(String fields, String detail) {
    List<String> told =
        gateway("[{'n':'H-07/gas','v':1," + fields + "},{'bt':0,'n':'H-07/gas','v':2}]");
    assertThat(told).hasSize(3).endsWith("[H-07 @" + NOW + "]", "gas=2.0");
    assertThat(told.get(0)).startsWith("!bad-time record 1 (H-07/gas): " + detail);
  }

  @Test
  void aBaseValueOfTheWrongTypeCostsThoseThatWouldUseIt() {
    assertThat(
            gateway(
                "[{'bn':'H-07/','bu':7,'n':'gas','v':1},{'n':'gas','v':2},"
                    + "{'n':'gas','u':'%LEL','v':3},{'bu':'%','n':'gas','v':4}]"))
        .containsExactly(
            "!bad-payload record 1 (H-07/gas): bu of record 1 = 7, text belongs there",
            "!bad-payload record 2 (H-07/gas): bu of record 1 = 7, text belongs there",
            "[H-07 @now]",
            "gas=3.0 %LEL",
            "[H-07 @now]",
            "gas=4.0 %");
  }

  @Test
  void whatMustBeUnderstoodCostsItsRecordAndABaseFieldAllThatFollow() {
    assertThat(
            gateway(
                "[{'n':'H-07/gas','v':1,'rssi':-70},{'n':'H-07/gas','v':2,'mode_':1},"
                    + "{'n':'H-07/gas','t':1,'v':3},{'n':'H-07/gas','v':4,'bmode_':1},"
                    + "{'n':'H-07/gas','v':5}]"))
        .containsExactly(
            "!bad-payload record 2: the field mode_ must be understood (RFC 8428 §4.4), and is not"
                + " known here",
            "!bad-payload record 4: the field bmode_ must be understood (RFC 8428 §4.4), and is not"
                + " known here",
            "!bad-payload record 5: the field bmode_ must be understood (RFC 8428 §4.4), and is not"
                + " known here",
            "[H-07 @now]",
            "gas=1.0",
            "[H-07 @1700000001000]",
            "gas=3.0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'bver':5,'n':'H-07/gas','v':1};{'n':'H-07/gas','v':2,'bver':10} | record 2: bver=10 in a pack of version 5: all records have the same",
        "{'n':'H-07/gas','v':1};{'n':'H-07/gas','v':2,'bver':5} | record 2: bver=5 in a pack of version 10: all records have the same",
        "{'bver':11,'n':'H-07/gas','v':1} | record 1: bver=11, the latest version known here is 10",
        "{'bver':0,'n':'H-07/gas','v':1} | record 1: bver=0, a positive whole number belongs there",
        "{'bver':'10','n':'H-07/gas','v':1} | record 1: bver=\"10\", a positive whole number belongs there"
      })
  void aVersionThatIsMixedOrUnknownCostsThePack(String records, String detail) {
    assertThat(gateway("[" + records.replace(';', ',') + "]"))
        .containsExactly("!bad-payload " + detail);
  }

  @Test
  void theVersionWithSecondaryUnitsIsKnown() {
    assertThat(gateway("[{'bver':26,'n':'E-1/residual-current','u':'mA','v':30}]"))
        .containsExactly("[E-1 @now]", "residual-current=30.0 mA");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "H-07/temperature | H-07 | temperature",
        "H-07:temperature | H-07 | temperature",
        "urn:dev:x:H-07/temperature | urn:dev:x:H-07 | temperature",
        "urn:dev:x:H-07.2:temperature | urn:dev:x:H-07.2 | temperature",
        "a/b:c | a/b | c"
      })
  void onAGatewaysTopicTheNameIsSplitAtItsLastSeparator(
      String name, String sensor, String quantity) {
    assertThat(gateway("[{'n':'" + name + "','v':1}]"))
        .containsExactly("[" + sensor + " @now]", quantity + "=1.0");
    assertThat(own("[{'n':'" + name + "','v':1}]"))
        .containsExactly("[topic @now]", quantity + "=1.0");
  }

  @Test
  void onASensorsOwnTopicTheQuantityIsNameEnough() {
    assertThat(own("[{'n':'temperature','u':'Cel','v':21},{'n':'humidity','u':'%RH','v':40}]"))
        .containsExactly("[topic @now]", "temperature=21.0 Cel", "humidity=40.0 %RH");
    assertThat(own(Map.of("quantity-by-unit", true), "[{'n':'H-07','u':'Cel','v':21}]"))
        .containsExactly("[topic @now]", "temperature=21.0 Cel");
  }

  @Test
  void anExpressionTakesTheNameApart() {
    Map<String, Object> lwm2m =
        Map.of(
            "name",
            "(?<sensor>[^/]+)/(?<quantity>\\d+)/\\d+/\\d+",
            "words",
            Map.of("3342", Map.of("true", "fire", "false", "normal")));
    assertThat(
            gateway(
                lwm2m, "[{'bn':'H-07/','n':'3303/0/5700','v':21},{'n':'3342/0/5500','vb':true}]"))
        .containsExactly("[H-07 @now]", "3303=21.0", "3342:fire");
    assertThat(gateway(lwm2m, "[{'n':'H-07','v':1}]"))
        .containsExactly(
            "!bad-payload record 1 (H-07): the name does not match the option name,"
                + " (?<sensor>[^/]+)/(?<quantity>\\d+)/\\d+/\\d+");
  }

  @Test
  void anExpressionMayLeaveTheQuantityToTheUnit() {
    Map<String, Object> both =
        Map.of(
            "name",
            "(?<sensor>urn:dev:ow:[0-9a-f]+)(?::(?<quantity>.+))?",
            "quantity-by-unit",
            Map.of("Cel", "temperature"));
    assertThat(
            gateway(
                both,
                "[{'bn':'urn:dev:ow:10e2','u':'Cel','v':21},{'n':':gas','u':'Cel','v':3},"
                    + "{'v':1}]"))
        .containsExactly(
            "!bad-payload record 3 (urn:dev:ow:10e2): neither its name nor a unit says which"
                + " quantity",
            "[urn:dev:ow:10e2 @now]",
            "temperature=21.0 Cel",
            "gas=3.0 Cel");
  }

  @Test
  void anExpressionThatNeverEndsIsStopped() {
    Map<String, Object> endless = Map.of("name", "(?<quantity>(a+)+)/x");
    StringBuilder pack = new StringBuilder("[");
    for (int i = 0; i < 900; i++) {
      pack.append(i == 0 ? "" : ",").append("{'n':'").append("a".repeat(255)).append("','v':1}");
    }
    Codec codec = Senml.JSON.create(endless);
    byte[] payload = Told.json(pack.append("]").toString());
    Told.own(codec, payload, NOW);
    long begun = Barrage.cpuNs();
    List<String> told = Told.own(codec, payload, NOW);
    assertThat((Barrage.cpuNs() - begun) / 1_000_000).isLessThan(500);
    assertThat(told)
        .hasSize(900)
        .allSatisfy(line -> assertThat(line).contains("the option name takes too many steps"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'v':1 | it has no name, neither n nor bn",
        "'n':'/3303/0','v':1 | the name /3303/0 has other characters",
        "'n':'H 7/gas','v':1 | the name H 7/gas has other characters",
        "'n':'_H-07/gas','v':1 | the name _H-07/gas has other characters",
        "'n':7,'v':1 | n = 7, text belongs there",
        "'n':'H-07','v':1 | (H-07): the name does not say which sensor or which quantity",
        "'n':'H-07/','v':1 | (H-07/): the name does not say which quantity"
      })
  void aNameThatIsNoneCostsItsRecord(String fields, String detail) {
    List<String> told = gateway("[{" + fields + "},{'n':'H-07/gas','v':2}]");
    assertThat(told).hasSize(3).endsWith("[H-07 @now]", "gas=2.0");
    assertThat(told.get(0)).startsWith("!bad-payload record 1").contains(detail);
    assertThat(gateway("[{'n':'" + "a".repeat(257) + "','v':1}]"))
        .containsExactly("!bad-payload record 1: its name has 257 characters, limit 256");
  }

  @Test
  void whatIsNoNumberOrFlagIsRefused() {
    assertThat(
            gateway(
                "[{'n':'H-07/gas','v':'1'},{'n':'H-07/gas','v':null},{'n':'H-07/gas','v':[1]},"
                    + "{'n':'H-07/open','vb':1},{'n':'H-07/state','vs':1},{'n':'H-07/gas'},"
                    + "{'n':'H-07/gas','v':1,'vs':'x'}]"))
        .containsExactly(
            "!bad-payload record 4 (H-07/open): vb=1, true or false belongs there",
            "!bad-payload record 5 (H-07/state): vs = 1, text belongs there",
            "!bad-payload record 6 (H-07/gas): it has no value: one of v, vs, vb, vd or s",
            "!bad-payload record 7 (H-07/gas): more than one of v, vs, vb and vd",
            "[H-07 @now]",
            "gas?\"1\"",
            "[H-07 @now]",
            "gas?null",
            "[H-07 @now]",
            "gas?an array");
  }

  @Test
  void aNumberThatIsNotFiniteIsLeftToTheOneWhoRefusesIt() {
    assertThat(gateway("[{'n':'H-07/gas','v':NaN},{'n':'H-07/gas','v':1e999}]"))
        .containsExactly("[H-07 @now]", "gas=NaN", "[H-07 @now]", "gas=Infinity");
  }

  @Test
  void aSumWithoutAValueGoesByItsOwnName() {
    assertThat(
            gateway(
                "[{'bn':'E-1/','bs':100,'bu':'W','n':'power','s':20},{'n':'power','v':3,'s':1},"
                    + "{'n':'energy'}]"))
        .containsExactly("[E-1 @now]", "power.sum=120.0 Ws", "power=3.0 W", "energy.sum=100.0 Ws");
  }

  @Test
  void wordsReplaceFlagsTextAndNumbers() {
    Map<String, Object> options =
        Map.of("words", Map.of("state", Map.of("true", "fire", "ALM", "fire", "1", "fire")));
    assertThat(
            gateway(
                options,
                "[{'n':'S-1/state','vb':true},{'n':'S-2/state','vs':'ALM'},"
                    + "{'n':'S-3/state','v':1},{'n':'S-4/state','vb':false},"
                    + "{'n':'S-5/state','v':0.5}]"))
        .containsExactly(
            "[S-1 @now]",
            "state:fire",
            "[S-2 @now]",
            "state:fire",
            "[S-3 @now]",
            "state:fire",
            "[S-4 @now]",
            "state:false",
            "[S-5 @now]",
            "state:0.5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'bn':'H-07','e':[{'n':'gas','v':1}]} | a pack is an array of records; {\"bn\":…,\"e\":[…]} is a draft from before the RFC",
        "{'n':'H-07/gas','v':1} | a pack is an array of records, this is an object",
        "21.5 | a pack is an array of records, this is 21.5",
        "[] | a pack is an array of records, this is an empty one",
        "[{'bn':'H-07/'}] | base values only, no record has a value",
        "[7] | record 1: an object of fields belongs here, this is 7",
        "[{}] | record 1: it has no fields",
        "[{'n':'H-07/gas','v':1} | not JSON",
        "[{'n':'H-07/gas','v':1,'v':2}] | a name is given twice in one object: \"v\""
      })
  void whatIsNoPackIsRefused(String payload, String detail) {
    assertThat(gateway(payload)).singleElement().asString().startsWith("!bad-payload " + detail);
  }

  @Test
  void aPackHasABound() {
    assertThat(gateway("[" + "1,".repeat(Pack.MAX_RECORDS) + "1]"))
        .containsExactly("!too-large 10001 records, limit 10000");
  }

  @Test
  void aWrongOptionSaysWhichAndWhatWasMeant() {
    assertThatThrownBy(() -> Senml.JSON.create(Map.of("quantity-by-units", true)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "codec senml-json, quantity-by-units: no such option, did you mean"
                + " 'quantity-by-unit'?");
    assertThatThrownBy(() -> Senml.CBOR.create(Map.of("name", "(?<sensor>.*")))
        .hasMessageStartingWith("codec senml-cbor, name: not a regular expression: ");
    assertThatThrownBy(() -> Senml.JSON.create(Map.of("name", "(?<sensor>.*)")))
        .hasMessageContaining("it needs a group (?<quantity>…), or quantity-by-unit beside it");
    assertThatThrownBy(() -> Senml.JSON.create(Map.of("quantity-by-unit", "Cel")))
        .hasMessageContaining("a map of units such as {Cel: temperature}, belongs here");
    assertThatThrownBy(() -> Senml.JSON.create(Map.of("words", Map.of("state", "fire"))))
        .hasMessage("codec senml-json, words.state: a map belongs here, this is fire");
  }
}
