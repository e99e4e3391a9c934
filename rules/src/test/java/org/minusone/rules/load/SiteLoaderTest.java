package org.minusone.rules.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.model.Crew;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.Place;
import org.minusone.model.Quantity;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.SiteVersion;
import org.minusone.model.StepDeadlines;
import org.minusone.model.Text;

class SiteLoaderTest {
  @TempDir private Path dir;

  @BeforeEach
  void aGoodSite() throws IOException {
    write("site.yaml", "id: demo", "name: Demo", "zone: Asia/Shanghai");
    write(
        "places.yaml",
        "communities:",
        "  - {id: east, name: {zh: 东, en: East}}",
        "buildings:",
        "  - {id: store-1, community: east, floors: B1..3, x: 10, y: 20, name: Store 1}");
    write(
        "sensors/hazmat.yaml",
        "family: hazmat-storage",
        "kinds: {climate: [temperature, humidity]}",
        "sensors:",
        "  - {id: H-1, building: store-1, floor: B1, kind: climate, hazard_class: toxic, name: One}");
    write(
        "sensors/flood.yaml",
        "family: flood-point",
        "quantities: [depth]",
        "sensors:",
        "  - {id: F-1, community: east, x: 1, y: -2.5, name: {zh: 桥, en: Bridge}}");
    write(
        "rules/r.yaml",
        "groups:",
        "  - name: g",
        "    rules:",
        "      - {rule: s, family: flood-point, silent: 5m}");
    write(
        "crews.yaml",
        "crews:",
        "  - id: one",
        "    name: One",
        "    skills: [flood-point, hazmat-storage]",
        "    areas: [east]",
        "    members: [{id: ann, name: Ann, phone: 000-1, lead: true}]");
  }

