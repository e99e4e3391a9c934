// The live list: what is wrong or about to be, the most urgent first, and all of the selected one.
import { html } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { isAcknowledged, isListed, isOpen } from "../alerts.js";
import { failure, key, loading } from "../dom.js";
import * as glyphs from "../glyphs.js";
import { arrange, HOLD_MS, mostUrgent, SECTIONS, SLOTS } from "../order.js";
import { familyName, placeOf } from "../phrases.js";
import { go, link, route } from "../router.js";
import { acknowledge, changed, load, openAlerts, readDetail, now, readNearest, state, zone } from "../store.js";
import { dayClock, ms } from "../time.js";
import { t } from "../words.js";
import { alertDetail, sensorDetail } from "./detail.js";
import { closeForm, isFormOpen, reset as resetAlert, responseKeys } from "./response.js";
import { alertRow, nearRow } from "./row.js";
import { strip } from "./strip.js";

let shown = null; // the order on display
let site = null; // whose order that is
let heldUntil = 0;
let fieldOpen = false;
let selected = null;
let family = null;
let query = "";
let above = 0; // unacknowledged rows scrolled out at the top
let timer = null;

const narrow = () => matchMedia("(max-width: 1000px)").matches;

/** Keeps every row where it is for a while: somebody is reading. */
function hold() {
  const was = performance.now() < heldUntil;
  heldUntil = performance.now() + HOLD_MS;
  clearTimeout(timer);
  timer = setTimeout(changed, HOLD_MS + 30);
  if (!was) changed();
}

const isHeld = () => fieldOpen || performance.now() < heldUntil;

function reorder() {
  heldUntil = 0;
  fieldOpen = false;
  document.activeElement?.blur?.();
  document.querySelector(".list")?.scrollTo({ top: 0 });
  changed();
}

/** Selects a row; on a phone, or when asked to, opens it. */
function choose(id, open = false) {
  selected = id;
  if (open || narrow()) openSelected();
  else hold();
  changed();
}

function openSelected() {
  if (!selected) return;
  go(link(selected.startsWith("sensor ") ? `/sensors/${encodeURIComponent(selected.slice(7))}` : `/alerts/${encodeURIComponent(selected)}`));
}

/** Shows the most urgent alert, from wherever. */
export function goUrgent() {
  const alert = mostUrgent(openAlerts()) ?? null;
  if (!alert) return;
  selected = alert.id;
  family = null;
  query = "";
  if (route.page !== "live") go(link("/"));
  else if (narrow()) openSelected();
  changed();
  requestAnimationFrame(reveal);
}

function reveal() {
  document.querySelector(".row.selected")?.scrollIntoView({ block: "nearest" });
}

function matches(alert) {
  if (family && alert.family !== family) return false;
  const wanted = query.trim().toLowerCase();
  if (!wanted) return true;
  return `${placeOf(alert)} ${alert.sensor} ${alert.acknowledged_by ?? ""}`.toLowerCase().includes(wanted);
}

/** Rows in the order they stand, for J and K. */
function walk() {
  const ids = SECTIONS.flatMap((name) => shown[name]).filter((id) => state.alerts.has(id) && matches(state.alerts.get(id)));
  return [...ids, ...(state.nearest ?? []).map((view) => `sensor ${view.id}`)];
}

function move(by) {
  const ids = walk();
  const at = ids.indexOf(selected);
  const next = ids[Math.min(Math.max(at + by, 0), ids.length - 1)];
  if (next) selected = next;
  hold();
  changed();
  requestAnimationFrame(reveal);
}

/** R, where nothing is missing. */
export const reset = () => resetAlert(state.alerts.get(selected));

export const keys = () => [
  { key: "J", word: t("key.updown"), run: () => move(1) },
  { key: "K", hidden: true, run: () => move(-1) },
  { key: "ArrowDown", hidden: true, run: () => move(1) },
  { key: "ArrowUp", hidden: true, run: () => move(-1) },
  { key: "Enter", word: t("key.open"), run: openSelected },
  { key: "A", word: t("key.acknowledge"), run: acknowledgeSelected },
  ...responseKeys(state.alerts.get(selected)),
  { key: ".", word: t("key.reorder"), run: reorder },
  { key: "/", word: t("key.search"), run: () => document.querySelector(".search input")?.focus() },
  { key: "Escape", word: t("key.back"), fromField: true, run: () => {
    if (isFormOpen()) return closeForm();
    query = "";
    family = null;
    reorder();
  } },
];

function acknowledgeSelected() {
  const alert = state.alerts.get(selected);
  if (alert && isOpen(alert) && !isAcknowledged(alert)) acknowledge(alert.id);
  hold();
}

function filters(alerts) {
  const families = [...new Set(alerts.map((alert) => alert.family))].sort();
  const chip = (value, name, n) => html`<button class="chip" aria-pressed=${family === value} @click=${() => {
    family = value;
    changed();
  }}>${name} ${n}</button>`;
  return html`<div class="chips" role="group" aria-label=${t("filter.label")}>
    ${chip(null, t("filter.all"), alerts.length)}
    ${families.map((one) => chip(one, familyName(one), alerts.filter((alert) => alert.family === one).length))}</div>`;
}

