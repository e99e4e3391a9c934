// A row of the live list: an alert, or a sensor that is near its limit.
import { html } from "lit";
import { classMap } from "lit/directives/class-map.js";
import { isAcknowledged, isForewarned, isOver, isSilence, isSuspect, marks, severity, standsSince } from "../alerts.js";
import { trendModel } from "../charts.js";
import { key } from "../dom.js";
import * as glyphs from "../glyphs.js";
import { aside, currentValue, duration, limitText, nameOf, placeOf, placeParts, quantityName, signedTime, underTime, unitOf, what, wordName } from "../phrases.js";
import { arrivalText, incidentJob, jobText, openJob } from "../responding.js";
import { link } from "../router.js";
import { history } from "../series.js";
import { acknowledge, now, serverNow, state, valueOf, zone } from "../store.js";
import { ticking } from "../ticking.js";
import { dayClock, ms, span } from "../time.js";
import { figure, limitFigure, pick, t } from "../words.js";

/** The glyphs of an alert, named for those who hear the page. */
export function markGlyphs(alert, size = 26) {
  return marks(alert).map((mark) => {
    if (mark.kind !== "level") return glyphs.state(mark.kind, { size, label: t({ silent: "strip.silent", suspect: "strip.suspect", shelved: "strip.shelved" }[mark.kind] ?? "detail.cleared") });
    const label = t("strip.level", mark.level) + (mark.hollow ? ` ${t("strip.forewarned")}` : "");
    return glyphs.level(mark.level, { hollow: mark.hollow, size, label });
  });
}

/** 确认, or that it is under way, or why it was refused. */
export function ackButton(alert, { shortcut = false, main = false } = {}) {
  const pending = state.pending.get(alert.id);
  const waiting = pending && !pending.error;
  return html`<button class="button ${main ? "main" : ""}" ?disabled=${waiting} title=${pending?.error ?? ""}
    aria-label=${`${t("acknowledge.long")} ${nameOf(alert)}`}
    @click=${(event) => {
      event.stopPropagation();
      acknowledge(alert.id);
    }}>${waiting ? t("acknowledge.sending") : t("acknowledge")}${shortcut && !waiting ? key("A") : ""}</button>`;
}

/** The word of its crew that nobody has seen. */
function saidLine(alert) {
  const said = (alert.jobs ?? []).find((job) => job.said)?.said ?? incidentJob(alert)?.job.said;
  return said ? t("job.saidShort", said.by, said.text) : "";
}

/** When the crew that is sent will be there, and who it is: a narrow column cuts the end off. Empty where there is none. */
function crewLine(alert) {
  const job = openJob(alert) ?? incidentJob(alert)?.job;
  if (!job) return "";
  const crew = job.crew ? `${pick(job.crew_name)} ${jobText(job)}` : t("job.unassigned");
  return [arrivalText(alert, job), crew].filter(Boolean).join(t("comma"));
}

function owner(alert, selected) {
  const said = saidLine(alert);
  const crew = said || crewLine(alert);
  const line2 = said ? "line2 strong" : "line2";
  if (isAcknowledged(alert)) {
    return html`<div class="own"><span class="line1">${alert.acknowledged_by}</span>
      <span class=${line2} title=${[said, crewLine(alert)].filter(Boolean).join(" · ")}>${crew || t("row.ackAt", dayClock(ms(alert.acknowledged_at), serverNow(), zone()))}</span></div>`;
  }
  if (alert.state === "closed") return html`<div class="own"><span class="line1 quiet">${t("row.closed")}</span><span class=${line2} title=${[said, crewLine(alert)].filter(Boolean).join(" · ")}>${crew}</span></div>`;
  const error = state.pending.get(alert.id)?.error;
  return html`<div class="own"><div class="own-text"><span class="line1">${t("row.nobody")}</span>
      <span class=${line2} title=${[said, crewLine(alert)].filter(Boolean).join(" · ")}>${(error ?? crew) || ticking(() => t("row.waited", span((now() - (ms(alert.cleared_at) ?? standsSince(alert))) / 1000)))}</span></div>
    ${ackButton(alert, { shortcut: selected })}</div>`;
}

function valueCell(alert) {
  if (isSilence(alert)) return html`<div class="val"></div>`;
  if (alert.value == null) return html`<div class="val"><span class="line1"><b>${wordName(alert.word)}</b></span></div>`;
  return html`<div class="val"><span class="line1"><b>${figure(isOver(alert) ? alert.value : currentValue(alert))}</b> <small>${unitOf(alert.quantity)}</small></span>
    <span class="line2 ${alert.silent_since ? "strong" : ""}">${alert.silent_since
      ? ticking(() => t("row.ago", span((now() - heardAt(alert)) / 1000)))
      : limitText(alert)}</span></div>`;
}

/** When its last value was measured; of a sensor nothing was heard of since, when it went silent. */
function heardAt(alert) {
  return ms(valueOf(alert.sensor, alert.quantity)?.time) ?? ms(alert.silent_since);
}

