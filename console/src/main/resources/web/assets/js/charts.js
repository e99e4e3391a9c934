// What the chart and the trend are told about an alert or a sensor.
import { coming, direction, expected, isOver, isRate, isSilence, marks, number, severity } from "./alerts.js";
import { history } from "./series.js";
import { now, state, zone } from "./store.js";
import { MINUTE, ms } from "./time.js";
import { eventText, quantityName, unitOf } from "./phrases.js";
import { t } from "./words.js";

/** The limits of a rule, a level each; a rule's own severity recolours them all. */
export function ruleLimits(rule) {
  const levels = rule?.condition?.levels;
  if (!levels || rule.condition.kind !== "threshold") return [];
  return Object.entries(levels)
    .map(([name, limit]) => ({ level: number(rule.severity ?? name), limit: limit.value ?? limit }))
    .filter((one) => typeof one.limit === "number");
}

/** Limits as a sensor's view tells them. */
export const viewLimits = (quantity) => (quantity?.limits ?? []).map((l) => ({ level: number(l.level), limit: l.limit }));

/** All known limits of an alert's quantity; before its detail is read, those the alert names. */
export function alertLimits(alert, detail) {
  const fromRule = ruleLimits(detail?.rule);
  if (fromRule.length) return fromRule;
  const view = detail?.sensor?.quantities?.find((q) => q.quantity === alert.quantity);
  const fromView = viewLimits(view);
  if (fromView.length) return fromView;
  const list = (alert.coming ?? []).map((c) => ({ level: number(c.level), limit: c.limit }));
  if (aimOf(alert) != null && !list.some((l) => l.limit === alert.limit)) {
    list.push({ level: number(alert.level ?? alert.worst) ?? severity(alert), limit: alert.limit });
  }
  return list;
}

/** The limit its values aim at; none of silence and of speed. */
function aimOf(alert) {
  return isSilence(alert) || isRate(alert) ? null : (coming(alert)?.limit ?? alert.limit);
}

export function isBelow(alert) {
  return direction(alert) === "below";
}

export function alertHistory(alert) {
  if (!alert.quantity) return { points: [], state: "read" };
  return history(state.site, alert.sensor, alert.quantity, now());
}

/** What is still ahead, for drawing: not what is due already, nor what the last value has passed. */
function ahead(alert, points, below) {
  const next = coming(alert);
  const eta = expected(alert);
  if (!next || eta.at <= now()) return null;
  const last = points.findLast(([, value, flag]) => value != null && flag !== 4);
  if (last && (below ? last[1] <= next.limit : last[1] >= next.limit)) return null;
  return { ...eta, limit: next.limit, level: number(next.level) };
}

/** The model of a row's trend. */
export function trendModel(alert) {
  const first = marks(alert)[0];
  const points = alertHistory(alert).points;
  const below = isBelow(alert);
  return {
    points,
    limit: aimOf(alert),
    below,
    level: isOver(alert) ? null : first.level ?? null,
    now: now(),
    expected: ahead(alert, points, below),
    slope: alert.slope_per_s,
    silentSince: ms(alert.silent_since) ?? (isSilence(alert) ? ms(alert.started_at) : null),
  };
}

/** The model of an alert's chart from `from` to `to`. */
export function alertChart(alert, detail, points, from, to, large) {
  const below = isBelow(alert);
  const signals = [];
  const deeds = [];
  for (const event of detail?.events ?? []) {
    if (event.by) deeds.push({ at: ms(event.time), text: event.note ? `${event.by}: ${event.note}`.slice(0, 36) : eventText(event) });
    const level = number(event.signal?.level);
    if (!level || !["forewarned", "raised", "escalated"].includes(event.kind)) continue;
    signals.push({ at: ms(event.signal.time), value: event.signal.value, level, hollow: event.kind === "forewarned" });
  }
  return {
    points, from, to, now: now(), zone: zone(), unit: unitOf(alert.quantity),
    below,
    limits: alertLimits(alert, detail),
    aim: aimOf(alert),
    expected: ahead(alert, points, below),
    slope: alert.slope_per_s,
    marks: signals,
    times: large,
    deeds: large ? deeds : [],
    zoom: null,
    label: t("chart.label", quantityName(alert.quantity, alert.family)),
  };
}

/** The span of a side chart: what led here, and what is expected. */
export const around = (at) => [at - 20 * MINUTE, at + 15 * MINUTE];
