// The pane beside the list: all that is needed to decide, without opening anything.
import { html } from "lit";
import { isAcknowledged, isSilence } from "../alerts.js";
import { alertChart, alertHistory, around, viewLimits } from "../charts.js";
import { failure, key } from "../dom.js";
import * as glyphs from "../glyphs.js";
import { eventMark, eventText, etaLines, familyName, hazardName, nameOf, quantityName, placeOf, reasons, ruleLine, sentence, signedTime, standing, steps, wordName } from "../phrases.js";
import { responseNote } from "../responding.js";
import { go, link } from "../router.js";
import { history, retrySeries } from "../series.js";
import { now, readDetail, state, zone } from "../store.js";
import { ticking } from "../ticking.js";
import { dayClock, MINUTE, ms, span } from "../time.js";
import { figure, limitFigure, t } from "../words.js";
import { crewPart, incidentPart, responseButtons, shelfPart } from "./response.js";
import { ackButton, markGlyphs, nearestQuantity, nextLimit } from "./row.js";

export const rulePart = (alert, points) => html`<section><h3>${t("h.why")}</h3>
  <p>${reasons(alert, points)}</p><p class="quiet small">${ruleLine(alert)}</p></section>`;

export function guidancePart(alert) {
  const list = steps(alert);
  return html`<section><h3>${t("h.guidance")}</h3>
    ${list.length ? html`<ol class="steps">${list.map((step) => html`<li>${step}</li>`)}</ol>` : html`<p class="quiet">${t("why.none")}</p>`}</section>`;
}

const noteOf = (event) => (event.kind === "commented" ? event.note : responseNote(event));

/** What happened, oldest first. */
export function eventsPart(detail, id) {
  if (detail?.error) return html`<section><h3>${t("h.happened")}</h3>${failure(detail.error, t("retry"), () => readDetail(id, true))}</section>`;
  return html`<section><h3>${t("h.happened")}</h3><ol class="events">${(detail?.events ?? []).map((event) => {
    const mark = eventMark(event);
    return html`<li><time>${dayClock(ms(event.time), now(), zone())}</time>
      <span class="event-mark">${mark ? glyphs.level(mark.level, { hollow: mark.hollow, size: 18 }) : ""}</span>
      <span class="event-text">${eventText(event)}${noteOf(event) ? html`<q>${noteOf(event)}</q>` : ""}</span></li>`;
  })}</ol></section>`;
}

/** The chart, or why there is none. */
export function chartPart(alert, detail, { large = false, buffer = null, from = null, to = null } = {}) {
  if (isSilence(alert) || (alert.value == null && alert.word != null)) return "";
  const series = buffer ?? alertHistory(alert);
  const [start, end] = from == null ? around(now()) : [from, to];
  if (series.state === "failed") return html`<div class="chart-box">${failure(t("chart.noSeries"), t("retry"), retrySeries)}</div>`;
  return html`<div class="chart-box"><time-chart .model=${alertChart(alert, detail, series.points, start, end, large)}></time-chart>
    ${series.state === "read" && !series.points.length ? html`<p class="chart-say">${t("chart.nothing")}</p>` : ""}</div>`;
}

/** Other quantities of the same sensor, as they are. */
function othersPart(alert, detail) {
  const others = (detail?.sensor?.quantities ?? []).filter((q) => q.quantity !== alert.quantity && (q.value != null || q.word));
  if (!others.length) return "";
  return html`<section><h3>${t("h.others")}</h3><p class="facts">${others.map((q) => html`<span>${quantityName(q.quantity, alert.family)}
    <b>${q.value != null ? figure(q.value) : wordName(q.word)}</b> ${q.unit}</span>`)}</p></section>`;
}