/** @param on {select, isSelected} */
export function alertRow(alert, { selected, choose }) {
  const open = !isAcknowledged(alert) && !isOver(alert);
  const level = isSilence(alert) || isSuspect(alert) ? "none" : severity(alert);
  const beside = aside(alert);
  return html`<li class=${classMap({
      row: true, selected, unacknowledged: open, coming: isForewarned(alert), [`edge-${level}`]: true, "is-over": isOver(alert),
    })} id=${`row-${alert.id}`} aria-current=${selected ? "true" : "false"} @click=${() => choose(alert.id)}>
    <div class="gly">${markGlyphs(alert)}</div>
    <div class="what"><span class="line1 flexed"><a class="name" href=${link(`/alerts/${encodeURIComponent(alert.id)}`)}
        @click=${(event) => event.detail === 1 && event.preventDefault()}
        @dblclick=${() => choose(alert.id, true)}>${what(alert)}</a>${beside ? html`<span class="aside" title=${beside}>${beside}</span>` : ""}</span>
      ${whereLine(alert, alert.sensor)}</div>
    ${valueCell(alert)}
    <row-trend .model=${trendModel(alert)}></row-trend>
    <div class="tim"><span class="line1 count">${ticking(() => signedTime(alert))}</span>
      <span class="line2">${ticking(() => underTime(alert))}</span></div>
    ${owner(alert, selected)}
  </li>`;
}

/** Of a sensor's quantities the one nearest to its limit. */
export function nearestQuantity(view) {
  const known = view.quantities.filter((q) => q.margin != null);
  return known.sort((a, b) => (a.margin_share ?? 9) - (b.margin_share ?? 9))[0] ?? view.quantities[0];
}

/** The limit that comes next: the one whose distance is the margin. */
export function nextLimit(q, value = q.value) {
  const ahead = (q.limits ?? []).filter((l) => (l.direction.toLowerCase() === "below" ? l.limit < value : l.limit > value));
  return ahead.sort((a, b) => Math.abs(a.limit - value) - Math.abs(b.limit - value))[0] ?? null;
}

/**
 * Per second over the last ten minutes, by least squares: {slope, sure}; sure is false where the
 * slope is no more than noise (under four standard errors). Null of fewer than four readings.
 */
export function pace(points, at) {
  const last = points.filter(([t0, v, flag]) => v != null && flag !== 4 && t0 >= at - 600_000);
  if (last.length < 4) return null;
  const n = last.length;
  const mt = last.reduce((s, p) => s + p[0], 0) / n;
  const mv = last.reduce((s, p) => s + p[1], 0) / n;
  let over = 0;
  let under = 0;
  for (const [t0, v] of last) {
    over += (t0 - mt) * (v - mv);
    under += (t0 - mt) ** 2;
  }
  if (!under) return null;
  const slope = over / under;
  const squares = last.reduce((s, [t0, v]) => s + (v - mv - slope * (t0 - mt)) ** 2, 0);
  const error = Math.sqrt(squares / Math.max(n - 2, 1) / under);
  return { slope: slope * 1000, sure: Math.abs(slope) > 4 * error };
}

function paceWords(points, margin, limit, below) {
  const found = pace(points, now());
  if (!found) return t("row.noTrend");
  const { slope, sure } = found;
  const towards = below ? -slope : slope;
  const seconds = margin / Math.abs(slope);
  if (!sure || Math.abs(slope) * 3600 < Math.abs(limit) * 0.02 || seconds > 86_400) return t("row.steady");
  if (towards < 0) return t("row.recedes");
  return t("row.approaches", duration(seconds));
}

/** A sensor that is near its limit, while nothing is wrong. */
export function nearRow(view, { selected, choose }) {
  const q = nearestQuantity(view);
  const heard = valueOf(view.id, q.quantity);
  const value = heard?.value ?? q.value;
  const limit = nextLimit(q, value);
  const below = limit?.direction.toLowerCase() === "below";
  const buffer = history(state.site, view.id, q.quantity, now());
  const margin = limit ? Math.abs(limit.limit - value) : null;
  return html`<li class=${classMap({ row: true, near: true, selected, "edge-none": true })} id=${`row-sensor ${view.id}`}
      aria-current=${selected ? "true" : "false"} @click=${() => choose(`sensor ${view.id}`)}>
    <div class="gly">${glyphs.state("normal", { label: t("state.normal") })}</div>
    <div class="what"><span class="line1"><a class="name" href=${link(`/sensors/${encodeURIComponent(view.id)}`)}
      @click=${(event) => event.detail === 1 && event.preventDefault()}
      @dblclick=${() => choose(`sensor ${view.id}`, true)}>${quantityName(q.quantity, view.family)}</a></span>
      ${whereLine(view, view.id)}</div>
    <div class="val"><span class="line1"><b>${figure(value)}</b> <small>${q.unit}</small></span>
      <span class="line2">${limit ? `${below ? "≤" : "≥"} ${limitFigure(limit.limit)}` : ""}</span></div>
    <row-trend .model=${{ points: buffer.points, limit: limit?.limit ?? null, below, level: null, now: now(), expected: null, silentSince: null }}></row-trend>
    <div class="tim"><span class="line1">${margin == null ? "—" : figure(margin)} <small>${q.unit}</small></span>
      <span class="line2">${t("row.margin")}</span></div>
    <div class="own"><span class="line1 quiet">${limit ? paceWords(buffer.points, margin, limit.limit, below) : ""}</span></div>
  </li>`;
}

/** Where it is: when room is short the community goes first, and an id that is the only name stands once. */
function whereLine(thing, id) {
  const { area, name } = placeParts(thing);
  return html`<span class="line2 where" title=${placeOf(thing)}>${area ? html`<span class="area">${area} · </span>` : ""}<span class="flexed">${name === id ? "" : html`<span class="place">${name}</span>`}<span class="id ${name === id ? "alone" : ""}">${id}</span></span></span>`;
}
