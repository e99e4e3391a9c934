package org.minusone.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.minusone.model.Alert;
import org.minusone.model.AlertEvent;
import org.minusone.model.AlertEventKind;
import org.minusone.model.AlertState;
import org.minusone.model.Command;
import org.minusone.model.Job;
import org.minusone.model.Level;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.Shelf;
import org.minusone.model.Signal;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.Text;
import org.minusone.model.codec.Json;

/**
 * Tells one alert's life event by event, as alerting would; each event carries the alert after it.
 */
final class AlertStory {
  private Alert alert;

  AlertStory(FakeSite catalog, SiteId site, String sensorId, String ruleName, Instant start) {
    SiteVersion version = catalog.live(site).orElseThrow();
    Sensor sensor = version.sensor(new SensorId(sensorId)).orElseThrow();
    Rule rule = version.rule(ruleName).orElseThrow();
    alert =
        new Alert(
            Signal.alertId(new SensorKey(site, sensor.id()), ruleName, start.toEpochMilli()),
            0,
            site,
            sensor.id(),
            sensor.family(),
            sensor.name(),
            sensor.place(),
            sensor.hazardClass(),
            ruleName,
            1,
            rule.quantity(),
            AlertState.FOREWARNED,
            null,
            null,
            null,
            List.of(),
            null,
            null,
            null,
            null,
            0,
            start,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            false,
            false,
            rule.guidance(),
            rule.because(),
            rule.condition() instanceof Rule.Threshold t ? t.direction() : null,
            null,
            null,
            rule.condition().kind(),
            null,
            null,
            false,
            null,
            null,
            List.of(),
            false,
            List.of());
  }

  Alert alert() {
    return alert;
  }

  String id() {
    return alert.id();
  }

  /** What alerting says of a job after a command. */
  AlertEvent job(Command command, AlertEventKind kind, Job job) {
    with("jobs", List.of(job));
    return ofJob(command, kind, null, job.id());
  }

  AlertEvent refused(Command command, String why) {
    with("jobs", alert.jobs());
    return ofJob(command, AlertEventKind.REFUSED, why, command.more().job());
  }

  AlertEvent resend(Command c) {
    with("jobs", alert.jobs());
    return ofJob(c, AlertEventKind.RESEND, c.more().delivery(), null);
  }

  AlertEvent shelved(Command c) {
    with("shelf", new Shelf(c.by(), c.at(), c.more().until(), c.note()));
    return ofJob(c, AlertEventKind.SHELVED, c.note(), null);
  }

  private AlertEvent ofJob(Command c, AlertEventKind kind, String note, String job) {
    return new AlertEvent(
        alert.id() + "#" + alert.revision(),
        kind,
        c.at(),
        c.at(),
        null,
        c.id(),
        c.by(),
        note,
        0,
        alert,
        job);
  }

  /** The next revision, one thing changed. */
  private void with(String field, Object value) {
    ObjectNode json = Json.MAPPER.valueToTree(alert);
    json.put("revision", alert.revision() + 1);
    json.set(field, Json.MAPPER.valueToTree(value));
    alert = Json.MAPPER.convertValue(json, Alert.class);
  }

  Quantity quantity() {
    return alert.quantity();
  }

  AlertEvent forewarned(Instant at, Level to, double limit, double value, Duration eta) {
    double s = eta.toMillis() / 1000.0;
    Alert.Coming coming =
        new Alert.Coming(to, limit, at, at, s, s * 0.57, s * 1.96, null, "gated-damped-holt");
    boolean isFirst = alert.forewarnedAt() == null;
    alert =
        change(
            AlertState.FOREWARNED,
            null,
            alert.worst(),
            to,
            List.of(coming),
            limit,
            value,
            (limit - value) / s,
            isFirst ? at : alert.forewarnedAt(),
            null,
            null,
            null,
            null,
            null);
    return event(
        isFirst ? AlertEventKind.FOREWARNED : AlertEventKind.UPDATED, at, null, null, null);
  }

  AlertEvent raised(Instant at, Level level, double limit, double value) {
    boolean isFirst = alert.level() == null;
    alert =
        change(
            AlertState.ACTIVE,
            level,
            level,
            level,
            List.of(),
            limit,
            value,
            alert.slopePerS(),
            alert.forewarnedAt(),
            isFirst ? at : alert.crossedAt(),
            null,
            alert.acknowledgedAt(),
            alert.acknowledgedBy(),
            null);
    return event(isFirst ? AlertEventKind.RAISED : AlertEventKind.ESCALATED, at, null, null, null);
  }

