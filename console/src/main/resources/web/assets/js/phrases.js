// Alerts and sensors in words: the same sentence on every page.
import { coming, direction, expected, isFold, isForewarned, isOver, isRate, isSilence, isSuspect, isSystem, number, severity, standsSince } from "./alerts.js";
import { responseText } from "./responding.js";
import { now, valueOf, zone } from "./store.js";
import { before, clock, dayClock, ms, past, span } from "./time.js";
import { figure, has, limitFigure, pick, t } from "./words.js";

const UNITS = {
  depth: "cm", "residual-current": "mA", temperature: "°C", voltage: "V", current: "A", load: "%",
  arc: "/s", pressure: "MPa", level: "%", humidity: "%", gas: "%LEL", obscuration: "dB/m", battery: "%",
};

export const unitOf = (quantity) => UNITS[quantity] ?? "";

export function quantityName(quantity, family) {
  if (!quantity) return t("row.silence");
  const own = `q.${quantity}.${family}`;
  return has(own) ? t(own) : has(`q.${quantity}`) ? t(`q.${quantity}`) : quantity;
}

export const wordName = (word) => (has(`w.${word}`) ? t(`w.${word}`) : (word ?? "—"));
export const hazardName = (name) => (!name ? "" : has(`hazard.${name}`) ? t(`hazard.${name}`) : name);
export const familyName = (family) => (has(`family.${family}`) ? t(`family.${family}`) : family);

/** 1 小时 34 分, roughly enough to be said. */
export function duration(seconds) {
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 60) return t("duration.minutes", minutes);
  if (minutes < 1440) return t("duration.hours", Math.floor(minutes / 60), minutes % 60);
  return t("duration.days", Math.round(minutes / 1440));
}

/** What it is called on site; a sensor admitted in a run has no name but its id. */
export function nameOf(thing) {
  const name = pick(thing.name);
  if (name) return name;
  const place = thing.place;
  const where = place ? [pick(place.building), place.floor].filter(Boolean).join(" ") : "";
  return where || String(thing.sensor ?? thing.id);
}

/** 福保 and 市花路 6 号仓 2 库: apart, because the name is what tells one from its neighbour. */
export function placeParts(thing) {
  const community = pick(thing.place?.community);
  const name = nameOf(thing);
  return { area: community && !name.startsWith(community) ? community : "", name };
}

/** 福保 · 市花路 6 号仓 2 库, for the second line. */
export function placeOf(thing) {
  const { area, name } = placeParts(thing);
  return area ? `${area} · ${name}` : name;
}

/** The newest value heard, else the alert's own. */
export function currentValue(alert) {
  const heard = alert.quantity ? valueOf(alert.sensor, alert.quantity) : null;
  return heard && heard.flag !== 4 && heard.value != null ? heard.value : alert.value;
}

export function what(alert) {
  const name = quantityName(alert.quantity, alert.family);
  if (isSystem(alert)) return t(`system.${alert.rule}`);
  if (isFold(alert)) return t("row.groupSilent", alert.group?.count, alert.group?.out_of);
  if (isOver(alert)) return t("row.cleared", name);
  if (isSuspect(alert)) return t("row.suspect", name);
  if (isSilence(alert) && alert.quantity) return t("row.mute", name);
  return isForewarned(alert) ? t("row.forewarned", name) : name;
}

/** What stands beside the name: a fact that changes how the row is read. */
export function aside(alert) {
  if (isFold(alert)) return "";
  if (alert.group) return t("row.together", pick(alert.group.name), alert.group.count);
  if (alert.silent_since && !isSilence(alert)) return t("row.laterSilent");
  const next = coming(alert);
  if (alert.level && next && number(next.level) < number(alert.level)) {
    return t("row.reachedComing", number(alert.level), number(next.level));
  }
  if (alert.late) return t("row.late");
  if (alert.delayed) return t("row.delayed");
  return hazardName(alert.hazard_class);
}

/** +4.6 °C: how much it changes in a minute, as its last signal had it. */
function pace(alert, slope = alert.slope_per_s) {
  const change = Number((slope * 60).toPrecision(2));
  return `${change > 0 ? "+" : ""}${figure(change)} ${unitOf(alert.quantity)}`;
}

/** → 30, ≥ 30, ≤ 0.14, of a speed ≥ 4/min. */
export function limitText(alert) {
  if (isSilence(alert)) return "";
  const next = coming(alert);
  if (next) return `→ ${limitFigure(next.limit)}`;
  if (alert.limit == null) return "";
  const below = direction(alert) === "below";
  const sign = isOver(alert) ? (below ? "≥" : "≤") : below ? "≤" : "≥";
  return `${sign} ${limitFigure(alert.limit)}${isRate(alert) ? "/min" : ""}`;
}

