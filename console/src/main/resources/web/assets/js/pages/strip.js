// The strip over the list: at most one loud block, the next crossing, how many of what.
import { html } from "lit";
import { counts, expected, severity } from "../alerts.js";
import { key } from "../dom.js";
import * as glyphs from "../glyphs.js";
import { mostUrgent, nextCrossing, section } from "../order.js";
import { duration, nameOf, quantityName, signedTime, unitOf, what } from "../phrases.js";
import { newInTenMinutes, now, openAlerts, state } from "../store.js";
import { ticking } from "../ticking.js";
import { before } from "../time.js";
import { count, limitFigure, t } from "../words.js";

/** The alert that may be loud: level 1, unacknowledged, past its limit or nearly so; null if none. */
export function loudest(alerts) {
  const first = mostUrgent(alerts);
  return first && severity(first) === 1 ? first : null;
}

/** How long nothing has been wrong: 1 小时 34 分 as 1:34. */
function calmFor() {
  return state.calmSince == null ? "" : t("strip.calmSince", duration((now() - state.calmSince) / 1000));
}

/** Not read is not none: while the alerts are unknown nothing may look calm. */
const unknown = () => state.loading != null || state.error != null;

function first(alerts, urgent) {
  if (unknown() && !alerts.length) {
    return html`<div class="calm"><span class="strip-time faint">—</span><span class="strip-text"><b>${t("strip.unknown")}</b></span></div>`;
  }
  const loud = loudest(alerts);
  if (loud) {
    const atOne = alerts.filter((a) => section(a) === "unacknowledged" && severity(a) === 1).length;
    return html`<button class="loud" @click=${urgent}>
      ${glyphs.level(1, { size: 30, hollow: !loud.level, label: t("strip.level", 1) })}
      <span class="strip-time count">${ticking(() => signedTime(loud))}</span>
      <span class="strip-text"><span>${quantityName(loud.quantity, loud.family)} · ${atOne > 1 ? t("strip.more", atOne) : t("strip.unacknowledged")}</span>
        <span><b title=${nameOf(loud)}>${nameOf(loud)}</b></span></span>${key("G")}</button>`;
  }
  if (!alerts.length) {
    return html`<div class="calm"><span class="strip-time">${t("strip.calm")}</span>
      <span class="strip-text"><span class="quiet">${ticking(calmFor)}</span><span>${t("strip.calmAhead")}</span></span></div>`;
  }
  const waiting = alerts.filter((alert) => ["unacknowledged", "cleared"].includes(section(alert)));
  const head = mostUrgent(alerts);
  if (!waiting.length) {
    return html`<div class="calm"><span class="strip-text"><b class="mid">${t("strip.allInHand")}</b>
      <span class="quiet">${t("strip.open", alerts.length)}</span></span></div>`;
  }
  return html`<button class="calm" @click=${urgent}><span class="strip-time">${waiting.length}</span>
    <span class="strip-text"><span>${t("strip.waiting")}</span>
      <span>${head ? html`<b>${nameOf(head)}</b> ${what(head)}` : ""}</span></span>${head ? key("G") : ""}</button>`;
}

function next(alerts, choose) {
  const alert = nextCrossing(alerts, now());
  if (!alert) return alerts.length ? html`<div class="next"><span class="quiet">${t("strip.noNext")}</span></div>` : "";
  const { level, limit } = alert.coming[0];
  const n = { critical: 1, alarm: 2, warn: 3, notice: 4 }[level];
  return html`<button class="next" @click=${() => choose(alert.id)}>
    <span class="strip-time count">${ticking(() => before(expected(alert).at - now()))}</span>
    <span class="strip-text"><span class="next-head">${glyphs.level(n, { hollow: true, size: 17, label: t("strip.level", n) })} ${t("strip.next")} → ${limitFigure(limit)} ${unitOf(alert.quantity)}</span>
      <span><b title=${nameOf(alert)}>${nameOf(alert)}</b></span></span></button>`;
}

/** @param urgent goes to the most urgent alert; choose selects one */
export function strip({ urgent, choose }) {
  const alerts = openAlerts();
  const { byLevel, forewarned } = counts(alerts);
  const states = state.heartbeat?.states ?? {};
  const fresh = newInTenMinutes();
  const one = (glyph, n, word) => html`<span class="tally ${n ? "" : "zero"}">${glyph}<b>${unknown() && !alerts.length ? "—" : count(n)}</b>${word ? html` <small>${word}</small>` : ""}</span>`;
  return html`<div class="strip">
    ${first(alerts, urgent)} ${next(alerts, choose)}
    <div class="tallies">
      ${[1, 2, 3, 4].map((n) => one(glyphs.level(n, { size: 22, grey: !byLevel[n], label: t("strip.level", n) }), byLevel[n]))}
      ${one(glyphs.state("forewarned", { size: 22, label: t("strip.forewarned") }), forewarned, t("strip.forewarned"))}
      ${one(glyphs.state("silent", { size: 22, label: t("strip.silent") }), states.stale ?? 0, t("strip.silent"))}
      ${one(glyphs.state("suspect", { size: 22, label: t("strip.suspect") }), states.suspect ?? 0, t("strip.suspect"))}
      <span class="rate"><span>${t("strip.rate")}</span><span>${t("strip.rateLine", unknown() && !alerts.length ? "—" : fresh)}</span></span>
    </div></div>`;
}