  private void write(String name, String... lines) throws IOException {
    Path file = dir.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, List.of(lines));
  }

  private List<String> problems() {
    return SiteLoader.load(dir).problems().stream()
        .map(p -> p.toString().replace(dir + "/", ""))
        .toList();
  }

  @Test
  void readsASite() {
    SiteLoader.Loaded loaded = SiteLoader.load(dir);

    assertThat(loaded.problems()).isEmpty();
    assertThat(loaded.draft().sensor(new SensorId("H-1")))
        .contains(
            new Sensor(
                new SensorId("H-1"),
                Family.HAZMAT_STORAGE,
                Text.same("One"),
                new Place(
                    new Text("东", "East"), Text.same("Store 1"), "B1", 10, 20, "east", "store-1"),
                "toxic",
                List.of(Quantity.TEMPERATURE, Quantity.HUMIDITY)));
    assertThat(loaded.draft().sensor(new SensorId("F-1")).orElseThrow().place())
        .isEqualTo(new Place(new Text("东", "East"), null, null, 1, -2.5, "east", null));
    assertThat(loaded.draft().crews().get(0).communities()).containsExactly("东");
    assertThat(loaded.draft().crews().get(0).members().get(0).lead()).isTrue();
  }

  @Test
  void somebodyThereTheDistrictAndTheTimeForEachStep() throws IOException {
    write(
        "places.yaml",
        "communities:",
        "  - {id: east, name: East, contact: {name: Desk, phone: 000-7}}",
        "buildings:",
        "  - {id: store-1, community: east, floors: B1..3, x: 10, y: 20, name: Store 1,",
        "     contact: {name: Wang, phone: 000-8}}");
    write(
        "crews.yaml",
        "crews:",
        "  - id: one",
        "    name: One",
        "    skills: [flood-point, hazmat-storage]",
        "    members: [{id: ann, name: Ann, phone: 000-1, lead: true}]",
        "  - id: district",
        "    name: District",
        "    skills: [flood-point]",
        "    district: true",
        "    members: [{id: bob, name: Bob, phone: 000-2, lead: true}]",
        "deadlines:",
        "  critical: {accept: 45s, ask_again: 2m}");
    SiteLoader.Loaded loaded = SiteLoader.load(dir);
    assertThat(loaded.problems()).isEmpty();
    SiteVersion draft = loaded.draft();
    assertThat(draft.sensor(new SensorId("H-1")).orElseThrow().place().contact())
        .isEqualTo(new Place.Contact("Wang", "000-8"));
    assertThat(draft.sensor(new SensorId("F-1")).orElseThrow().place().contact())
        .as("outdoors the community's")
        .isEqualTo(new Place.Contact("Desk", "000-7"));
    assertThat(draft.crews()).extracting(Crew::district).containsExactly(false, true);
    assertThat(draft.deadlines())
        .isEqualTo(
            Map.of(
                Level.CRITICAL,
                new StepDeadlines(Duration.ofSeconds(45), null, null, Duration.ofMinutes(2))));
    write(
        "crews.yaml",
        "crews:",
        "  - id: one",
        "    name: One",
        "    skills: [flood-point, hazmat-storage]",
        "    members: [{id: ann, name: Ann, phone: 000-1, lead: true}]",
        "deadlines:",
        "  critical: {acept: 45s, arrive: 0s}");
    assertThat(problems())
        .containsExactly(
            "crews.yaml:7:14: unknown key 'acept', did you mean 'accept'?",
            "crews.yaml:7:34: 'arrive' must be longer than 0s");
  }

  @Test
  void saysEveryProblemOfASensorAtItsLine() throws IOException {
    write(
        "sensors/hazmat.yaml",
        "family: hazmat-storage",
        "kinds: {climate: [temperature, humidty], wet: [depth]}",
        "sensors:",
        "  - {id: H-1, building: store-1, floor: 9, kind: climate, hazard_class: toxic, name: One}",
        "  - {id: H-1, building: store-1, kind: climat, hazard_class: toxc, name: One}",
        "  - {id: F-1, building: stor-1, quantities: [temperature], hazard_class: toxic, name: One}",
        "  - {id: a b, building: store-1, kind: climate, name: One}",
        "  - {id: H-2, community: est, kind: climate, hazard_class: toxic, name: One}",
        "  - {id: H-3, building: store-1, hazard_class: toxic, nam: One}",
        "  - just text");

    assertThat(problems())
        .containsExactly(
            "sensors/hazmat.yaml:2:32: unknown quantity 'humidty', did you mean 'humidity'?",
            "sensors/hazmat.yaml:2:48: hazmat-storage has no quantity 'depth'",
            "sensors/hazmat.yaml:4:41: there is no floor '9': this building has B1..3",
            "sensors/hazmat.yaml:5:10: duplicate sensor 'H-1', first at line 4",
            "sensors/hazmat.yaml:5:40: unknown kind 'climat', did you mean 'climate'?",
            "sensors/hazmat.yaml:5:62: unknown hazard class 'toxc', did you mean 'toxic'?",
            "sensors/hazmat.yaml:6:10: duplicate sensor 'F-1', first at sensors/flood.yaml:4",
            "sensors/hazmat.yaml:6:25: unknown building 'stor-1', did you mean 'store-1'?",
            "sensors/hazmat.yaml:7:5: missing key 'hazard_class'",
            "sensors/hazmat.yaml:7:10: 'a b' is no sensor id:"
                + " A-Z, a-z, 0-9, '.', '_', '-', at most 64",
            "sensors/hazmat.yaml:8:5: missing key 'x'",
            "sensors/hazmat.yaml:8:5: missing key 'y'",
            "sensors/hazmat.yaml:8:26: unknown community 'est', did you mean 'east'?",
            "sensors/hazmat.yaml:9:5: what does it measure?"
                + " no 'kind', and no 'quantities' here or above",
            "sensors/hazmat.yaml:9:55: unknown key 'nam', did you mean 'name'?",
            "sensors/hazmat.yaml:10:5: 'sensor' must be a mapping of keys to values,"
                + " not 'just text'");
  }

  @Test
  void saysWhatIsWrongWithPlacesAndCrews() throws IOException {
    write(
        "places.yaml",
        "communities:",
        "  - {id: east, name: East}",
        "  - {id: east, name: East}",
        "buildings:",
        "  - {id: store-1, community: west, floors: 3..1, x: ten, y: 20, name: Store 1}");
    write(
        "crews.yaml",
        "crews:",
        "  - id: one",
        "    name: One",
        "    skills: [floodpoint]",
        "    areas: [west]",
        "    members: [{id: ann, name: Ann, phone: 000-1, lead: maybe}, {id: ann, name: Ann}]");

    assertThat(problems())
        .containsExactly(
            "crews.yaml:4:14: unknown family 'floodpoint', did you mean 'flood-point'?",
            "crews.yaml:5:13: unknown community 'west'; known: east",
            "crews.yaml:6:14: warning: a crew has one lead, this one has 0",
            "crews.yaml:6:56: 'lead' must be true or false, not 'maybe'",
            "crews.yaml:6:69: duplicate member 'ann', first at line 6",
            "places.yaml:3:10: duplicate community 'east', first at line 2",
            "places.yaml:5:30: unknown community 'west'; known: east",
            "places.yaml:5:44: 'floors' must be such as B1..14, lowest first, not '3..1'",
            "places.yaml:5:53: 'x' must be a number, not 'ten'");
  }

  @Test
  void readsWhoIsOnDutyAndSaysWhenNobodyIs() throws IOException {
    write(
        "crews.yaml",
        "crews:",
        "  - id: one",
        "    name: One",
        "    skills: [flood-point, hazmat-storage]",
        "    members: [{id: ann, name: Ann, lead: true}, {id: bo, name: Bo}]",
        "    shifts:",
        "      - {from: 08:00, to: 20:00, members: [ann]}",
        "      - {days: [mon, tue, wed, thu, fri], from: 20:00, to: 08:00, members: [bo]}",
        "  - id: two",
        "    name: Two",
        "    skills: [flood-point]",
        "    members: [{id: cy, name: Cy, lead: true}]");
    assertThat(problems())
        .containsExactly(
            "crews.yaml:2:3: warning: no crew for hazmat-storage in 东 is on duty from sat 20:00 to"
                + " sun 08:00, and at other times (2 in a week)");
    Crew one = SiteLoader.load(dir).draft().crews().get(0);
    assertThat(onDuty(one, "2026-07-03T12:00:00Z")).as("Friday, 20:00").containsExactly("bo");
    assertThat(onDuty(one, "2026-07-03T23:59:59Z")).as("Saturday, 07:59").containsExactly("bo");
    assertThat(onDuty(one, "2026-07-04T00:00:00Z")).as("Saturday, 08:00").containsExactly("ann");
    assertThat(onDuty(one, "2026-07-04T12:00:00Z")).as("Saturday, 20:00").isEmpty();
    assertThat(onDuty(SiteLoader.load(dir).draft().crews().get(1), "2026-07-04T12:00:00Z"))
        .as("without shifts")
        .containsExactly("cy");
  }

  private static List<String> onDuty(Crew crew, String at) {
    return crew.onDuty(Instant.parse(at)).stream().map(Crew.Member::id).toList();
  }

  @Test
  void saysWhatIsWrongWithAShift() throws IOException {
    write(
        "crews.yaml",
        "crews:",
        "  - id: one",
        "    name: One",
        "    skills: [flood-point, hazmat-storage]",
        "    members: [{id: ann, name: Ann, lead: true}]",
        "    shifts:",
        "      - {from: 8, to: 20:00, members: [an]}",
        "      - {days: [tues], to: 08:00}",
        "      - {from: 00:00, to: 00:00}");
    assertThat(problems())
        .containsExactly(
            "crews.yaml:7:16: 'from' must be a time of day such as 02:30, not '8'",
            "crews.yaml:7:40: unknown member 'an', did you mean 'ann'?",
            "crews.yaml:8:9: missing key 'from'",
            "crews.yaml:8:17: unknown day 'tues', did you mean 'tue'?");
  }

  @Test
  void wantsHazardClassesOnlyWhereTheyMeanSomething() throws IOException {
    write(
        "sensors/flood.yaml",
        "family: flood-point",
        "quantities: [depth]",
        "sensors:",
        "  - {id: F-1, community: east, x: 1, y: 2, name: B, hazard_class: toxic}");
    assertThat(problems())
        .containsExactly("sensors/flood.yaml:4:53: 'hazard_class' is for hazmat-storage only");
  }

  @Test
  void saysWhatIsWrongWithTheSiteItself() throws IOException {
    write("site.yaml", "id: Demo@r1", "nmae: Demo", "zone: Asia/Shanghia");
    SiteLoader.Loaded loaded = SiteLoader.load(dir);
    assertThat(loaded.draft()).isNull();
    assertThat(problems())
        .containsExactly(
            "site.yaml:1:5: 'Demo@r1' is no site id: a-z, 0-9 and -, at most 64",
            "site.yaml:2:1: unknown key 'nmae', did you mean 'name'?",
            "site.yaml:3:7: unknown zone 'Asia/Shanghia', did you mean 'Asia/Shanghai'?");
  }

  @Test
  void saysThatADirectoryIsNoSite() throws IOException {
    Files.delete(dir.resolve("site.yaml"));
    write("crew.yaml", "crews: []");
    assertThat(problems())
        .containsExactly(
            "crew.yaml:1:1: warning: not part of a site, and not read, did you mean 'crews.yaml'?",
            "site.yaml:1:1: missing: a site's directory has a site.yaml with its id");
    Path missing = dir.resolve("nowhere");
    assertThat(SiteLoader.load(missing).problems())
        .extracting(Problem::toString)
        .containsExactly(missing + ":1:1: there is no such directory");
    assertThat(SiteLoader.load(dir.resolve("crew.yaml")).problems())
        .extracting(Problem::message)
        .containsExactly("this is no directory");
  }

  @Test
  void warnsOfASiteThatWatchesNothing() throws IOException {
    Files.delete(dir.resolve("rules/r.yaml"));
    SiteLoader.Loaded loaded = SiteLoader.load(dir);
    assertThat(loaded.hasErrors()).isFalse();
    assertThat(problems())
        .containsExactly("rules:1:1: warning: the site has no rules: there is no *.yaml here");
  }

  @Test
  void doesNotBlameEverySensorForPlacesThatCannotBeRead() throws IOException {
    write("places.yaml", "communities: [");
    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith("places.yaml:2:1: not valid YAML: ");
    Files.delete(dir.resolve("places.yaml"));
    assertThat(problems())
        .containsExactly("places.yaml:1:1: missing: sensors and crews refer to its communities");
  }
}
