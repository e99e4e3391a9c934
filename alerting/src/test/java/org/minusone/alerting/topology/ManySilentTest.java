package org.minusone.alerting.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.minusone.alerting.Store7.FUBAO;
import static org.minusone.alerting.Store7.SILENCE;
import static org.minusone.alerting.Store7.at;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.minusone.alerting.Store7;
import org.minusone.model.Alert;
import org.minusone.model.AlertEvent;
import org.minusone.model.Family;
import org.minusone.model.Gateway;
import org.minusone.model.Level;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.Signal;
import org.minusone.model.SignalKind;
import org.minusone.model.SiteVersion;
import org.minusone.model.Text;

/** A gateway east of 20 sensors, E-1 to E-20, and 30 that speak for themselves, F-1 to F-30. */
final class ManySilentTest {
  private final Bench bench = new Bench();

  @BeforeEach
  void site() {
    bench.sites.site = site(20, 30);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private static SiteVersion site(int east, int free) {
    Map<SensorId, Sensor> sensors = new HashMap<>();
    for (int i = 1; i <= east; i++) {
      add(sensors, "E-" + i, "east");
    }
    for (int i = 1; i <= free; i++) {
      add(sensors, "F-" + i, null);
    }
    SiteVersion plain = Store7.site();
    return new SiteVersion(
        FUBAO,
        1,
        plain.appliedAt(),
        "engineer",
        Text.same("Fubao"),
        plain.zone(),
        false,
        sensors,
        plain.rules(),
        List.of(),
        false,
        Map.of("east", new Gateway("east", new Text("东网关", "East"), null, null, 0, List.of())),
        List.of());
  }

  private static void add(Map<SensorId, Sensor> sensors, String name, String gateway) {
    SensorId id = new SensorId(name);
    sensors.put(
        id,
        new Sensor(
            id,
            Family.HAZMAT_STORAGE,
            Text.same(name),
            null,
            null,
            List.of(),
            gateway,
            Set.of(),
            Map.of(),
            null));
  }

  private static Signal silent(String sensor, String start) {
    return Store7.signal(
        FUBAO,
        new SensorId(sensor),
        SILENCE,
        at(start),
        at(start),
        SignalKind.SILENT,
        Level.WARN,
        null,
        null);
  }

  private static Signal back(String sensor, String start, String time) {
    return Store7.signal(
        FUBAO,
        new SensorId(sensor),
        SILENCE,
        at(start),
        at(time),
        SignalKind.CLEARED,
        Level.WARN,
        null,
        "reporting");
  }

  private List<String> fall(String prefix, int from, int to, String time) {
    List<AlertEvent> events = new ArrayList<>();
    for (int i = from; i <= to; i++) {
      events.addAll(bench.tell(silent(prefix + i, time)));
    }
    return told(events);
  }

  private List<String> come(String prefix, int from, int to, String since, String time) {
    List<AlertEvent> events = new ArrayList<>();
    for (int i = from; i <= to; i++) {
      events.addAll(bench.tell(back(prefix + i, since, time)));
    }
    return told(events);
  }

  private static List<String> told(List<AlertEvent> events) {
    return events.stream().map(e -> e.kind().id() + " " + e.alert().sensor()).toList();
  }

  /** Open alerts that are annunciated by themselves. */
  private Set<String> shown() {
    Set<String> shown = new TreeSet<>();
    for (Kept kept : bench.state().values()) {
      Alert alert = kept.episode().alert();
      if (kept.isOpen() && alert.foldedInto() == null) {
        shown.add(alert.sensor().value());
      }
    }
    return shown;
  }

  private Alert alert(String sensor) {
    return bench.state().values().stream()
        .map(kept -> kept.episode().alert())
        .filter(a -> a.sensor().value().equals(sensor) && a.state().isOpen())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theFifthOfAGatewayMakesThemOneAlertAboutIt() {
    assertThat(fall("E-", 1, 4, "00:00"))
        .containsExactly("raised E-1", "raised E-2", "raised E-3", "raised E-4");
    assertThat(fall("E-", 5, 5, "00:02"))
        .containsExactly(
            "raised E-5",
            "raised east",
            "folded E-1",
            "folded E-2",
            "folded E-3",
            "folded E-4",
            "folded E-5");
    assertThat(shown()).containsExactly("east");
    Alert east = alert("east");
    assertThat(east.rule()).isEqualTo("gateway-silent");
    assertThat(east.name()).isEqualTo(new Text("东网关", "East"));
    assertThat(east.group().kind()).isEqualTo("gateway");
    assertThat(east.group().count()).isEqualTo(5);
    assertThat(east.group().outOf()).isEqualTo(20);
    assertThat(alert("E-3").foldedInto()).isEqualTo(east.id());
  }

  @Test
  void fourAreNotEnoughAndOfALargeGatewayNotAFifth() {
    fall("E-", 1, 4, "00:00");
    assertThat(shown()).hasSize(4);
    bench.sites.site = site(30, 100);
    fall("E-", 5, 6, "00:10"); // six of 30 are 20 %, not more
    assertThat(shown()).hasSize(6);
    assertThat(fall("E-", 7, 7, "00:20")).contains("raised east");
  }

  @Test
  void whoJoinsIsFoldedAtOnceAndTheAlertSaysSoWithinASecond() {
    fall("E-", 1, 5, "00:00");
    assertThat(fall("E-", 6, 9, "00:05"))
        .containsExactly("raised E-6", "raised E-7", "raised E-8", "raised E-9");
    assertThat(alert("E-7").foldedInto()).isEqualTo(alert("east").id());
    assertThat(shown()).containsExactly("east");
    assertThat(told(bench.pass(Duration.ofSeconds(2)))).containsExactly("updated east");
    assertThat(alert("east").group().count()).isEqualTo(9);
    assertThat(alert("east").group().members().get(8).sensor().value()).isEqualTo("E-9");
  }

  @Test
  void whenTheGatewayIsBackThoseStillSilentStandForThemselvesAgain() {
    fall("E-", 1, 12, "00:00");
    assertThat(come("E-", 1, 7, "00:00", "05:00")).doesNotContain("closed east");
    assertThat(come("E-", 8, 8, "00:00", "05:01"))
        .containsExactly(
            "closed E-8",
            "closed east",
            "unfolded E-9",
            "unfolded E-10",
            "unfolded E-11",
            "unfolded E-12");
    assertThat(shown()).containsExactlyInAnyOrder("E-9", "E-10", "E-11", "E-12");
    assertThat(fall("E-", 13, 13, "09:00")).contains("raised east");
    assertThat(shown()).containsExactly("east");
  }

  @Test
  void sensorsOfNoGatewayCountForTheSite() {
    assertThat(fall("F-", 1, 10, "00:00")).doesNotContain("raised fubao"); // 10 of 50
    assertThat(fall("F-", 11, 11, "00:01")).contains("raised fubao", "folded F-11");
    assertThat(shown()).containsExactly("fubao");
    assertThat(alert("fubao").rule()).isEqualTo("site-silent");
    assertThat(alert("fubao").group().outOf()).isEqualTo(50);
    // The gateway has an alert of its own; the site's is then about the others.
    assertThat(fall("E-", 1, 5, "00:02")).contains("raised east");
    assertThat(shown()).containsExactly("east", "fubao");
    assertThat(alert("E-1").foldedInto()).isEqualTo(alert("east").id());
    bench.pass(Duration.ofSeconds(2));
    assertThat(alert("fubao").group().count()).isEqualTo(11);
  }

  @Test
  void whatIsInDangerIsNotFolded() {
    bench.tell(
        Store7.signal(
            FUBAO,
            new SensorId("E-1"),
            Store7.HEAT,
            at("00:00"),
            at("00:00"),
            SignalKind.ALARM,
            Level.ALARM,
            null,
            null));
    fall("E-", 1, 5, "03:00");
    assertThat(shown()).containsExactly("E-1", "east");
  }

  /** A crash after any record, with any beginning of what was written since. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void isTheSameAfterARestart(long seed) {
    Random random = new Random(seed);
    List<Signal> log = new ArrayList<>();
    String[] since = new String[21];
    for (int i = 0; i < 80; i++) {
      int n = 1 + random.nextInt(12);
      String time = "%02d:%02d".formatted(i / 6, i % 6 * 10);
      log.add(since[n] == null ? silent("E-" + n, time) : back("E-" + n, since[n], time));
      since[n] = since[n] == null ? time : null;
    }
    try (Bench whole = new Bench()) {
      whole.sites.site = site(20, 30);
      log.forEach(whole::tell);
      Map<String, Kept> state = Map.of();
      for (int i = 0; i < log.size(); i++) {
        bench.tell(log.get(i));
        if (random.nextInt(5) == 0) {
          state = bench.state();
          bench.committed = Map.of("minusone.signals", i + 1L);
          bench.start(state, i + 1, 0);
        }
      }
      whole.pass(Duration.ofSeconds(3));
      bench.pass(Duration.ofSeconds(3));
      assertThat(open(bench)).as("seed %d", seed).isEqualTo(open(whole));
    }
  }

  private static Map<String, String> open(Bench bench) {
    Map<String, String> open = new TreeMap<>();
    for (Kept kept : bench.state().values()) {
      Alert a = kept.episode().alert();
      if (kept.isOpen()) {
        String members =
            a.group() == null
                ? ""
                : Arrays.toString(
                    a.group().members().stream().map(m -> m.sensor().value()).sorted().toArray());
        open.put(a.id(), a.state() + " " + a.foldedInto() + " " + members);
      }
    }
    return open;
  }
}
