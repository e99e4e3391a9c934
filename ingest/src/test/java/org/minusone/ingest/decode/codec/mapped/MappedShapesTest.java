package org.minusone.ingest.decode.codec.mapped;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.minusone.ingest.decode.codec.Codec;
import org.minusone.ingest.decode.codec.Envelope;
import org.minusone.ingest.decode.codec.Told;

/** The shapes vendors send most, each with the options that read it. */
class MappedShapesTest {
  private static final long NOW = 1_700_000_000_000L;

  /** Options as a site's file has them: YAML takes JSON, too. */
  static Codec codec(String options) {
    try {
      Map<String, Object> map =
          new ObjectMapper().readValue(Told.json(options), new TypeReference<>() {});
      return MappedJson.KIND.create(map);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> told(String options, String payload) {
    return Told.gateway(codec(options), Told.json(payload), NOW);
  }

  @Test
  void flat() {
    assertThat(
            told(
                "{'sensor':'/devEui','time':'/time','values':{"
                    + "'temperature':{'path':'/t','unit':'°F'},'humidity':'/h','gas':'/g',"
                    + "'state':{'path':'/alarm','words':{'0':'normal','1':'fire'}}}}",
                "{'devEui':'H-07','time':1699999990000,'t':71.6,'h':40,'alarm':1}"))
        .containsExactly(
            "[H-07 @1699999990000]", "temperature=71.6 °F", "humidity=40.0", "state:fire");
  }

  @Test
  void nestedWithTheUnitBesideTheValue() {
    assertThat(
            told(
                "{'sensor':'/device/id','time':'/meta/ts','values':{'temperature':"
                    + "{'path':'/data/temp/value','unit':{'path':'/data/temp/unit'}},"
                    + "'battery':{'path':'/data/batt','scale':0.1}}}",
                "{'device':{'id':'H-07','model':'X'},'meta':{'ts':1699999990000},"
                    + "'data':{'temp':{'value':21.5,'unit':'C'},'batt':873}}"))
        .containsExactly("[H-07 @1699999990000]", "temperature=21.5 C", "battery=87.3");
  }

  @Test
  void listOfNameAndValue() {
    assertThat(
            told(
                "{'each':'/params/*','sensor':'^/dev','time':'^/ts','time-format':'epoch-s',"
                    + "'name':'/id','value':'/value','unit':'/unit',"
                    + "'values':{'alarm':{'words':{'0':'normal','1':'fire'}},"
                    + "'temp':{'scale':0.1}}}",
                "{'dev':'H-07','ts':1699999990,'params':[{'id':'temp','value':'215','unit':'Cel'},"
                    + "{'id':'hum','value':40,'unit':'%'},{'id':'alarm','value':false},"
                    + "{'id':'alarm','value':1}]}"))
        .containsExactly(
            "[H-07 @1699999990000]",
            "temp=21.5 Cel",
            "hum=40.0 %",
            "alarm:false",
            "[H-07 @1699999990000]",
            "alarm:fire");
  }

  @Test
  void narrowBandPlatformThatWrapsServices() {
    assertThat(
            told(
                "{'each':'/notify_data/body/services/*','sensor':'^/notify_data/header/device_id',"
                    + "'time':'/event_time','time-format':'yyyyMMdd\\u0027T\\u0027HHmmssX',"
                    + "'values':{'temperature':'/properties/temperature',"
                    + "'state':{'path':'/properties/smoke','words':{'0':'normal','1':'fire'}}}}",
                "{'resource':'device.property','event':'report','notify_data':{"
                    + "'header':{'device_id':'H-07','product_id':'p'},'body':{'services':["
                    + "{'service_id':'a','properties':{'temperature':57},"
                    + "'event_time':'20231114T221310Z'},"
                    + "{'service_id':'b','properties':{'smoke':0},"
                    + "'event_time':'20231114T221310Z'}]}}}"))
        .containsExactly("[H-07 @1699999990000]", "temperature=57.0", "state:normal");
  }

  @Test
  void narrowBandPlatformWithTheNumberOfTheModem() {
    assertThat(
            told(
                "{'sensor':'/IMEI','time':'/timestamp','empty':'ignore','values':{"
                    + "'temperature':'/payload/temperature','battery':'/payload/battery_value'}}",
                "{'messageType':'dataReport','timestamp':1699999990000,'IMEI':866971030000001,"
                    + "'deviceId':'x','payload':{'temperature':21,'battery_value':88}}"))
        .containsExactly("[866971030000001 @1699999990000]", "temperature=21.0", "battery=88.0");
  }

  @Test
  void chirpStackUplinkWithWhateverItsObjectHas() {
    assertThat(
            told(
                "{'each':'/object/*','sensor':'^/deviceInfo/devEui','time':'^/time',"
                    + "'name':'0#','value':''}",
                "{'deduplicationId':'3ac7e3c4','time':'2023-11-14T22:13:10.775023242+00:00',"
                    + "'deviceInfo':{'devEui':'0101010101010101','tags':{}},'fCnt':10,"
                    + "'object':{'temperature':21.5,'humidity':40,'state':'normal'},"
                    + "'rxInfo':[{'rssi':-48,'location':{'latitude':0}}]}"))
        .containsExactly(
            "[0101010101010101 @1699999990775]",
            "temperature=21.5",
            "humidity=40.0",
            "state:normal");
  }

  @Test
  void theThingsStackUplink() {
    assertThat(
            told(
                "{'sensor':'/end_device_ids/dev_eui','time':'/received_at','values':{"
                    + "'depth':{'path':'/uplink_message/decoded_payload/distance','unit':'mm',"
                    + "'scale':-1,'offset':2500}}}",
                "{'end_device_ids':{'device_id':'f-03','dev_eui':'70B3D57ED0000001'},"
                    + "'correlation_ids':['as:up:01'],'received_at':'2023-11-14T22:13:10.787Z',"
                    + "'uplink_message':{'f_port':1,'decoded_payload':{'distance':2380},"
                    + "'rx_metadata':[{'gateway_ids':{'gateway_id':'g'},'rssi':-35}]}}"))
        .containsExactly("[70B3D57ED0000001 @1699999990787]", "depth=120.0 mm");
  }

  @Test
  void arrayOfRecordsNewestFirst() {
    assertThat(
            told(
                "{'each':'/*','sensor':'/sn','time':'/ts','time-format':'epoch-s',"
                    + "'values':{'temperature':'/temp','humidity':'/hum'}}",
                "[{'sn':'H-08','ts':1699999992,'temp':20},"
                    + "{'sn':'H-07','ts':1699999991.5,'temp':22,'hum':41},"
                    + "{'sn':'H-07','ts':'1699999990','temp':21,'hum':40}]"))
        .containsExactly(
            "[H-07 @1699999990000]",
            "temperature=21.0",
            "humidity=40.0",
            "[H-07 @1699999991500]",
            "temperature=22.0",
            "humidity=41.0",
            "[H-08 @1699999992000]",
            "temperature=20.0");
  }

  @Test
  void valuesByDevice() {
    assertThat(
            told(
                "{'each':'/data/*','sensor':'0#','time':'2/at','time-format':'yyyy-MM-dd HH:mm:ss',"
                    + "'zone':'Asia/Shanghai','values':{'temperature':'/t'}}",
                "{'at':'2023-11-15 06:13:10','data':{'H-07':{'t':21},'H-08':{'t':22}}}"))
        .containsExactly(
            "[H-07 @1699999990000]",
            "temperature=21.0",
            "[H-08 @1699999990000]",
            "temperature=22.0");
  }

  @Test
  void recordsOfEachDevice() {
    assertThat(
            told(
                "{'each':'/devices/*/records/*','sensor':'2/id','time':'/0','name':'/1',"
                    + "'value':'/2'}",
                "{'devices':[{'id':'H-07','records':[[1699999990000,'gas',3],"
                    + "[1699999991000,'gas',4]]},"
                    + "{'id':'H-08','records':[[1699999990000,'gas',5]]}]}"))
        .containsExactly(
            "[H-07 @1699999990000]",
            "gas=3.0",
            "[H-08 @1699999990000]",
            "gas=5.0",
            "[H-07 @1699999991000]",
            "gas=4.0");
  }

  @Test
  void numbersAsText() {
    assertThat(
            told(
                "{'sensor':'/id','values':{'temperature':{'path':'/t','unit':'℃'},"
                    + "'humidity':'/h','gas':'/g','depth':{'path':'/d','scale':0.1}}}",
                "{'id':' H-07 ','t':'21.5','h':' 40 ','g':'--','d':'3'}"))
        .containsExactly(
            "[H-07 @now]", "temperature=21.5 ℃", "humidity=40.0", "gas:--", "depth=0.3");
  }

  @Test
  void sensorInTheTopic() {
    Codec codec =
        codec(
            "{'sensor':{'topic':2},'values':{'temperature':'/temperature','battery':'/battery',"
                + "'state':{'path':'/smoke','words':{'true':'fire','false':'normal'}}}}");
    assertThat(
            Told.of(
                codec,
                new Envelope(
                    "zigbee2mqtt/S-0001",
                    null,
                    null,
                    Told.json("{'smoke':true,'battery':100,'linkquality':60}"),
                    NOW)))
        .containsExactly("[S-0001 @now]", "battery=100.0", "state:fire");
    assertThat(Told.of(codec, new Envelope("zigbee2mqtt", null, null, Told.json("{}"), NOW)))
        .containsExactly("!unknown-sensor the topic has no level 2 that would name the sensor");
  }

  @Test
  void onASensorsOwnTopicNobodyNeedsToNameIt() {
    assertThat(Told.own(codec("{'values':{'gas':'/g'}}"), Told.json("{'g':3}"), NOW))
        .containsExactly("[topic @now]", "gas=3.0");
  }
}
