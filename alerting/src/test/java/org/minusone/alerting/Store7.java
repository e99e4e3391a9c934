package org.minusone.alerting;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.minusone.model.AlertEvent;
import org.minusone.model.Command;
import org.minusone.model.Crew;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.Place;
import org.minusone.model.Quantity;
import org.minusone.model.Role;
import org.minusone.model.Rule;
import org.minusone.model.Run;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.Signal;
import org.minusone.model.SignalKind;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.Text;
import org.minusone.model.port.SiteCatalog;

/**
 * A hazmat store and what its rules say of it, for the stories told here. Times are {@code mm:ss}.
 */
public final class Store7 {
  public static final SiteId FUBAO = new SiteId("fubao");
  public static final SensorId H07 = new SensorId("H-07");
  public static final String HEAT = "hazmat-temperature";
  public static final String SILENCE = "hazmat-silent";
  public static final Instant NOON = Instant.parse("2026-07-01T04:00:00Z");

  public static final Rule HEAT_RULE =
      new Rule(
          HEAT,
          Family.HAZMAT_STORAGE,
          Quantity.TEMPERATURE,
          new Rule.Threshold(
              Rule.Direction.ABOVE,
              Map.of(
                  Level.WARN,
                  new Rule.Limit(28, Duration.ZERO),
                  Level.ALARM,
                  new Rule.Limit(30, Duration.ZERO),
                  Level.CRITICAL,
                  new Rule.Limit(35, Duration.ZERO)),
              new Rule.Deadband(1, false),
              Duration.ZERO,
              null),
          null,
          new Text("打开通风", "Ventilate"),
          "GB 17914-2013 (GK)");

  public static final Rule SILENCE_RULE =
      new Rule(
          SILENCE,
          Family.HAZMAT_STORAGE,
          null,
          new Rule.Silent(Duration.ofMinutes(3), Level.WARN),
          null,
          null,
          null);

  private Store7() {}

  public static Instant at(String clock) {
    String[] parts = clock.split(":", -1);
    return NOON.plusSeconds(Long.parseLong(parts[0]) * 60 + Long.parseLong(parts[1]));
  }

  public static String id(String rule, String start) {
    return Signal.alertId(new SensorKey(FUBAO, H07), rule, at(start).toEpochMilli());
  }

  /** Two members on duty by day and night, the lead among them; then one that covers all. */
  public static final List<Crew> CREWS =
      List.of(
          new Crew(
              "fubao-1",
              new Text("福保一组", "Fubao 1"),
              List.of(Family.HAZMAT_STORAGE),
              List.of("福保"),
              List.of(
                  new Crew.Member("he-wei", "何伟", "000-0101", true),
                  new Crew.Member("luo-jing", "罗静", "000-0102", false)),
              List.of(),
              new Crew.Base(10, 1270)),
          new Crew(
              "fire-2",
              new Text("消防二组", "Fire 2"),
              List.of(Family.HAZMAT_STORAGE, Family.SMOKE),
              List.of(),
              List.of(new Crew.Member("zhao-peng", "赵鹏", "000-0401", true)),
              List.of(),
              null));

  public static SiteVersion site(Rule... rules) {
    Sensor h07 =
        new Sensor(
            H07,
            Family.HAZMAT_STORAGE,
            new Text("7 号库", "Store 7"),
            new Place(new Text("福保", "Fubao"), new Text("7 号库", "Store 7"), "1", 10, 20),
            "flammable-liquid",
            List.of(Quantity.TEMPERATURE));
    return new SiteVersion(
        FUBAO,
        1,
        NOON,
        "engineer",
        Text.same("Fubao"),
        "Asia/Shanghai",
        true,
        Map.of(H07, h07),
        List.of(rules),
        CREWS);
  }

  public static SiteVersion site() {
    return site(HEAT_RULE, SILENCE_RULE);
  }

  /** A level of the temperature rule reached. */
  public static Signal reached(String start, String time, Level level) {
    return signal(
        FUBAO, H07, HEAT, at(start), at(time), SignalKind.reached(level), level, null, null);
  }

  public static Signal foreseen(String start, String time, Level level, double etaS) {
    return signal(FUBAO, H07, HEAT, at(start), at(time), SignalKind.FOREWARNED, level, etaS, null);
  }

  public static Signal updated(String start, String time, Level level, double etaS) {
    return signal(FUBAO, H07, HEAT, at(start), at(time), SignalKind.UPDATED, level, etaS, null);
  }

  public static Signal cleared(String start, String time, Level level, String cause) {
    return signal(FUBAO, H07, HEAT, at(start), at(time), SignalKind.CLEARED, level, null, cause);
  }

