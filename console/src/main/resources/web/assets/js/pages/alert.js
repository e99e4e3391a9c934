// One alert: how it came about, what is expected, what to do, what was done.
import { html } from "lit";
import { expected, isAcknowledged, isFold, isSilence, isSystem } from "../alerts.js";
import { newKey } from "../api.js";
import { failure, key, loading } from "../dom.js";
import { etaLines, hazardName, familyName, limitText, placeOf, quantityName, sentence, signedTime, standing, unitOf, underTime, currentValue } from "../phrases.js";
import { go, link, route } from "../router.js";
import { readSeries, STORE_LAG_MS } from "../series.js";
import { acknowledge, changed, comment, failed, now, readDetail, state, valueOf, zone } from "../store.js";
import { ticking } from "../ticking.js";
import { dayClock, MINUTE, ms } from "../time.js";
import { figure, t } from "../words.js";
import { closeForm, crewPart, incidentPart, isFormOpen, reset as resetAlert, responseButtons, responseKeys, shelfPart } from "./response.js";
import { toldPart } from "./told.js";
import { ackButton, markGlyphs } from "./row.js";
import { chartPart, eventsPart, guidancePart, rulePart } from "./detail.js";

let series = null; // {id, points, state}
let draft = { id: null, text: "", key: null, said: "", sending: false };

/** From well before it began; until now, or until it was over. */
function range(alert) {
  const began = ms(alert.started_at);
  const eta = expected(alert);
  const over = ms(alert.cleared_at);
  const end = over != null && isAcknowledged(alert) ? over + 10 * MINUTE : now();
  const from = Math.min(began - 10 * MINUTE, end - 20 * MINUTE);
  const ahead = eta ? Math.max(15 * MINUTE, Math.min((eta.high ?? eta.at) - end + 3 * MINUTE, 40 * MINUTE)) : Math.max(2 * MINUTE, (end - from) * 0.06);
  return [from, end + ahead];
}

async function read(alert, again = false) {
  const [from, to] = range(alert);
  if (!again) series = { id: alert.id, points: [], state: "loading" };
  const mine = series;
  try {
    const points = await readSeries(state.site, alert.sensor, alert.quantity, from, Math.min(to, now() + 1000), 900);
    const last = points.at(-1)?.[0] ?? 0;
    mine.points = points.concat(mine.points.filter(([at]) => at > last));
    mine.state = "read";
    // The page may be opened before the store has what led to the alert.
    if (!again && last < now() - STORE_LAG_MS) setTimeout(() => series === mine && read(alert, true), STORE_LAG_MS);
  } catch (error) {
    mine.state = "failed";
    failed(error, () => {});
  }
  changed();
}

/** Adds what the stream brought since. */
function follow(alert) {
  const heard = valueOf(alert.sensor, alert.quantity);
  const at = heard && ms(heard.time);
  if (heard?.value != null && series.state === "read" && at > (series.points.at(-1)?.[0] ?? 0)) series.points.push([at, heard.value, heard.flag]);
}

async function send(alert, event) {
  event.preventDefault();
  const note = draft.text.trim();
  if (!note || draft.sending) return;
  // The same key until it is through: a second press cannot say it twice.
  draft.key ??= newKey();
  draft.sending = true;
  changed();
  const why = await comment(alert.id, note, draft.key);
  draft = why ? { ...draft, said: t("fail.comment", why), sending: false } : { id: alert.id, text: "", key: null, said: "", sending: false };
  changed();
}

function composer(alert) {
  if (draft.id !== alert.id) draft = { id: alert.id, text: "", key: null, said: "", sending: false };
  return html`<form class="composer" @submit=${(event) => send(alert, event)}>
    ${draft.said ? html`<p class="small" role="alert">${draft.said}</p>` : ""}
    <div class="composer-line"><input type="text" maxlength="2000" .value=${draft.text} placeholder=${t("comment.placeholder")}
      aria-label=${t("comment.placeholder")} @input=${(event) => {
        draft.text = event.target.value;
        draft.key = null;
      }}>
    <button class="button" ?disabled=${draft.sending}>${t("comment.send")} ${key("↵")}</button></div></form>`;
}