function toolbar(alerts, waiting, hiddenAbove) {
  return html`<div class="toolbar">${alerts.length ? filters(alerts) : html`<div class="chips"></div>`}
    <div class="held">${waiting ? html`<span class="quiet held-word">${t("order.held")}</span>` : ""}
      ${hiddenAbove ? html`<button class="button slim" @click=${reorder}>${t("order.above", hiddenAbove)}</button>` : ""}
      ${waiting ? html`<button class="button slim" @click=${reorder}>${t("order.changes", waiting)} ${key(".")}</button>` : ""}</div>
    <label class="search"><input type="text" .value=${query} placeholder=${t("filter.search")} aria-label=${t("filter.search")}
      @input=${(event) => {
        query = event.target.value;
        changed();
      }} @focus=${() => (fieldOpen = true)} @blur=${() => {
        fieldOpen = false;
        hold();
      }}>${key("/")}</label></div>`;
}

function sections(order) {
  const rows = (ids) => repeat(ids, (id) => id, (id) => alertRow(state.alerts.get(id), { selected: id === selected, choose }));
  return SECTIONS.map((name) => {
    const ids = order[name].filter((id) => state.alerts.has(id) && matches(state.alerts.get(id)));
    const isFirst = name === "unacknowledged";
    if (!ids.length && !isFirst) return "";
    const free = isFirst && !family && !query ? Math.max(0, SLOTS - ids.length) : 0;
    return html`<li class="section"><h2>${t(`section.${name}`)} <span class="n">${ids.length}</span></h2></li>
      ${Array.from({ length: free }, (_, i) => html`<li class="slot" aria-hidden="true">${i === free - 1 ? t("slot.free") : ""}</li>`)}
      ${rows(ids)}`;
  });
}

function nearest() {
  const list = state.nearest;
  if (!list?.length) return "";
  const total = state.heartbeat?.sensors ?? list.length;
  return html`<li class="section"><h2>${t("section.nearest")} <span class="n">${t("section.nearestOf", list.length, total.toLocaleString("en-US"))}</span></h2></li>
    ${repeat(list, (view) => view.id, (view) => nearRow(view, { selected: selected === `sensor ${view.id}`, choose }))}`;
}

/** Silence is a state: said while nothing else is. */
function silent() {
  const list = state.silent;
  if (!list.length) return "";
  return html`<li class="section"><h2>${t("section.silent")} <span class="n">${state.heartbeat?.states?.stale ?? list.length}</span></h2></li>
    ${repeat(list, (view) => view.id, (view) => html`<li class="row quiet-row edge-none"><div class="gly">${glyphs.state("silent", { label: t("strip.silent") })}</div>
      <div class="what"><span class="line1 flexed"><a class="place" href=${link(`/sensors/${encodeURIComponent(view.id)}`)}>${placeOf(view)}</a><span class="id">${view.id}</span></span></div>
      <div class="val"></div><div class="seen">${t("silent.last", dayClock(ms(view.last_arrival), now(), zone()))}</div></li>`)}`;
}

function head(calm) {
  return html`<div class="head"><span>${calm ? "" : t("head.level")}</span><span>${t(calm ? "head.where" : "head.what")}</span>
    <span class="right">${t("head.value")}</span>
    <span class="head-trend"><span>${t("head.ago")}</span><b>${t("head.now")}</b><span>${t("head.ahead")}</span></span>
    <span class="right">${t(calm ? "head.margin" : "head.time")}</span><span>${t(calm ? "head.trend" : "head.owner")}</span></div>`;
}

function scrolled(event) {
  const list = event.currentTarget;
  const top = list.getBoundingClientRect().top + 30;
  const rows = [...list.querySelectorAll(".row.unacknowledged")];
  const out = rows.filter((row) => row.getBoundingClientRect().bottom < top).length;
  if (out !== above) {
    above = out;
    changed();
  }
}

export function page() {
  if (site !== state.site) [site, shown, selected, heldUntil] = [state.site, null, null, 0];
  const held = isHeld();
  const arranged = arrange(shown, state.alerts.values(), held);
  shown = arranged.order;
  const alerts = openAlerts();
  const calm = !alerts.length && !state.error;
  const ids = walk();
  if (!selected || !ids.includes(selected)) selected = ids[0] ?? null;
  const alert = state.alerts.get(selected);
  const near = selected?.startsWith("sensor ") ? state.nearest?.find((view) => `sensor ${view.id}` === selected) : null;
  if (alert) queueMicrotask(() => readDetail(alert.id));
  const known = SECTIONS.flatMap((name) => shown[name]);
  for (const [id, one] of state.alerts) if (!isListed(one) && !known.includes(id)) state.alerts.delete(id);
  const hiddenByFilter = alerts.length - alerts.filter(matches).length;
  return html`${strip({ urgent: goUrgent, choose })}
    <main class="live">
      <div class="list-pane" @pointermove=${hold} @pointerdown=${hold} @keydown=${hold} @wheel=${hold}>
        ${toolbar(alerts, arranged.waiting, arranged.above + above)}
        ${state.error ? failure(t("fail.alerts", state.error), t("retry"), load) : ""}
        ${state.loading != null && !state.error ? loading(state.loading, t("load.alerts"), 10) : html`
          <div class="list" @scroll=${scrolled} tabindex="-1">${head(calm)}<ul class="rows" aria-label=${t("list.label")}>
            ${alerts.length ? sections(shown) : ""}
            ${hiddenByFilter ? html`<li class="said">${t("filter.none", query || familyName(family), hiddenByFilter)}
              <button class="button slim" @click=${() => {
                family = null;
                query = "";
                changed();
              }}>${t("filter.clear")}</button></li>` : ""}
            ${nearest()}${calm ? silent() : ""}
          </ul></div>`}
      </div>
      ${alert ? alertDetail(alert) : near ? sensorDetail(near) : html`<aside class="side"></aside>`}
    </main>`;
}

// The nearest sensors change slowly; while somebody reads they do not change at all.
setInterval(() => {
  if (state.session === "in" && route.page === "live" && !isHeld()) readNearest();
}, 20_000);