  AlertEvent acknowledged(Command command) {
    alert =
        change(
            alert.state() == AlertState.CLEARED ? AlertState.CLOSED : alert.state(),
            alert.level(),
            alert.worst(),
            alert.severity(),
            alert.coming(),
            alert.limit(),
            alert.value(),
            alert.slopePerS(),
            alert.forewarnedAt(),
            alert.crossedAt(),
            alert.clearedAt(),
            command.at(),
            command.by(),
            alert.state() == AlertState.CLEARED ? "recovered" : null);
    return event(AlertEventKind.ACKNOWLEDGED, command.at(), command.id(), command.by(), null);
  }

  /** As alerting tells it of one that is over: the last event alone carries the command. */
  List<AlertEvent> acknowledgedAndClosed(Command command) {
    acknowledged(command);
    with("state", AlertState.CLEARED);
    AlertEvent first =
        event(AlertEventKind.ACKNOWLEDGED, command.at(), command.id(), command.by(), null);
    with("state", AlertState.CLOSED);
    return List.of(
        first.withoutCommand(),
        event(AlertEventKind.CLOSED, command.at(), command.id(), command.by(), null));
  }

  AlertEvent commented(Command command) {
    same();
    return event(
        AlertEventKind.COMMENTED, command.at(), command.id(), command.by(), command.note());
  }

  AlertEvent cleared(Instant at, double value) {
    boolean isKnown = alert.isAcknowledged();
    alert =
        change(
            isKnown ? AlertState.CLOSED : AlertState.CLEARED,
            null,
            alert.worst(),
            alert.worst(),
            List.of(),
            alert.limit(),
            value,
            null,
            alert.forewarnedAt(),
            alert.crossedAt(),
            at,
            alert.acknowledgedAt(),
            alert.acknowledgedBy(),
            isKnown ? "recovered" : null);
    return event(isKnown ? AlertEventKind.CLOSED : AlertEventKind.CLEARED, at, null, null, null);
  }

  AlertEvent withdrawn(Instant at) {
    alert =
        change(
            AlertState.CLOSED,
            null,
            null,
            alert.severity(),
            List.of(),
            alert.limit(),
            alert.value(),
            null,
            alert.forewarnedAt(),
            null,
            at,
            null,
            null,
            "withdrawn");
    return event(AlertEventKind.CLOSED, at, null, null, null);
  }

  private void same() {
    alert =
        change(
            alert.state(),
            alert.level(),
            alert.worst(),
            alert.severity(),
            alert.coming(),
            alert.limit(),
            alert.value(),
            alert.slopePerS(),
            alert.forewarnedAt(),
            alert.crossedAt(),
            alert.clearedAt(),
            alert.acknowledgedAt(),
            alert.acknowledgedBy(),
            alert.closedBecause());
  }

  private AlertEvent event(
      AlertEventKind kind, Instant at, String command, String by, String note) {
    return new AlertEvent(
        alert.id() + "#" + alert.revision(),
        kind,
        at,
        at,
        null,
        command,
        by,
        note,
        command == null ? at.toEpochMilli() : 0,
        alert,
        null);
  }

  private Alert change(
      AlertState state,
      Level level,
      Level worst,
      Level severity,
      List<Alert.Coming> coming,
      Double limit,
      Double value,
      Double slope,
      Instant forewarnedAt,
      Instant crossedAt,
      Instant clearedAt,
      Instant acknowledgedAt,
      String acknowledgedBy,
      String closedBecause) {
    Text guidance = alert.guidance();
    return new Alert(
        alert.id(),
        alert.revision() + 1,
        alert.site(),
        alert.sensor(),
        alert.family(),
        alert.name(),
        alert.place(),
        alert.hazardClass(),
        alert.rule(),
        alert.version(),
        alert.quantity(),
        state,
        level,
        worst,
        severity,
        coming,
        limit,
        value,
        null,
        slope,
        24,
        alert.startedAt(),
        forewarnedAt,
        crossedAt,
        clearedAt,
        acknowledgedAt,
        acknowledgedBy,
        null,
        closedBecause,
        false,
        false,
        guidance,
        alert.because(),
        alert.direction(),
        crossedAt,
        forewarnedAt,
        alert.kind(),
        alert.group(),
        alert.foldedInto(),
        alert.latched(),
        alert.shelf(),
        alert.incident(),
        alert.turns(),
        alert.chattering(),
        alert.jobs());
  }
}
