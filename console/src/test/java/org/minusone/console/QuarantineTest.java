package org.minusone.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.minusone.model.Command;
import org.minusone.model.Family;
import org.minusone.model.Provisional;
import org.minusone.model.Quantity;
import org.minusone.model.Quarantined;
import org.minusone.model.Reading;
import org.minusone.model.RejectionReason;
import org.minusone.model.Retried;
import org.minusone.model.Role;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.Stamp;
import org.minusone.model.codec.Json;

/** From the arrival of what was rejected to its retry, as an engineer meets it over HTTP. */
class QuarantineTest {
  private static final String S999 = "sites/fubao/smoke/S-999/readings";
  private static final String GATEWAY = "sites/fubao/gateways/gw-7/readings";

  private Rig rig;

  @BeforeEach
  void start() throws Exception {
    rig = new Rig().start();
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private long reject(RejectionReason reason, String topic, String detail, String payload) {
    byte[] bytes = payload == null ? null : payload.getBytes(StandardCharsets.UTF_8);
    return reject(entry(reason, topic, detail, bytes, String.valueOf(payload)));
  }

  private Quarantined entry(
      RejectionReason reason, String topic, String detail, byte[] bytes, String hash) {
    return new Quarantined(
        rig.clock.instant(),
        "fubao",
        topic,
        "gw-7",
        reason,
        detail,
        1,
        bytes == null ? 9 : bytes.length,
        hash,
        bytes == null ? null : Base64.getEncoder().encodeToString(bytes),
        null);
  }

  private long reject(Quarantined entry) {
    return rig.feeds.rejected(entry.at(), "fubao", Json.bytes(entry));
  }

  private long unknownSensor() {
    return reject(RejectionReason.UNKNOWN_SENSOR, S999, "S-999 is not registered at fubao", "{}");
  }

  private void outcome(Retried outcome) {
    rig.feeds.rejected(rig.clock.instant(), "fubao", Json.bytes(outcome));
  }

  /** Plays ingest: every entry of every command becomes one reading. */
  private void ingestObeys() {
    rig.sender.then =
        command ->
            command
                .entries()
                .forEach(
                    entry ->
                        outcome(
                            Retried.done(
                                entry, rig.clock.instant(), command.by(), command.id(), 1, 0)));
  }

  private Rig.Answer retry(Role role, String key, String body) throws Exception {
    return rig.send(
        rig.as(role, "/api/v1/quarantine/retry")
            .header("Idempotency-Key", key)
            .POST(Rig.json(body)));
  }

  private List<String> ids(String query) throws Exception {
    List<String> ids = new ArrayList<>();
    rig.get("/api/v1/quarantine" + query)
        .json()
        .get("items")
        .forEach(item -> ids.add(item.get("id").asText()));
    return ids;
  }

  @Test
  void whatWasRejectedIsShownNewestFirstAndCountedByReason() throws Exception {
    unknownSensor();
    unknownSensor();
    reject(RejectionReason.BAD_PAYLOAD, GATEWAY, "line 1: no JSON", "oops");
    rig.feeds.rejected(rig.clock.instant(), "fubao", new byte[] {1, 2});
    JsonNode answer = rig.get("/api/v1/quarantine").json();
    assertThat(answer.at("/items/0/reason").asText()).isEqualTo("unreadable");
    assertThat(answer.at("/items/1/reason").asText()).isEqualTo("bad-payload");
    assertThat(answer.at("/items/1/id").asText()).isEqualTo("0-2");
    assertThat(answer.at("/items/1/client").asText()).isEqualTo("gw-7");
    assertThat(answer.at("/items/1/state").asText()).isEqualTo("open");
    assertThat(answer.at("/counts/0/reason").asText()).isEqualTo("unknown-sensor");
    assertThat(answer.at("/counts/0/open").asInt()).isEqualTo(2);
    JsonNode counts = rig.get("/api/v1/pipeline").json().get("rejected");
    assertThat(counts.at("/0/reason").asText()).isEqualTo("unknown-sensor");
    assertThat(counts.at("/0/count").asInt()).isEqualTo(2);
  }

  @Test
  void everyFilterLeavesWhatItSays() throws Exception {
    unknownSensor();
    rig.clock.pass(Duration.ofMinutes(10));
    Instant later = rig.clock.instant();
    reject(RejectionReason.BAD_PAYLOAD, GATEWAY, "line 1: no JSON", "oops");
    reject(RejectionReason.BAD_TIME, S999, "ts is text", "{}");
    assertThat(ids("?reason=bad-payload")).containsExactly("0-1");
    assertThat(ids("?topic=sites/fubao/smoke/")).containsExactly("0-2", "0-0");
    assertThat(ids("?q=NOT%20REGISTERED")).containsExactly("0-0");
    assertThat(ids("?from=" + later)).containsExactly("0-2", "0-1");
    assertThat(ids("?to=" + later.toEpochMilli())).containsExactly("0-0");
    assertThat(ids("?site=elsewhere")).isEmpty();
    assertThat(ids("?state=retried")).isEmpty();
    assertThat(ids("?state=all")).hasSize(3);
    assertThat(rig.get("/api/v1/quarantine?reason=ugly").status()).isEqualTo(400);
    assertThat(rig.get("/api/v1/quarantine?state=ugly").status()).isEqualTo(400);
    assertThat(rig.get("/api/v1/quarantine?from=yesterday").status()).isEqualTo(400);
  }

  @Test
  void pagesReachWhatMemoryNoLongerHolds() throws Exception {
    int many = 7_000;
    for (int i = 0; i < many; i++) {
      reject(
          i % 1_000 == 3 ? RejectionReason.BAD_TIME : RejectionReason.BAD_PAYLOAD,
          "sites/fubao/smoke/S-" + i + "/readings",
          "no JSON",
          "oops");
    }
    List<String> seen = new ArrayList<>();
    String next = "";
    while (next != null) {
      JsonNode page =
          rig.get("/api/v1/quarantine?limit=500" + (next.isEmpty() ? "" : "&next=" + next)).json();
      page.get("items").forEach(item -> seen.add(item.get("id").asText()));
      next = page.get("next").isNull() ? null : page.get("next").asText();
    }
    assertThat(seen).hasSize(many).doesNotHaveDuplicates();
    assertThat(seen.get(many - 1)).isEqualTo("0-0");
    assertThat(ids("?reason=bad-time"))
        .containsExactly("0-6003", "0-5003", "0-4003", "0-3003", "0-2003", "0-1003", "0-3");
    assertThat(ids("?topic=sites/fubao/smoke/S-17/")).containsExactly("0-17");

    rig.feeds.log.keepFrom(1_500);
    assertThat(ids("?reason=bad-time"))
        .containsExactly("0-6003", "0-5003", "0-4003", "0-3003", "0-2003");
    assertThat(rig.get("/api/v1/quarantine/0-17").status()).isEqualTo(404);

    rig.feeds.log.away = true;
    assertThat(ids("?limit=500")).as("the newest are in memory").hasSize(500);
    assertThat(rig.get("/api/v1/quarantine?next=0-1600").status()).isEqualTo(503);
    assertThat(rig.get("/api/v1/quarantine/0-6000").status()).isEqualTo(503);
  }

  @Test
  void oneEntryIsShownWithItsMessage() throws Exception {
    byte[] frame = {0x40, 0x40, 1, 2, (byte) 0xff, '#', '#'};
    reject(RejectionReason.BAD_PAYLOAD, GATEWAY, "no JSON", "{\"temperature\": 21 C}");
    reject(entry(RejectionReason.BAD_PAYLOAD, GATEWAY, "no JSON", frame, "ff"));
    reject(entry(RejectionReason.UNKNOWN_SENSOR, GATEWAY, "S-9 is not …", null, "ff"));
    reject(entry(RejectionReason.UNKNOWN_SENSOR, GATEWAY, "S-9 is not …", null, "lost"));

    JsonNode text = rig.get("/api/v1/quarantine/0-0").json();
    assertThat(text.at("/detail").asText()).isEqualTo("no JSON");
    assertThat(text.at("/payload/text").asText()).isEqualTo("{\"temperature\": 21 C}");
    assertThat(text.at("/payload/hex").isNull()).isTrue();

    JsonNode binary = rig.get("/api/v1/quarantine/1").json();
    assertThat(Base64.getDecoder().decode(binary.at("/payload/base64").asText())).isEqualTo(frame);
    assertThat(binary.at("/payload/text").isNull()).isTrue();
    assertThat(binary.at("/payload/hex").asText())
        .isEqualTo("000000  40 40 01 02 ff 23 23                             @@...##\n");

    JsonNode second = rig.get("/api/v1/quarantine/0-2").json();
    assertThat(second.at("/payload/in").asText()).isEqualTo("0-1");
    assertThat(second.at("/payload/kept").asInt()).isEqualTo(7);
    assertThat(rig.get("/api/v1/quarantine/0-3").json().at("/payload/kept").asInt()).isZero();
    assertThat(rig.get("/api/v1/quarantine/0-99").status()).isEqualTo(404);
    assertThat(rig.get("/api/v1/quarantine/..").status()).isNotEqualTo(200);
    assertThat(rig.get("/api/v1/quarantine/nonsense").status()).isEqualTo(404);
  }

  @Test
  void aRetryIsACommandAndItsOutcomeClosesTheEntry() throws Exception {
    unknownSensor();
    unknownSensor();
    ingestObeys();
    Rig.Answer answer = retry(Role.ENGINEER, "k1", "{\"ids\":[\"0-1\"]}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("done").asInt()).isEqualTo(1);
    assertThat(answer.json().get("readings").asInt()).isEqualTo(1);
    Command command = rig.sender.sent.get(0);
    assertThat(command.kind()).isEqualTo(Command.Kind.RETRY);
    assertThat(command.alert()).isEmpty();
    assertThat(command.entries()).containsExactly(1L);
    assertThat(command.by()).isEqualTo("script-engineer");

    assertThat(ids("")).containsExactly("0-0");
    JsonNode retried = rig.get("/api/v1/quarantine?state=retried").json().at("/items/0");
    assertThat(retried.get("id").asText()).isEqualTo("0-1");
    assertThat(retried.at("/outcome/by").asText()).isEqualTo("script-engineer");
    JsonNode counts = rig.get("/api/v1/quarantine").json().at("/counts/0");
    assertThat(counts.get("entries").asInt()).isEqualTo(2);
    assertThat(counts.get("open").asInt()).isEqualTo(1);

    assertThat(retry(Role.ENGINEER, "k1", "{\"ids\":[\"0-1\"]}").json().get("done").asInt())
        .as("the same again is answered, not done again")
        .isEqualTo(1);
    assertThat(retry(Role.ENGINEER, "k1", "{\"ids\":[\"0-0\"]}").status()).isEqualTo(422);
    Rig.Answer twice = retry(Role.ENGINEER, "k2", "{\"ids\":[\"0-1\",\"0-77\"]}");
    assertThat(twice.status()).isEqualTo(409);
    assertThat(rig.sender.sent).hasSize(1);
  }

  @Test
  void oneThatCouldNotBeTriedAgainStaysOpenAndSaysWhy() throws Exception {
    unknownSensor();
    rig.sender.then =
        command ->
            outcome(
                Retried.refused(
                    0, rig.clock.instant(), command.by(), command.id(), "64 KiB of 90 KiB kept"));
    JsonNode answer = retry(Role.ADMIN, "k", "{\"ids\":[\"0-0\"]}").json();
    assertThat(answer.get("refused").asInt()).isEqualTo(1);
    assertThat(answer.get("why").asText()).isEqualTo("64 KiB of 90 KiB kept");
    JsonNode item = rig.get("/api/v1/quarantine").json().at("/items/0");
    assertThat(item.get("state").asText()).isEqualTo("open");
    assertThat(item.at("/outcome/refused").asText()).isEqualTo("64 KiB of 90 KiB kept");
  }

  @Test
  void aFilterRetriesAllThatIsOpenInCommandsOfBoundedSize() throws Exception {
    for (int i = 0; i < 2_500; i++) {
      unknownSensor();
      if (i % 5 == 0) {
        reject(RejectionReason.BAD_PAYLOAD, GATEWAY, "no JSON", "oops");
      }
    }
    ingestObeys();
    JsonNode answer =
        retry(Role.ENGINEER, "all", "{\"filter\":{\"reason\":\"unknown-sensor\"},\"limit\":100000}")
            .json();
    assertThat(answer.get("asked").asInt()).isEqualTo(2_500);
    assertThat(answer.get("done").asInt()).isEqualTo(2_500);
    assertThat(answer.get("more").asBoolean()).isFalse();
    assertThat(rig.sender.sent).hasSize(3);
    assertThat(rig.sender.sent.get(0).entries()).hasSize(Command.MOST_ENTRIES).isSorted();
    assertThat(rig.sender.sent).extracting(Command::id).doesNotHaveDuplicates();
    assertThat(ids("?reason=unknown-sensor")).isEmpty();
    assertThat(rig.get("/api/v1/quarantine/retries/all").json().get("readings").asInt())
        .isEqualTo(2_500);

    JsonNode some =
        retry(Role.ENGINEER, "some", "{\"filter\":{\"topic\":\"sites/fubao/gat\"},\"limit\":3}")
            .json();
    assertThat(some.get("asked").asInt()).isEqualTo(3);
    assertThat(some.get("more").asBoolean()).isTrue();
    assertThat(rig.sender.sent.get(3).entries())
        .as("the oldest first")
        .containsExactly(1L, 7L, 13L);
    assertThat(retry(Role.ENGINEER, "x", "{\"filter\":{\"raeson\":\"x\"}}").status())
        .as("a misspelt filter retries nothing")
        .isEqualTo(400);
    assertThat(retry(Role.ENGINEER, "y", "{}").status()).isEqualTo(400);
    assertThat(retry(Role.ENGINEER, "z", "{\"filter\":{\"reason\":\"too-large\"}}").status())
        .isEqualTo(409);
  }

  @Test
  void whatIngestHasNotDoneYetIsToldAsProgress() throws Exception {
    for (int i = 0; i < 3; i++) {
      unknownSensor();
    }
    Rig.Answer answer = retry(Role.ENGINEER, "slow", "{\"filter\":{}}");
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().get("asked").asInt()).isEqualTo(3);
    assertThat(answer.json().get("done").asInt()).isZero();
    String id = rig.sender.sent.get(0).id();
    outcome(Retried.done(0, rig.clock.instant(), "x", id, 4, 0));
    outcome(Retried.done(0, rig.clock.instant(), "x", id, 4, 0));
    outcome(Retried.done(1, rig.clock.instant(), "x", id, 0, 2));
    JsonNode progress = rig.get("/api/v1/quarantine/retries/slow").json();
    assertThat(progress.get("done").asInt()).as("one told twice counts once").isEqualTo(2);
    assertThat(progress.get("readings").asInt()).isEqualTo(4);
    assertThat(progress.get("rejected").asInt()).isEqualTo(2);
    assertThat(rig.get("/api/v1/quarantine/retries/never").status()).isEqualTo(404);
  }

  @Test
  void anOperatorReadsAndDoesNotRetry() throws Exception {
    unknownSensor();
    assertThat(retry(Role.OPERATOR, "k", "{\"ids\":[\"0-0\"]}").status()).isEqualTo(403);
    assertThat(rig.get("/api/v1/quarantine/0-0").status()).isEqualTo(200);
    assertThat(rig.sender.sent).isEmpty();
  }

  @Test
  void whenKafkaIsAwayTheRetryMayBeGivenAgain() throws Exception {
    unknownSensor();
    rig.sender.away = true;
    assertThat(retry(Role.ENGINEER, "k", "{\"ids\":[\"0-0\"]}").status()).isEqualTo(503);
    rig.sender.away = false;
    ingestObeys();
    assertThat(retry(Role.ENGINEER, "k", "{\"ids\":[\"0-0\"]}").status()).isEqualTo(200);
  }

  @Test
  void whatTheRegistryHasOfASensorIsTold() throws Exception {
    JsonNode registry = rig.get("/api/v1/sensors/F-01").json().get("registry");
    assertThat(registry.get("gateway").asText()).isEqualTo("gw-yitian-1");
    assertThat(registry.get("model").asText()).isEqualTo("Rainwell US-40");
    assertThat(registry.get("installed").asText()).isEqualTo("2024-05-06");
    assertThat(registry.get("battery_replaced").asText()).isEqualTo("2026-03-02");
    assertThat(registry.at("/aliases/0").asText()).isEqualTo("70B3D57ED0051001");
    assertThat(registry.at("/calibrations/0/quantity").asText()).isEqualTo("depth");
    assertThat(registry.at("/calibrations/0/unit").asText()).isEqualTo("inch");
    assertThat(registry.at("/calibrations/0/offset").asDouble()).isEqualTo(-0.5);
    assertThat(rig.get("/api/v1/sensors/F-01").json().get("provisional").asBoolean()).isFalse();
  }

  @Test
  void oneTakenInThoughNobodyRegisteredItIsListedAsSuch() throws Exception {
    SensorId id = new SensorId("N-1");
    rig.site.provisional.add(
        new Provisional(FakeSite.FUBAO, "N-1", Family.SMOKE, null, true, rig.clock.instant()));
    assertThat(rig.get("/api/v1/sensors/N-1").status()).as("not heard yet").isEqualTo(404);
    long now = rig.clock.instant().toEpochMilli();
    rig.feeds.reading(
        Reading.number(
            new SensorKey(FakeSite.FUBAO, id),
            Family.SMOKE,
            Quantity.OBSCURATION,
            now,
            now,
            Stamp.OWN,
            0.01));
    JsonNode told = rig.get("/api/v1/sensors/N-1").json();
    assertThat(told.get("provisional").asBoolean()).isTrue();
    assertThat(told.get("registry").isNull()).isTrue();
    JsonNode unknown = rig.get("/api/v1/sensors/unknown").json().at("/items/0");
    assertThat(unknown.get("admitted").asBoolean()).isTrue();
    assertThat(unknown.get("last_heard").isNull()).isFalse();
  }

  @Test
  void sensorsThatNobodyRegisteredAreListedWithALineForTheFiles() throws Exception {
    unknownSensor();
    rig.clock.pass(Duration.ofSeconds(5));
    unknownSensor();
    reject(RejectionReason.UNKNOWN_SENSOR, GATEWAY, "T-1 is not registered at fubao", "{}");
    rig.site.provisional.add(
        new Provisional(FakeSite.FUBAO, "70B3D57ED005", null, "gw-9", true, rig.clock.instant()));
    JsonNode items = rig.get("/api/v1/sensors/unknown").json().get("items");
    assertThat(items).hasSize(3);
    assertThat(items.at("/0/name").asText()).isEqualTo("S-999");
    assertThat(items.at("/0/family").asText()).isEqualTo(Family.SMOKE.id());
    assertThat(items.at("/0/rejected").asInt()).isEqualTo(2);
    assertThat(items.at("/0/yaml").asText())
        .startsWith("  - {id: S-999, community: COMMUNITY, x: 0, y: 0, quantities: [obscuration")
        .endsWith("name: {zh: \"S-999\", en: \"S-999\"}}");
    assertThat(items.at("/1/name").asText()).isEqualTo("T-1");
    assertThat(items.at("/1/gateway").asText()).isEqualTo("gw-7");
    assertThat(items.at("/2/admitted").asBoolean()).isTrue();
    assertThat(items.at("/2/last_heard").isNull()).isTrue();
  }

  /** Names that are no ids may have spaces; a sentence of another kind names nobody. */
  @Test
  void aNameThatIsNoIdIsListedAsItWasSent() throws Exception {
    reject(
        RejectionReason.UNKNOWN_SENSOR,
        GATEWAY,
        "bay 3 is neither a sensor id nor anybody's alias",
        "{}");
    reject(RejectionReason.UNKNOWN_SENSOR, GATEWAY, "not a sensor id at all", "{}");
    JsonNode items = rig.get("/api/v1/sensors/unknown").json().get("items");
    assertThat(items).hasSize(1);
    assertThat(items.at("/0/name").asText()).isEqualTo("bay 3");
    assertThat(items.at("/0/rejected").asInt()).isEqualTo(1);
  }
}
