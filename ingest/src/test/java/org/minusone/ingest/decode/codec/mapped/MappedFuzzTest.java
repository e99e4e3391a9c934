package org.minusone.ingest.decode.codec.mapped;

import static org.minusone.ingest.decode.codec.mapped.MappedShapesTest.codec;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.minusone.ingest.decode.codec.Barrage;
import org.minusone.ingest.decode.codec.Told;

/** Vendors' payloads bent at random, under mappings of each kind. */
class MappedFuzzTest {
  private static final int QUICK = 20_000;
  private static final int MANY = 1_000_000;
  private static final long SEED = 20_261_125;

  private static final Map<String, List<String>> PAYLOADS =
      Map.of(
          "{'sensor':'/id','time':'/at','values':{'temperature':{'path':'/d/t','unit':'°F',"
              + "'scale':0.1,'offset':-40},'gas':'/g','state':{'path':'/s','words':"
              + "{'0':'normal','1':'fire','true':'fire'}}}}",
          List.of(
              "{'id':'H-07','at':1699999990000,'d':{'t':215},'g':3.5,'s':1}",
              "{'id':867530900000001,'at':'2023-11-14T22:13:10Z','d':{'t':'21.5'},'s':true}"),
          "{'each':'/data/*','sensor':'0#','time':'^/at','time-format':'yyyy-MM-dd HH:mm:ss',"
              + "'zone':'Asia/Shanghai','values':{'gas':'/g','level':'/l/0'}}",
          List.of(
              "{'at':'2023-11-15 06:13:10','data':{'H-07':{'g':1,'l':[50]},'H-08':{'g':'2'}}}",
              "{'at':'2023-02-28 23:59:59','data':{'H-09':{'l':[null]}}}"),
          "{'each':'/devices/*/records/*','sensor':'2/id','time':'/0','time-format':'epoch-s',"
              + "'name':'/1','value':'/2','unit':'/3'}",
          List.of(
              "{'devices':[{'id':'H-07','records':[[1699999990,'gas',3,'%LEL'],"
                  + "[1699999991.5,'gas',4]]},{'id':'H-08','records':[['1699999990','gas',5]]}]}",
              "{'devices':[{'id':'H-07','records':{'a':[1699999990,'gas',3]}}]}"));

  private static final List<byte[]> FRAGMENTS =
      List.of(
              "{",
              "}",
              "[",
              "]",
              ",",
              ":",
              "\"",
              "null",
              "NaN",
              "-Infinity",
              "true",
              "1e999",
              "1e-999",
              "-",
              "0.",
              "9".repeat(40),
              "9".repeat(70),
              "[".repeat(100),
              "{\"a\":",
              "\"id\":",
              "\"at\":",
              "\"data\":",
              "\"+999999999-01-01T00:00:00Z\"",
              "\"2023-11-15 24:00:00\"",
              "\"" + "x".repeat(300) + "\"",
              "\\u0000",
              "\\ud83d",
              "\u0007",
              "\"1e5\"",
              "\" 1 \"",
              "0x1F",
              "/*")
          .stream()
          .map(text -> text.getBytes(StandardCharsets.UTF_8))
          .toList();

  @Test
  void bent() {
    run(QUICK);
  }

  @Test
  @Tag("slow")
  void aMillionBent() {
    run(MANY);
  }

  private static void run(int payloads) {
    PAYLOADS.forEach(
        (options, whole) -> {
          List<byte[]> bytes = whole.stream().map(Told::json).toList();
          Barrage.run(
              codec(options),
              payloads / PAYLOADS.size() + 1,
              SEED,
              false,
              random -> Barrage.bent(random, bytes, FRAGMENTS));
        });
  }
}