export function alertDetail(alert) {
  const detail = state.details.get(alert.id);
  const [line1, line2] = etaLines(alert);
  const points = alertHistory(alert).points;
  const since = dayClock(ms(alert.forewarned_at ?? alert.started_at), now(), zone());
  return html`<aside class="side" aria-label=${nameOf(alert)}><div class="side-scroll" tabindex="0">
    <header class="side-head"><div class="standing">${markGlyphs(alert, 24)}<span>${ticking(() => standing(alert))}</span></div>
      <span class="quiet small">${alert.sensor} · ${t(alert.forewarned_at ? "detail.warnedAt" : "detail.raisedAt", since)}</span></header>
    <h2>${sentence(alert)}</h2>
    <div class="big"><span class="big-time count">${ticking(() => signedTime(alert))}</span>
      <span class="big-lines"><span>${line1}</span><span class="quiet">${line2}</span></span></div>
    ${chartPart(alert, detail)}
    ${rulePart(alert, points)}
    ${crewPart(alert)}${incidentPart(alert)}${shelfPart(alert)}
    ${guidancePart(alert)}
    ${othersPart(alert, detail)}
    ${eventsPart(detail, alert.id)}
  </div>
  <footer class="side-foot">
    ${isAcknowledged(alert) || alert.state === "closed" ? "" : ackButton(alert, { shortcut: true, main: true })}
    ${responseButtons(alert)}
    <button class="button" @click=${() => go(link(`/alerts/${encodeURIComponent(alert.id)}`))}>${t("open")} ${key("↵")}</button>
    ${isAcknowledged(alert) ? html`<span class="quiet push">${alert.acknowledged_by} · ${t("row.ackAt", dayClock(ms(alert.acknowledged_at), now(), zone()))}</span>` : ""}
  </footer></aside>`;
}

/** The same pane for a sensor that is merely near its limit. */
export function sensorDetail(view) {
  const q = nearestQuantity(view);
  const limits = viewLimits(q);
  const next = nextLimit(q);
  const buffer = history(state.site, view.id, q.quantity, now());
  const at = now();
  return html`<aside class="side" aria-label=${nameOf(view)}><div class="side-scroll" tabindex="0">
    <header class="side-head"><div class="standing">${glyphs.state("normal", { size: 24 })}<span>${familyName(view.family)}</span></div>
      <span class="quiet small">${view.id}</span></header>
    <h2>${nameOf(view)}</h2>
    <p class="quiet">${[quantityName(q.quantity, view.family), next ? `${t("h.limits")} ${limitFigure(next.limit)} ${q.unit}` : "", hazardName(view.hazard_class)].filter(Boolean).join(" · ")}</p>
    <div class="chart-box"><time-chart .model=${{
      points: buffer.points, from: at - 40 * MINUTE, to: at + MINUTE, now: at, zone: zone(), unit: q.unit, limits,
      below: next?.direction.toLowerCase() === "below", aim: next?.limit ?? null, expected: null, marks: [], zoom: null,
      label: t("chart.label", quantityName(q.quantity, view.family)),
    }}></time-chart></div>
    <section><h3>${t("sensors.value")}</h3><table class="mini"><tbody>${view.quantities.map((one) => html`<tr>
      <td>${quantityName(one.quantity, view.family)}</td>
      <td class="num"><b>${one.value != null ? figure(one.value) : wordName(one.word)}</b> ${one.unit}</td>
      <td class="quiet">${(one.limits ?? []).map((l) => limitFigure(l.limit)).join(" / ")}</td>
      <td class="quiet num">${one.time ? ticking(() => t("row.ago", span((now() - ms(one.time)) / 1000))) : ""}</td></tr>`)}</tbody></table></section>
    ${placeOf(view) === nameOf(view) ? "" : html`<section><p class="quiet">${placeOf(view)}</p></section>`}
  </div>
  <footer class="side-foot"><button class="button" @click=${() => go(link(`/sensors/${encodeURIComponent(view.id)}`))}>${t("open")} ${key("↵")}</button></footer></aside>`;
}

