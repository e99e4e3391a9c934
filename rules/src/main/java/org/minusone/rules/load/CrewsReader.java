package org.minusone.rules.load;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.minusone.model.Crew;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.Sensor;
import org.minusone.model.StepDeadlines;
import org.minusone.model.Text;
import org.minusone.model.Weekly;

/** {@code crews.yaml}: who can be sent, where, for what, and how long each step may take. */
final class CrewsReader {
  private final Places places;
  private final ZoneId zone;
  private final List<Crew> crews = new ArrayList<>();
  private final Map<String, Value> seen = new HashMap<>();
  private final Map<Level, StepDeadlines> deadlines = new EnumMap<>(Level.class);
  private Value crewsAt;

  /**
   * @param zone that shifts are in
   */
  CrewsReader(Places places, ZoneId zone) {
    this.places = places;
    this.zone = zone;
  }

  List<Crew> crews() {
    return crews;
  }

  Map<Level, StepDeadlines> deadlines() {
    return deadlines;
  }

  void read(Value root) {
    Optional<Section> top = root.section();
    if (top.isEmpty()) {
      return;
    }
    Optional<Value> list = top.get().require("crews");
    crewsAt = list.orElse(null);
    list.ifPresent(all -> all.items().forEach(this::crew));
    top.get().take("deadlines").flatMap(Value::section).ifPresent(this::deadlines);
    top.get().finish();
  }

  /**
   * {@code {critical: {accept: 1m, set_out: 3m, arrive: 10m, ask_again: 1m}}}; each may be absent.
   */
  private void deadlines(Section section) {
    for (Level level : Level.values()) {
      section
          .take(level.id())
          .flatMap(Value::section)
          .ifPresent(
              steps -> {
                deadlines.put(
                    level,
                    new StepDeadlines(
                        time(steps, "accept"),
                        time(steps, "set_out"),
                        time(steps, "arrive"),
                        time(steps, "ask_again")));
                steps.finish();
              });
    }
    section.finish();
  }

  private static Duration time(Section steps, String name) {
    return steps.take(name).flatMap(Value::positiveDuration).orElse(null);
  }

  private void crew(Value item) {
    Optional<Section> read = item.as("crew").section();
    if (read.isEmpty()) {
      return;
    }
    Section section = read.get();
    Optional<String> id = section.require("id").flatMap(value -> id(value, "crew"));
    Optional<Text> name = section.require("name").flatMap(Value::bilingual);
    List<Family> skills =
        section
            .require("skills")
            .map(value -> value.words("family", Arrays.asList(Family.values()), Family::id))
            .orElse(List.of());
    List<String> areas = new ArrayList<>();
    Optional<Value> written = section.take("areas");
    if (written.isPresent()) {
      Value list = written.get();
      for (Value area : list.isList() ? list.items() : List.of(list)) {
        places.communityName(area).ifPresent(areas::add);
      }
    }
    List<Crew.Member> members = new ArrayList<>();
    Optional<Value> people = section.require("members");
    for (Value person : people.map(Value::items).orElse(List.of())) {
      person.as("member").section().flatMap(this::member).ifPresent(members::add);
    }
    List<Crew.Shift> shifts = new ArrayList<>();
    for (Value shift : section.take("shifts").map(Value::items).orElse(List.of())) {
      shift.as("shift").section().flatMap(s -> shift(s, members)).ifPresent(shifts::add);
    }
    Crew.Base base = section.take("base").flatMap(places::baseAt).orElse(null);
    boolean district = section.take("district").flatMap(Value::flag).orElse(false);
    section.finish();
    long leads = members.stream().filter(Crew.Member::lead).count();
    if (people.isPresent() && people.get().isList() && leads != 1) {
      people.get().warning("a crew has one lead, this one has " + leads);
    }
    id.ifPresent(
        i ->
            crews.add(
                new Crew(
                    i, name.orElse(Text.same(i)), skills, areas, members, shifts, base, district)));
  }

  /** {@code {days: [mon], from: 08:00, to: 20:00, members: [li-na]}}. */
  private Optional<Crew.Shift> shift(Section section, List<Crew.Member> members) {
    List<String> known = members.stream().map(Crew.Member::id).toList();
    List<String> who =
        section
            .take("members")
            .map(value -> value.words("member", known, Function.identity()))
            .orElse(List.of());
    Optional<Weekly> time = WeeklyReader.read(section, zone);
    section.finish();
    return time.map(t -> new Crew.Shift(t, who));
  }

  /** Says when nobody is on duty where something is installed. Call once sensors are known. */
  void checkCover(Collection<Sensor> sensors) {
    boolean whole =
        crewsAt != null
            && crewsAt.isList()
            && crews.size() == crewsAt.items().size()
            && crews.stream().noneMatch(crew -> crew.families().isEmpty());
    if (whole) {
      for (String gap : Cover.gaps(crews, sensors, zone)) {
        crewsAt.warning(gap);
      }
    }
  }

  private Optional<Crew.Member> member(Section section) {
    Optional<String> id = section.require("id").flatMap(value -> id(value, "member"));
    Optional<String> name = section.require("name").flatMap(Value::text);
    Optional<String> phone = section.take("phone").flatMap(Value::text);
    boolean lead = section.take("lead").flatMap(Value::flag).orElse(false);
    section.finish();
    return id.isEmpty() || name.isEmpty()
        ? Optional.empty()
        : Optional.of(new Crew.Member(id.get(), name.get(), phone.orElse(null), lead));
  }

  private Optional<String> id(Value value, String kind) {
    Optional<String> id = Places.id(value);
    if (id.isEmpty()) {
      return id;
    }
    Value first = seen.putIfAbsent(kind + " " + id.get(), value);
    if (first != null) {
      value.error("duplicate " + kind + " '" + id.get() + "', first at " + first.placeFrom(value));
      return Optional.empty();
    }
    return id;
  }
}