/** R, where nothing is missing. */
export const reset = () => resetAlert(state.alerts.get(route.id));

export const keys = () => [
  { key: "Escape", word: t("key.back"), fromField: true, run: () => (isFormOpen() ? closeForm() : go(link("/"))) },
  ...responseKeys(state.alerts.get(route.id)),
  { key: "A", word: t("key.acknowledge"), run: () => acknowledge(route.id) },
  { key: "C", word: t("key.comment"), run: () => document.querySelector(".composer input")?.focus() },
];

export function page() {
  const id = route.id;
  queueMicrotask(() => readDetail(id));
  const detail = state.details.get(id);
  const alert = state.alerts.get(id) ?? detail?.alert;
  if (!alert) {
    if (detail?.error) return html`<main class="page">${failure(detail.missing ? t("alert.none") : t("fail.alerts", detail.error), t("retry"), () => readDetail(id, true))}
      <p class="pad"><a class="button" href=${link("/")}>${t("alert.back")}</a></p></main>`;
    return html`<main class="page">${loading(detail?.loading ?? performance.now(), t("load.alerts"), 6)}</main>`;
  }
  if (alert.quantity && alert.value != null) {
    if (series?.id !== id) queueMicrotask(() => series?.id !== id && read(alert));
    else follow(alert);
  }
  const [from, to] = range(alert);
  const own = series?.id === id ? series : { points: [], state: "loading" };
  const unit = unitOf(alert.quantity);
  const [line1, line2] = etaLines(alert);
  return html`<main class="incident">
    <header class="incident-head">
      <div class="incident-marks">${markGlyphs(alert, 30)}</div>
      <div class="incident-title"><h1>${sentence(alert)}</h1>
        <p>${isSilence(alert) || alert.value == null ? "" : html`<b>${figure(currentValue(alert))} ${unit}</b> ${limitText(alert)} · `}${ticking(() => standing(alert))}</p>
        <p class="quiet">${[placeOf(alert), familyName(alert.family), hazardName(alert.hazard_class)].filter(Boolean).join(" · ")} ·
          ${isFold(alert) || isSystem(alert) ? alert.sensor : html`<a href=${link(`/sensors/${encodeURIComponent(alert.sensor)}`)}>${alert.sensor}</a>`}</p></div>
      <div class="incident-time"><span class="big-time count">${ticking(() => signedTime(alert))}</span>
        <span class="quiet">${ticking(() => underTime(alert))}</span></div>
      <div class="incident-own"><span class="quiet small">${t("alert.owner")}</span>
        <b>${alert.acknowledged_by ?? t("row.nobody")}</b>
        <span class="quiet small">${alert.acknowledged_at ? t("row.ackAt", dayClock(ms(alert.acknowledged_at), now(), zone())) : ""}</span></div>
    </header>
    <div class="incident-body">
      <div class="incident-main">
        ${isSilence(alert) ? "" : html`<h3 class="chart-title">${quantityName(alert.quantity, alert.family)}${unit ? `, ${unit}` : ""}
          <span class="quiet">${line1}${line2 ? ` · ${line2}` : ""}</span></h3>`}
        <div class="incident-chart">${chartPart(alert, detail, { large: true, buffer: own, from, to })}</div>
        <div class="incident-why">${rulePart(alert, own.points)}</div>
        <div class="incident-actions">${isAcknowledged(alert) || alert.state === "closed" ? "" : ackButton(alert, { shortcut: true, main: true })}
          ${responseButtons(alert)}
          <button class="button" @click=${() => document.querySelector(".composer input")?.focus()}>${t("comment.button")} ${key("C")}</button>
          <a class="button" href=${link("/")}>${t("alert.back")} ${key("Esc")}</a>
          ${state.pending.get(id)?.error ? html`<span role="alert">${t("fail.command", state.pending.get(id).error)}</span>` : ""}</div>
      </div>
      <aside class="incident-side" aria-label=${t("h.happened")}><div class="side-scroll" tabindex="0">${crewPart(alert)}${incidentPart(alert)}${shelfPart(alert)}${guidancePart(alert)}${toldPart(detail)}${eventsPart(detail, id)}</div>${composer(alert)}</aside>
    </div></main>`;
}