/** −04:12, +00:12 or — ; what a row, the strip and the detail count. */
export function signedTime(alert) {
  if (isOver(alert)) return "—";
  const next = expected(alert);
  if (next) return before(next.at - now());
  return past(now() - standsSince(alert));
}

/** What stands under the time: the interval while it is ahead, the instant once it is past. */
export function underTime(alert) {
  const z = zone();
  if (isOver(alert)) return t("row.recovered", dayClock(ms(alert.cleared_at), now(), z));
  const next = expected(alert);
  if (next) {
    if (next.at < now() && next.high != null && next.high < now()) return t("row.due");
    if (next.low == null || next.high == null) return clock(next.at, z);
    const left = (at) => span(Math.max(0, (at - now()) / 1000));
    return t("row.between", left(next.low), left(next.high));
  }
  const at = dayClock(standsSince(alert), now(), z);
  return isSilence(alert) || isSuspect(alert) ? t("row.since", at) : t("row.crossed", at);
}

/** 市花路 6 号仓 2 库将到 30 °C. */
export function sentence(alert) {
  const name = nameOf(alert);
  const unit = unitOf(alert.quantity);
  if (isSystem(alert) && !isOver(alert)) return name;
  if (isOver(alert)) return t("title.over", name);
  if (isFold(alert)) return t("title.groupSilent", name, alert.group?.count, alert.group?.out_of);
  if (isSilence(alert)) {
    return t("title.silence", alert.quantity ? `${name} ${quantityName(alert.quantity, alert.family)}` : name);
  }
  if (alert.group) return t("title.together", pick(alert.group.name), alert.group.count);
  const next = coming(alert);
  if (next) return t("title.will", name, `${limitFigure(next.limit)}\u00a0${unit}`);
  if (alert.word != null && alert.value == null) return t("title.state", name, wordName(alert.word));
  if (isRate(alert) && alert.slope_per_s != null) {
    return t("title.rate", name, quantityName(alert.quantity, alert.family), pace(alert));
  }
  const value = `${figure(currentValue(alert))}\u00a0${unit}`;
  return t("title.has", name, quantityName(alert.quantity, alert.family), value);
}

/** What kind of thing it is now, for the head of its detail. */
export function standing(alert) {
  if (alert.state === "closed") return t("detail.closed", t(`because.${alert.closed_because}`));
  if (alert.state === "cleared") return t("detail.cleared");
  if (isSilence(alert)) return t("detail.silence");
  if (isSuspect(alert)) return t("state.suspect");
  const next = coming(alert);
  if (isForewarned(alert)) return t(next && expected(alert).at < now() ? "detail.due" : "detail.forewarned");
  const higher = next && number(next.level) < number(alert.level);
  return higher ? t("detail.activeComing", number(alert.level), number(next.level)) : t("detail.active", severity(alert));
}

/** The two lines beside the large time. */
export function etaLines(alert) {
  const z = zone();
  const at = (time) => dayClock(time, now(), z);
  if (isOver(alert)) {
    const from = ms(alert.crossed_at ?? alert.started_at);
    const to = ms(alert.cleared_at);
    return [t("eta.cleared", at(to), span((to - from) / 1000)), ""];
  }
  if (isSilence(alert)) return [t("eta.silent", at(ms(alert.started_at))), ""];
  const next = expected(alert);
  if (next) {
    const p = coming(alert).probability;
    const likely = p == null ? "" : t("eta.likely", Math.round(p * 100));
    const interval = next.low == null || next.high == null ? "" : t("eta.interval", at(next.low), at(next.high));
    return [t("eta.about", at(next.at)) + likely, interval];
  }
  const crossed = standsSince(alert);
  if (isSuspect(alert)) return [t("eta.suspect", at(crossed)), ""];
  const warned = ms(alert.level_forewarned_at);
  const lead = warned == null ? t("eta.notForewarned") : t("eta.forewarned", span((crossed - warned) / 1000));
  return [t("eta.crossed", at(crossed)), alert.quantity && alert.value != null ? lead : ""];
}

/** 规则落后超过 10 秒, and what that means. */
export const troubleText = (alert) =>
  t(`system.${alert.rule}.more`, alert.word ? t(`role.${alert.word}`) : "", alert.limit ?? 0);

