// All sensors of the site: search, filters with counts, a table of which only the visible rows exist.
import { html } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { all } from "../api.js";
import { failure, key, loading, sized } from "../dom.js";
import * as glyphs from "../glyphs.js";
import { number } from "../alerts.js";
import { familyName, placeOf, quantityName, wordName } from "../phrases.js";
import { go, link, route } from "../router.js";
import { changed, failed, now, site, state, zone } from "../store.js";
import { dayClock, ms } from "../time.js";
import { count, figure, limitFigure, t } from "../words.js";
import { nearestQuantity, nextLimit } from "./row.js";

export const STATES = ["alert", "suspect", "stale", "never-seen", "normal"];
const filter = { q: "", family: null, state: null };
let list = { items: null, states: {}, total: 0, error: null, since: null, key: null };
let found = { key: null, families: {} }; // how many of each family the other filters leave
let request = null;
/** What is searched for; the field keeps a space that the next word may follow. */
const text = () => filter.q.trim();
let pause = null;
let top = 0;
let height = 900;
let selected = null;

const rowHeight = () => (matchMedia("(max-width: 700px)").matches ? 76 : matchMedia("(pointer: coarse)").matches ? 60 : 50);

const others = () => [state.site, text(), filter.state].join();

/** Counted while all families are shown; else unknown, but for no filter at all. */
function familyCounts() {
  if (found.key === others()) return found.families;
  return text() || filter.state ? null : (site()?.families ?? {});
}

async function read(quiet = false) {
  request?.abort();
  const mine = (request = new AbortController());
  if (!quiet) list = { ...list, since: performance.now(), error: null };
  const asked = [state.site, text(), filter.family, filter.state].join();
  if (!quiet && list.key?.split(",")[0] !== state.site) list.items = null;
  list.key = asked;
  try {
    const answer = await all("sensors", { site: state.site, ...filter, q: text(), limit: 500 }, mine.signal);
    list = { items: answer.items, states: answer.states ?? {}, total: answer.total ?? answer.items.length, error: null, since: null, key: asked };
    if (asked === [state.site, text(), null, filter.state].join()) {
      const families = {};
      for (const view of answer.items) families[view.family] = (families[view.family] ?? 0) + 1;
      found = { key: others(), families };
    }
  } catch (error) {
    if (mine.signal.aborted) return;
    failed(error, (why) => (list = { ...list, error: why, since: null }));
  }
  changed();
}

function later() {
  clearTimeout(pause);
  pause = setTimeout(read, 180);
}

/** The glyph of a sensor's state; one in alert shows its alert's level where it is known. */
export function stateGlyph(view, size = 20) {
  const label = t(`state.${view.state}`);
  if (view.state === "alert") {
    const alert = state.alerts.get(view.alert);
    const n = number(alert?.severity ?? null);
    if (n && alert.quantity) return glyphs.level(n, { size, hollow: !alert.level, label });
    return glyphs.state(alert && !alert.quantity ? "silent" : "forewarned", { size, label });
  }
  const names = { "never-seen": "never", normal: "normal", stale: "silent", suspect: "suspect" };
  return glyphs.state(names[view.state] ?? "normal", { size, label });
}

/** A value that failed its quality test is not used, and must not look as if it were. */
const measured = (q) => (q.flag === 4 ? html`<s title=${t("sensors.failed")}>${figure(q.value)}</s>` : html`<b>${figure(q.value)}</b>`);

function tableRow(view) {
  const q = nearestQuantity(view) ?? { quantity: null };
  const limit = q.value != null ? nextLimit(q) : null;
  const battery = view.quantities.find((one) => one.quantity === "battery");
  const open = () => go(link(`/sensors/${encodeURIComponent(view.id)}`));
  return html`<tr class=${view.id === selected ? "selected" : ""} @click=${open}>
    <td class="s-state">${stateGlyph(view)}<span>${t(`state.${view.state}`)}</span></td>
    <td class="s-name"><a href=${link(`/sensors/${encodeURIComponent(view.id)}`)}>${placeOf(view)}</a><span class="line2">${view.id}<span class="id narrow-only">${familyName(view.family)}</span></span></td>
    <td class="s-family">${familyName(view.family)}</td>
    <td class="s-value num">${q.value != null ? html`${measured(q)} <small>${q.unit}</small>` : q.word ? wordName(q.word) : "—"}
      <span class="line2">${q.quantity && (q.value != null || q.word) ? quantityName(q.quantity, view.family) : ""}</span></td>
    <td class="s-limit num">${limit ? html`${limit.direction.toLowerCase() === "below" ? "≤" : "≥"} ${limitFigure(limit.limit)}` : ""}
      <span class="line2">${limit && q.margin != null ? `${t("row.margin")} ${figure(q.margin)}` : ""}</span></td>
    <td class="s-battery num">${battery?.value != null ? `${figure(battery.value)} %` : ""}</td>
    <td class="s-seen num">${view.last_arrival ? dayClock(ms(view.last_arrival), now(), zone()) : html`<span class="quiet">${t("sensors.never")}</span>`}</td></tr>`;
}

