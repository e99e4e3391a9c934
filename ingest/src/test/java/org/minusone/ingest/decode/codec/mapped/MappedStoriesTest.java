package org.minusone.ingest.decode.codec.mapped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.minusone.ingest.decode.codec.mapped.MappedShapesTest.codec;
import static org.minusone.ingest.decode.codec.mapped.MappedShapesTest.told;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a mapping refuses, and how it says so. */
class MappedStoriesTest {
  private static final String FLAT = "{'sensor':'/id','time':'/at','values':{'gas':'/g'}}";
  private static final String LIST =
      "{'each':'/data/*','sensor':'/id','time':'/at','values':{'gas':'/g','level':'/l'}}";

  @Test
  void aBadEntryCostsNeitherItsNeighboursNorAValueTheOthers() {
    assertThat(
            told(
                LIST,
                "{'data':[{'id':'H-01','g':1},{'g':2},{'id':null,'g':3},{'id':{},'g':4},"
                    + "{'id':'H-05','at':'soon','g':5},{'id':'H-06','g':null,'l':[6]},"
                    + "{'id':'H-07','x':7},{'id':'H-08','l':8},null]}"))
        .containsExactly(
            "!unknown-sensor /data/1: the sensor's name belongs at /id, there is nothing",
            "!unknown-sensor /data/2: the sensor's name belongs at /id, there is null",
            "!unknown-sensor /data/3: the sensor's name belongs at /id, there is an object",
            "!bad-time /data/4: the time at /at is \"soon\", epoch-ms or iso-8601 with its offset"
                + " belongs there",
            "!bad-payload /data/6: no value at /g, /l",
            "!unknown-sensor /data/8: the sensor's name belongs at /id, there is nothing",
            "[H-01 @now]",
            "gas=1.0",
            "[H-06 @now]",
            "gas?null",
            "level?an array",
            "[H-08 @now]",
            "level=8.0");
  }

  @Test
  void aTimeThatIsNotThereIsTheArrivals() {
    assertThat(told(FLAT, "{'id':'H-07','g':1}")).containsExactly("[H-07 @now]", "gas=1.0");
    assertThat(told(FLAT, "{'id':'H-07','at':null,'g':1}"))
        .containsExactly("[H-07 @now]", "gas=1.0");
  }

  @Test
  void anEntryWithoutAnyValueIsRefusedUnlessTheSiteSaysOtherwise() {
    assertThat(told(LIST, "{'data':[]}"))
        .containsExactly("!bad-payload there is no entry at /data/*");
    assertThat(told(LIST, "{'data':7}"))
        .containsExactly("!bad-payload there is no entry at /data/*");
    assertThat(told(FLAT, "{'id':'H-07','heartbeat':1}"))
        .containsExactly("!bad-payload no value at /g");
    assertThat(
            told("{'sensor':'/id','empty':'ignore','values':{'gas':'/g'}}", "{'id':'H-07','x':1}"))
        .containsExactly("[H-07 @now]");
    assertThat(told(LIST.replace("'each'", "'empty':'ignore','each'"), "{}"))
        .containsExactly("!bad-payload there is no entry at /data/*");
  }

  @Test
  void anEntryOfNameAndValueNeedsBoth() {
    String named = "{'each':'/*','sensor':'/id','name':'/k','value':'/v'}";
    assertThat(
            told(named, "[{'id':'H-07','k':'gas'},{'id':'H-07','v':1},{'id':'H-07','k':5,'v':1}]"))
        .containsExactly(
            "!bad-payload /0: no value at /v for gas",
            "!bad-payload /1: the quantity's name belongs at /k, there is nothing",
            "[H-07 @now]",
            "5=1.0");
  }