/** 9 分钟升 2.5 °C，现每分钟升 0.66 °C. `points` is the history on display. */
export function reasons(alert, points) {
  const unit = unitOf(alert.quantity);
  if (alert.group) return t(isFold(alert) ? "why.groupSilent" : "why.together", members(alert.group));
  if (isSystem(alert)) return troubleText(alert);
  if (isSilence(alert)) return t("why.silence", dayClock(ms(alert.started_at), now(), zone()));
  if (alert.value == null) return t("why.state", wordName(alert.word));
  const parts = [];
  const good = points.filter(([, v, flag]) => v != null && flag !== 4);
  const last = good.at(-1);
  const first = last && good.find(([at]) => at >= last[0] - 10 * 60_000);
  if (first && last[0] - first[0] >= 60_000) {
    const change = last[1] - first[1];
    const minutes = Math.round((last[0] - first[0]) / 60_000);
    const scale = isRate(alert) ? last[1] : (alert.limit ?? last[1]);
    const small = Math.abs(change) < Math.abs(scale) * 0.005;
    const size = `${figure(Math.abs(change))} ${unit}`;
    parts.push(small ? t("why.flat", minutes) : t(change > 0 ? "why.rose" : "why.fell", minutes, size));
  }
  // The slope is that of the last signal: of the present only while a crossing is still foreseen.
  const ahead = coming(alert) || (isRate(alert) && !isOver(alert));
  if (alert.slope_per_s != null && Math.abs(alert.slope_per_s) > 0 && ahead) parts.push(t("why.pace", pace(alert)));
  if (alert.late) parts.push(t("why.late"));
  if (alert.delayed) parts.push(t("why.delayed"));
  return parts.join(t("comma"));
}

const MOST_MEMBERS = 12;

/** S-0001 smoke-obscuration、E-0210 …: who they are, the first first. */
function members(group) {
  const told = group.members.slice(0, MOST_MEMBERS).map((one) => `${one.sensor} ${one.rule}`);
  if (group.count > told.length) told.push(t("why.more", group.count - told.length));
  return told.join(t("comma"));
}

/** 规则 hazmat-temperature 第 12 版 · 方法 … · GB 17914-2013. */
export function ruleLine(alert) {
  const parts = [t("why.rule", alert.rule, alert.version)];
  const method = coming(alert)?.method;
  if (method) parts.push(method);
  if (alert.readings) parts.push(t("why.readings", alert.readings));
  if (alert.because) parts.push(alert.because);
  return parts.join(" · ");
}

/** The guidance's steps: one a line, a leading number is ours to set. */
export function steps(alert) {
  return pick(alert.guidance).split("\n").map((line) => line.replace(/^\s*(\d+[.、)]|[-•])\s*/, "").trim()).filter(Boolean);
}

/** What happened, in a line. */
export function eventText(event) {
  const alert = event.alert;
  const unit = unitOf(alert.quantity);
  const signal = event.signal;
  const measured = signal?.value ?? alert.value;
  const slope = signal?.slope_per_s ?? alert.slope_per_s;
  const fast = isRate(alert) && slope != null ? `${pace(alert, slope)}/min` : null;
  const value = fast ?? (measured != null ? `${figure(measured)} ${unit}` : wordName(signal?.word ?? alert.word));
  const limit = signal?.limit != null && alert.quantity ? `${limitFigure(signal.limit)} ${unit}` : value;
  const n = number(signal?.level ?? alert.level) ?? severity(alert);
  const eta = signal?.eta_s != null ? clock(ms(signal.time) + signal.eta_s * 1000, zone()) : "";
  switch (event.kind) {
    case "forewarned": return t("event.forewarned", limit, eta);
    case "updated": return isFold(alert) ? t("event.regrouped", alert.group.count) : t("event.updated", eta);
    case "folded": return t("event.folded");
    case "unfolded": return t("event.unfolded");
    case "raised": return isSystem(alert) ? nameOf(alert) : isFold(alert) ? t("event.groupSilent", alert.group?.count) : alert.group ? t("event.together", n, alert.group.count) : isSuspect(alert) ? t("row.suspect", value) : isSilence(alert) ? t("event.silent") : t("event.raised", n, value);
    case "escalated": return t("event.escalated", n, value);
    case "eased": return t("event.eased", number(alert.level) ?? n, value);
    case "withdrawn": return t("event.withdrawn", limit);
    case "acknowledged": return t("event.acknowledged", event.by ?? "—");
    case "commented": return event.by ?? "—";
    case "silent": return t("event.silent");
    case "reporting": return t("event.reporting");
    case "cleared": return isSystem(alert) ? t("system.over") : t("event.cleared", value);
    case "closed": return t("event.closed", t(`because.${alert.closed_because}`));
    default: return responseText(event) ?? event.kind;
  }
}

/** The glyph that belongs to an event; null for those that are no change of level. */
export function eventMark(event) {
  const n = number(event.signal?.level ?? event.alert.level);
  if (!n) return null;
  if (event.kind === "forewarned") return { level: n, hollow: true };
  if (["raised", "escalated", "eased"].includes(event.kind)) return { level: n, hollow: false };
  return null;
}