function rows() {
  const each = rowHeight();
  const items = list.items;
  const first = Math.max(0, Math.floor(top / each) - 6);
  const last = Math.min(items.length, Math.ceil((top + height) / each) + 6);
  return html`<tbody><tr class="spacer" aria-hidden="true"><td colspan="7" ${sized({ height: `${first * each}px` })}></td></tr></tbody>
    <tbody>${repeat(items.slice(first, last), (view) => view.id, tableRow)}</tbody>
    <tbody><tr class="spacer" aria-hidden="true"><td colspan="7" ${sized({ height: `${(items.length - last) * each}px` })}></td></tr></tbody>`;
}

function chip(group, value, name, n) {
  return html`<button class="chip" aria-pressed=${filter[group] === value} @click=${() => {
    filter[group] = value;
    top = 0;
    document.querySelector(".table-scroll")?.scrollTo({ top: 0 });
    read();
  }}>${name} ${n == null ? "" : count(n)}</button>`;
}

function move(by) {
  if (!list.items?.length) return;
  const at = list.items.findIndex((view) => view.id === selected);
  const next = Math.min(Math.max(at + by, 0), list.items.length - 1);
  selected = list.items[next].id;
  const scroll = document.querySelector(".table-scroll");
  const y = next * rowHeight();
  if (scroll && (y < scroll.scrollTop || y + 3 * rowHeight() > scroll.scrollTop + scroll.clientHeight)) scroll.scrollTo({ top: Math.max(0, y - scroll.clientHeight / 2) });
  changed();
}

export const keys = () => [
  { key: "J", word: t("key.updown"), run: () => move(1) },
  { key: "K", hidden: true, run: () => move(-1) },
  { key: "ArrowDown", hidden: true, run: () => move(1) },
  { key: "ArrowUp", hidden: true, run: () => move(-1) },
  { key: "Enter", word: t("key.open"), run: () => selected && go(link(`/sensors/${encodeURIComponent(selected)}`)) },
  { key: "/", word: t("key.search"), run: () => document.querySelector(".search input")?.focus() },
  { key: "Escape", word: t("key.back"), fromField: true, run: () => go(link("/")) },
];

/** What R does here while something could not be read; null otherwise. */
export const retry = () => (list.error ? read : null);

export function page() {
  const asked = [state.site, text(), filter.family, filter.state].join();
  if (list.key !== asked && state.site) queueMicrotask(() => list.key !== asked && read());
  const families = Object.keys(site()?.families ?? {});
  const counts = familyCounts();
  const total = Object.values(list.states).reduce((sum, n) => sum + n, 0);
  return html`<main class="page sensors">
    <div class="toolbar two"><div class="chips" role="group" aria-label=${t("sensors.state")}>${chip("state", null, t("filter.all"), total || null)}
        ${STATES.map((name) => chip("state", name, t(`state.${name}`), list.states[name] ?? 0))}</div>
      <label class="search"><input type="text" .value=${filter.q} placeholder=${t("sensors.search")} aria-label=${t("sensors.search")} @input=${(event) => {
        filter.q = event.target.value;
        list.key = [state.site, text(), filter.family, filter.state].join();
        later();
      }}>${key("/")}</label>
      <div class="chips families" role="group" aria-label=${t("sensors.family")}>${chip("family", null, t("filter.all"), counts && Object.values(counts).reduce((sum, n) => sum + n, 0))}
        ${families.map((name) => chip("family", name, familyName(name), counts && (counts[name] ?? 0)))}</div></div>
    ${list.error ? failure(t("fail.sensors", list.error), t("retry"), () => read()) : ""}
    ${!list.items ? (list.error ? "" : loading(list.since ?? performance.now(), t("load.sensors"), 12)) : html`
      <div class="table-scroll" tabindex="-1" @scroll=${(event) => {
        top = event.currentTarget.scrollTop;
        height = event.currentTarget.clientHeight;
        changed();
      }}><table class="sensor-table"><thead><tr><th>${t("sensors.state")}</th><th>${t("sensors.sensor")}</th><th>${t("sensors.family")}</th><th class="num">${t("sensors.value")}</th>
        <th class="num">${t("sensors.limit")}</th><th class="num">${t("sensors.battery")}</th><th class="num">${t("sensors.seen")}</th></tr></thead>${rows()}</table>
        ${list.items.length ? "" : html`<p class="said">${t("sensors.none")} <button class="button slim" @click=${() => {
          Object.assign(filter, { q: "", family: null, state: null });
          read();
        }}>${t("filter.clear")}</button></p>`}</div>`}
  </main>`;
}

// States change while one looks; what is typed or scrolled is not disturbed, rows keep their order.
setInterval(() => {
  if (state.session === "in" && state.site && route.page === "sensors" && list.items && !document.hidden) read(true);
}, 10_000);