  @Test
  void whatIsNoJsonIsRefused() {
    assertThat(told(FLAT, "")).containsExactly("!bad-payload the payload is empty");
    assertThat(told(FLAT, "{'g':1"))
        .singleElement()
        .asString()
        .startsWith("!bad-payload not JSON: ");
    assertThat(told(FLAT, "7"))
        .containsExactly("!unknown-sensor the sensor's name belongs at /id, there is nothing");
    assertThat(told("{'each':'/*','values':{'g':'/g'}}", "[" + "1,".repeat(10_000) + "1]"))
        .containsExactly("!too-large more than 10000 entries in one message");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "epoch-ms | | 1699999990000 | 1699999990000",
        "epoch-ms | | ~1699999990000~ | 1699999990000",
        "epoch-ms | | 1699999990000.6 | 1699999990001",
        "epoch-s | | 1699999990 | 1699999990000",
        "epoch-s | | 1699999990.0015 | 1699999990002",
        "epoch-s | | ~1699999990.001~ | 1699999990001",
        "epoch-s | | ~1699999990s~ | refused",
        "epoch-s | | 1e300 | refused",
        "epoch-s | | NaN | refused",
        "epoch-s | | true | refused",
        "iso-8601 | | ~2023-11-14T22:13:10Z~ | 1699999990000",
        "iso-8601 | | ~2023-11-15T06:13:10.5+08:00~ | 1699999990500",
        "iso-8601 | | ~2023-11-15 06:13:10+0800~ | 1699999990000",
        "iso-8601 | | ~2023-11-15T06:13:10+08~ | 1699999990000",
        "iso-8601 | Asia/Shanghai | ~2023-11-15T06:13:10~ | 1699999990000",
        "iso-8601 | Asia/Shanghai | ~2023-11-14T22:13:10Z~ | 1699999990000",
        "iso-8601 | | ~2023-11-15T06:13:10~ | refused",
        "iso-8601 | | ~2023-11-31T06:13:10Z~ | refused",
        "iso-8601 | | 1699999990000 | refused",
        "yyyy-MM-dd HH:mm:ss | UTC | ~2023-11-31 22:13:10~ | refused",
        "uuuu-MM-dd HH:mm:ss | UTC | ~2023-11-14 22:13:10~ | 1699999990000",
        "d MMM yyyy HH:mm:ss | UTC | ~14 Nov 2023 22:13:10~ | 1699999990000",
        "yyyy/M/d H:mm:ss | Asia/Shanghai | ~2023/11/15 6:13:10~ | 1699999990000",
        "yyyyMMddHHmmss | Asia/Shanghai | ~20231115061310~ | 1699999990000",
        "yyyyMMddHHmmss | Asia/Shanghai | ~2023-11-15 06:13:10~ | refused",
        "yyyy-MM-dd HH:mm:ss.SSS | UTC | ~2023-11-14 22:13:10.250~ | 1699999990250",
        // The clock went back from 3 to 2: the earlier of the two.
        "yyyy-MM-dd HH:mm | Europe/Berlin | ~2023-10-29 02:30~ | 1698539400000",
        " | | 1699999990000 | 1699999990000",
        " | | ~2023-11-14T22:13:10Z~ | 1699999990000"
      })
  void timesComeAsConfigured(String format, String zone, String written, String expected) {
    List<String> told =
        told(
            "{'sensor':'/id','time':'/at',"
                + (format == null ? "" : "'time-format':'" + format + "',")
                + (zone == null ? "" : "'zone':'" + zone + "',")
                + "'values':{'gas':'/g'}}",
            "{'id':'H-07','g':1,'at':" + written.replace('~', '"') + "}");
    if (expected.equals("refused")) {
      assertThat(told).singleElement().asString().startsWith("!bad-time the time at /at is ");
    } else {
      assertThat(told).containsExactly("[H-07 @" + expected + "]", "gas=1.0");
    }
  }

  @Test
  void scalingIsDecimal() {
    String scaled = "{'values':{'t':{'path':'/t','scale':0.1,'offset':-40}}}";
    assertThat(told(scaled, "{'t':403}")).containsExactly("[topic @now]", "t=0.3");
    assertThat(told(scaled, "{'t':NaN}")).containsExactly("[topic @now]", "t=NaN");
    assertThat(told(scaled, "{'t':1e308}")).containsExactly("[topic @now]", "t=1.0E307");
  }

  @Test
  void aWordWithoutOneOfOursGoesOnAsItIs() {
    assertThat(told("{'values':{'s':{'path':'/s','words':{'1.5':'fire'}}}}", "{'s':2}"))
        .containsExactly("[topic @now]", "s:2");
    assertThat(told("{'values':{'s':{'path':'/s','words':{'1':'fire'}}}}", "{'s':1.0}"))
        .containsExactly("[topic @now]", "s:fire");
  }

  @Test
  void namesWithASlashAreWrittenAsJsonPointerSays() {
    assertThat(told("{'values':{'t':'/a~1b~0'}}", "{'a/b~':1}"))
        .containsExactly("[topic @now]", "t=1.0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'value':{'t':'/t'}} | value: text belongs here",
        "{'vales':{'t':'/t'}} | vales: no such option, did you mean 'values'?",
        "{'sensor':'/id'} | values: which path holds which quantity belongs here, such as {temperature: /t}; or name and value for a list of those",
        "{'values':{}} | values: which path holds which quantity belongs here, such as {temperature: /t}; or name and value for a list of those",
        "{'values':['/t']} | values: a map belongs here, this is [/t]",
        "{'sensor':'devEui','values':{'t':'/t'}} | sensor: a path starts with / (from the entry), ^/ (from the root) or 1/ (one level up), this is devEui, did you mean '/devEui'?",
        "{'sensor':'$.id','values':{'t':'/t'}} | sensor: a path starts with / (from the entry), ^/ (from the root) or 1/ (one level up), this is $.id",
        "{'sensor':'^#','values':{'t':'/t'}} | sensor: a path starts with / (from the entry), ^/ (from the root) or 1/ (one level up), this is ^#",
        "{'values':{'t':'/data/*/t'}} | values.t: only each may have a *, this is /data/*/t",
        "{'values':{'t':'/a~b'}} | values.t: in a JSON pointer ~ is written ~0 and a / in a name ~1, this is /a~b",
        "{'each':'/data/*','sensor':'3/id','values':{'t':'/t'}} | sensor: 3/id is 3 levels up, and the entries are 2 below the root",
        "{'sensor':'0#','values':{'t':'/t'}} | sensor: 0# is the key of something 0 levels up, and the entries are 0 below the root",
        "{'each':'data/*','values':{'t':'/t'}} | each: a path from the root such as /data/* belongs here, this is data/*",
        "{'values':{'t':{'unit':'Cel'}}} | values.t: a path belongs here, such as /t or {path: /t, unit: °F}",
        "{'values':{'t':{'path':'/t','units':'Cel'}}} | values.t.units: no such option, did you mean 'unit'?",
        "{'values':{'t':{'path':'/t','scale':'a tenth'}}} | values.t.scale: a number belongs here, this is a tenth",
        "{'values':{'t':{'path':'/t','scale':0}}} | values.t.scale: 0 would make every value the same",
        "{'values':{'t':{'path':'/t','scale':2,'words':{'1':'fire'}}}} | values.t.words: a word has no scale and no offset",
        "{'name':'/k'} | value: name and value belong together: which quantity, and what it is",
        "{'name':'/k','value':'/v','values':{'t':'/t'}} | values.t: its value is where the option value says, it has no path of its own",
        "{'unit':'/u','values':{'t':'/t'}} | unit: it belongs beside name and value; else within values",
        "{'zone':'UTC','values':{'t':'/t'}} | zone: there is no time that it would be of",
        "{'time':'/at','time-format':'epoch','values':{'t':'/t'}} | time-format: no such format: epoch, did you mean 'epoch-s'?",
        "{'time':'/at','time-format':'rfc-1123','values':{'t':'/t'}} | time-format: no such format: rfc-1123; there are epoch-ms, epoch-s, iso-8601, or a pattern such as yyyy-MM-dd HH:mm:ss",
        "{'time':'/at','time-format':'HH:mm','values':{'t':'/t'}} | time-format: not a pattern that gives date and time, such as \"yyyy-MM-dd HH:mm:ss\": HH:mm",
        "{'time':'/at','time-format':'yyyy-MM-dd HH:mm:ss','values':{'t':'/t'}} | zone: times written yyyy-MM-dd HH:mm:ss need a zone beside them, such as Asia/Shanghai",
        "{'time':'/at','zone':'Asia/Shenzhen','values':{'t':'/t'}} | zone: no such time zone: Asia/Shenzhen; they are named as Asia/Shanghai is",
        "{'sensor':{'topic':0},'values':{'t':'/t'}} | sensor.topic: which level of the topic names the sensor, counted from 1",
        "{'sensor':{'level':2},'values':{'t':'/t'}} | sensor.level: no such option; there are topic",
        "{'empty':'skip','values':{'t':'/t'}} | empty: refuse or ignore belongs here, this is skip"
      })
  void aWrongOptionSaysWhichAndWhy(String options, String problem) {
    assertThatThrownBy(() -> codec(options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("codec mapped-json, " + problem);
  }
}