  public static Signal silent(String start) {
    return signal(
        FUBAO, H07, SILENCE, at(start), at(start), SignalKind.SILENT, Level.WARN, null, null);
  }

  public static Signal reporting(String start, String time) {
    return signal(
        FUBAO,
        H07,
        SILENCE,
        at(start),
        at(time),
        SignalKind.CLEARED,
        Level.WARN,
        null,
        "reporting");
  }

  public static Signal late(Signal s) {
    return new Signal(
        s.alert(),
        s.site(),
        s.sensor(),
        s.family(),
        s.rule(),
        s.version(),
        s.quantity(),
        s.signal(),
        s.time(),
        s.level(),
        s.limit(),
        s.value(),
        s.word(),
        s.etaS(),
        s.etaLowS(),
        s.etaHighS(),
        s.probability(),
        s.slopePerS(),
        s.readings(),
        s.method(),
        s.cause(),
        true,
        s.delayed(),
        s.arrivalMs());
  }

  public static Signal signal(
      SiteId site,
      SensorId sensor,
      String rule,
      Instant start,
      Instant time,
      SignalKind kind,
      Level level,
      Double etaS,
      String cause) {
    boolean heat = rule.equals(HEAT);
    Double limit = null;
    if (heat && level != null) {
      limit = ((Rule.Threshold) HEAT_RULE.condition()).levels().get(level).value();
    } else if (rule.equals(SILENCE)) {
      limit = 180.0;
    }
    return new Signal(
        Signal.alertId(new SensorKey(site, sensor), rule, start.toEpochMilli()),
        site,
        sensor,
        Family.HAZMAT_STORAGE,
        rule,
        1,
        rule.equals(SILENCE) ? null : Quantity.TEMPERATURE,
        kind,
        time,
        level,
        limit,
        heat ? limit : null,
        null,
        etaS,
        etaS == null ? null : (Double) (etaS * .57),
        etaS == null ? null : (Double) (etaS * 1.96),
        null,
        etaS == null ? null : (Double) .01,
        etaS == null ? 0 : 12,
        etaS == null ? null : "gated-damped-holt",
        cause,
        false,
        false,
        time.toEpochMilli() + 40);
  }

  public static Command acknowledge(String id, String time, String alert) {
    return command(Command.Kind.ACKNOWLEDGE, id, time, alert, null);
  }

  public static Command comment(String id, String time, String alert, String note) {
    return command(Command.Kind.COMMENT, id, time, alert, note);
  }

  public static Command detailed(
      Command.Kind kind, String id, String time, String alert, Command.Details details) {
    return new Command(
        id, kind, FUBAO, alert, "Li Na", Role.OPERATOR, at(time), null, null, details);
  }

  public static Command shelve(String id, String time, String alert, String until, String why) {
    return new Command(
        id,
        Command.Kind.SHELVE,
        FUBAO,
        alert,
        "Li Na",
        Role.OPERATOR,
        at(time),
        why,
        null,
        Command.Details.until(at(until)));
  }

  /** As alerting tells itself. */
  public static Command due(String time, String alert) {
    return command(Command.Kind.DUE, "due " + time, time, alert, null);
  }

  private static Command command(
      Command.Kind kind, String id, String time, String alert, String note) {
    return new Command(id, kind, FUBAO, alert, "Li Na", Role.OPERATOR, at(time), note);
  }

  /** A catalog whose content the test sets. */
  public static final class Catalog implements SiteCatalog {
    public SiteVersion site = site();
    public List<Run> runs = List.of();

    @Override
    public Optional<SiteVersion> live(SiteId id) {
      return id.base().equals(site.site()) ? Optional.of(site) : Optional.empty();
    }

    @Override
    public Optional<Run> run(SiteId id) {
      return runs.stream().filter(r -> r.site().equals(id)).findFirst();
    }

    @Override
    public Collection<SiteVersion> sites() {
      return List.of(site);
    }

    @Override
    public Collection<Run> runs() {
      return runs;
    }
  }

  /** A page of {@code crew} shows its job with what was told until {@code told}. */
  public static Command.Details shown(String job, String crew, Instant told) {
    return new Command.Details(job, crew, null, told, null, null);
  }

  /** But for when it was decided: what a crash kept from the state is decided again. */
  public static AlertEvent withoutAt(AlertEvent e) {
    return new AlertEvent(
        e.id(),
        e.kind(),
        null,
        e.time(),
        e.signal(),
        e.command(),
        e.by(),
        e.note(),
        e.arrivalMs(),
        e.alert(),
        e.job());
  }
}
