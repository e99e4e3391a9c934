// What was rejected: counted by reason, as it arrives; one of them with its message; given back to ingest.
import { html } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { get } from "../api.js";
import { failure, key, loading } from "../dom.js";
import * as glyphs from "../glyphs.js";
import { dismiss, isUnderWay, mayRetry, retry as giveBack, retrying } from "../retries.js";
import { go, link, route } from "../router.js";
import { changed, failed, serverNow, state, zone } from "../store.js";
import { dayClock, ms } from "../time.js";
import { count, has, t } from "../words.js";
import { detail, forgetDetails } from "./quarantined.js";
import * as unknown from "./unknown.js";

const PAGE = 100;
const HOLD_MS = 10_000;
const STATES = ["open", "retried", "all"];
const filter = { state: "open", reason: null, q: "" };
let list = { items: null, counts: [], next: null, error: null, since: null, key: null };
let fresh = null; // the newest page, held back while somebody reads
let touched = 0;
let asked = null; // a confirmation that is open: "one" or "all"
let address = null;
let pause = null;
let more = false;

export const reasonName = (name) => (has(`reason.${name}`) ? t(`reason.${name}`) : name);
const wanted = () => ({ state: filter.state, reason: filter.reason, q: filter.q.trim() });
const wantedKey = () => JSON.stringify([state.site, wanted()]);
const offset = (id) => Number(id.split("-")[1]);
const isUnknownTab = () => route.id === "unknown";
export const isNarrow = () => matchMedia("(max-width: 1000px)").matches;

/** The reason an address names becomes the filter, once. */
function takeAddress() {
  if (address === location.search) return;
  address = location.search;
  const query = new URLSearchParams(address);
  if (query.has("reason")) Object.assign(filter, { reason: query.get("reason"), q: "", state: "open" });
  if (query.has("q")) Object.assign(filter, { q: query.get("q"), reason: query.get("reason") });
}

/** An address of this page that shows one reason, or what has a text in it. */
export function quarantineLink(query) {
  const path = link("/quarantine");
  return `${path}${path.includes("?") ? "&" : "?"}${new URLSearchParams(query)}`;
}

async function read() {
  const mine = wantedKey();
  if (list.key !== mine) list = { ...list, items: null, error: null, since: performance.now(), key: mine, next: null };
  fresh = null;
  try {
    const answer = await get("quarantine", { ...wanted(), limit: PAGE });
    if (mine === wantedKey()) list = { ...answer, error: null, since: null, key: mine };
  } catch (error) {
    if (mine === wantedKey()) failed(error, (text) => (list = { ...list, error: text, since: null }));
  }
  changed();
}

/** News at the top, without moving what is being read. */
async function look() {
  const mine = wantedKey();
  if (!list.items || list.key !== mine) return;
  try {
    const answer = await get("quarantine", { ...wanted(), limit: PAGE });
    if (mine !== wantedKey() || list.key !== mine) return;
    list.counts = answer.counts;
    list.error = null;
    mark(answer);
    fresh = answer;
    if (!isHeld()) takeFresh();
  } catch (error) {
    failed(error, (text) => (list.error = text));
  }
  changed();
}

/** Rows on display that are no longer among the open ones say so, and stay until the list is read anew. */
function mark(answer) {
  const known = new Map(answer.items.map((item) => [item.id, item]));
  const oldest = answer.next ? offset(answer.next) : -1;
  list.items = list.items.map((item) => known.get(item.id) ?? (filter.state === "open" && offset(item.id) >= oldest ? { ...item, state: "retried" } : item));
}

const news = () => (!fresh || !list.items ? 0 : fresh.items.filter((item) => !list.items.length || offset(item.id) > offset(list.items[0].id)).length);
const isHeld = () => performance.now() - touched < HOLD_MS || (document.querySelector(".quarantine .table-scroll")?.scrollTop ?? 0) > 4;

function takeFresh() {
  if (!fresh) return;
  // A page may be short of items and yet say all there is down to where the next one begins.
  const older = fresh.next ? list.items.filter((item) => offset(item.id) < offset(fresh.next)) : [];
  list = { ...list, items: [...fresh.items, ...older], next: older.length ? list.next : fresh.next };
  fresh = null;
}

function showNews() {
  touched = 0;
  takeFresh();
  document.querySelector(".quarantine .table-scroll")?.scrollTo({ top: 0 });
  changed();
}

async function readOlder() {
  if (!list.next || more) return;
  more = true;
  changed();
  const mine = list.key;
  try {
    const answer = await get("quarantine", { ...wanted(), limit: PAGE, next: list.next });
    if (mine === list.key) list = { ...list, items: [...list.items, ...answer.items], next: answer.next };
  } catch (error) {
    failed(error, (text) => (list.error = text));
  }
  more = false;
  changed();
}

function choose(change) {
  Object.assign(filter, change);
  asked = null;
  touched = 0;
  document.querySelector(".quarantine .table-scroll")?.scrollTo({ top: 0 });
  read();
}

export function select(id) {
  asked = null;
  touched = performance.now();
  go(link(`/quarantine/${id}`), { replace: !isNarrow() && route.id != null });
}

function move(by) {
  if (!list.items?.length) return;
  const at = list.items.findIndex((item) => item.id === route.id);
  const next = list.items[Math.min(Math.max(at + by, 0), list.items.length - 1)];
  select(next.id);
  requestAnimationFrame(() => document.querySelector(".q-row.selected")?.scrollIntoView({ block: "nearest" }));
}

/** How many the filter leaves; null where only the server can tell. */
function matching() {
  if (wanted().q) return null;
  const counts = filter.reason ? list.counts.filter((one) => one.reason === filter.reason) : list.counts;
  return counts.reduce((sum, one) => sum + one.open, 0);
}

function outcomeNews() {
  forgetDetails();
  touched = performance.now();
  look();
}

export function retryOne(id) {
  asked = null;
  giveBack({ ids: [id] }, outcomeNews);
}

function retryAll() {
  asked = null;
  const what = {};
  if (filter.reason) what.reason = filter.reason;
  if (filter.q.trim()) what.q = filter.q.trim();
  giveBack({ filter: what, limit: 100_000 }, outcomeNews);
}

/** One line that says what became of the retry; it stays until somebody closes it. */
function progress() {
  const one = retrying();
  if (!one) return "";
  if (one.error) return html`<div class="q-progress" role="alert"><b>${t("retry.failed", one.error)}</b><button class="button slim push" @click=${dismiss}>${t("close")}</button></div>`;
  const under = isUnderWay();
  const parts = [t("retry.readings", count(one.readings ?? 0))];
  if (one.rejected) parts.push(t("retry.rejected", count(one.rejected)));
  if (one.refused) parts.push(t("retry.refused", count(one.refused), one.why ?? ""));
  if (one.more) parts.push(t("retry.more"));
  return html`<div class="q-progress" role="status">${under ? "" : glyphs.state("cleared", { size: 20 })}
    <b>${one.asked == null ? t("retry.sending") : under ? t("retry.progress", count(one.done), count(one.asked)) : t("retry.done", count(one.done))}</b>
    <span>${one.sending ? "" : parts.join(t("comma"))}</span>
    ${under ? "" : html`<button class="button slim push" @click=${dismiss}>${t("close")}</button>`}</div>`;
}

/** In place of the button that asked; no dialog lies over what one decides about. */
export function confirmation(kind, text, run) {
  return html`<span class="q-confirm" role="group" aria-label=${text}><span>${text}</span>
    <button class="button slim main" @click=${run}>${t("retry.yes")} ${key("↵")}</button>
    <button class="button slim" @click=${() => ask(null)}>${t("retry.no")} ${key("Esc")}</button></span>`;
}

export const isAsked = (kind) => asked === kind;

/** The answer gets the focus: else ↵ would press whatever was clicked before. */
export function ask(kind) {
  asked = kind;
  changed();
  if (kind) requestAnimationFrame(() => requestAnimationFrame(() => document.querySelector(".q-confirm .main")?.focus()));
}

function all() {
  if (!mayRetry() || filter.state === "retried" || !list.items?.some((item) => item.state === "open")) return "";
  const n = matching();
  const text = n == null ? t("retry.confirmMatching") : t("retry.confirm", count(Math.min(n, 100_000)));
  return asked === "all" ? confirmation("all", text, retryAll)
    : html`<button class="button slim" ?disabled=${isUnderWay()} @click=${() => ask("all")}>${n == null ? t("retry.allMatching") : t("retry.all", count(n))} ${route.id ? "" : key("Y")}</button>`;
}

function chip(group, value, name, n) {
  return html`<button class="chip" aria-pressed=${filter[group] === value} @click=${() => choose({ [group]: value })}>${name}${n == null ? "" : ` ${count(n)}`}</button>`;
}

export function tabs() {
  return html`<div class="chips tabs"><a class="chip" href=${link("/quarantine")} aria-current=${isUnknownTab() ? "false" : "page"}>${t("quar.tab.messages")}</a>
    <a class="chip" href=${link("/quarantine/unknown")} aria-current=${isUnknownTab() ? "page" : "false"}>${t("quar.tab.unknown")}</a></div>`;
}

function toolbar() {
  const counted = (one) => (filter.state === "open" ? one.open : filter.state === "all" ? one.entries : one.entries - one.open);
  const counts = list.counts.filter((one) => counted(one) > 0 || one.reason === filter.reason);
  if (filter.reason && !counts.some((one) => one.reason === filter.reason)) counts.push({ reason: filter.reason, entries: 0, open: 0 });
  return html`<div class="toolbar two">${tabs()}
    <div class="chips" role="group" aria-label=${t("quar.state")}>${STATES.map((name) => chip("state", name, t(`quar.state.${name}`)))}</div>
    <label class="search"><input type="text" .value=${filter.q} placeholder=${t("quar.search")} aria-label=${t("quar.search")} @input=${(event) => {
      filter.q = event.target.value;
      asked = null;
      clearTimeout(pause);
      pause = setTimeout(() => {
        pause = null;
        read();
      }, 200);
    }}>${key("/")}</label>
    <div class="chips families" role="group" aria-label=${t("quar.reason")}>${chip("reason", null, t("filter.all"), list.counts.reduce((sum, one) => sum + counted(one), 0))}
      ${counts.map((one) => chip("reason", one.reason, reasonName(one.reason), counted(one)))}</div></div>
    <div class="q-actions">${news() ? html`<button class="button slim" @click=${showNews}>${t("quar.news", count(news()))} ${key(".")}</button>` : ""}
      ${all()}${mayRetry() ? "" : html`<span class="quiet small">${t("retry.engineers")}</span>`}</div>`;
}

/** The last levels of a topic tell one from another; the first are the same everywhere. */
function row(item) {
  const at = ms(item.at);
  return html`<tr class="q-row ${item.id === route.id ? "selected" : ""} ${item.state}" @click=${() => select(item.id)}>
    <td class="q-time num">${at ? dayClock(at, serverNow(), zone()) : "—"}</td>
    <td class="q-reason"><a href=${link(`/quarantine/${item.id}`)} @click=${(event) => event.preventDefault()}><b>${reasonName(item.reason)}</b></a>
      <span class="line2">${item.state === "retried" ? html`${glyphs.state("cleared", { size: 14 })} ${t("quar.state.retried")}` : item.outcome?.refused ? t("quar.cannot") : item.retry_of ? t("quar.again") : item.count > 1 ? t("quar.count", count(item.count)) : ""}</span></td>
    <td class="q-what"><span class="q-detail" title=${item.detail ?? ""}>${item.detail}</span><span class="line2 q-topic" title=${item.topic ?? ""}>${item.topic}</span></td>
    <td class="q-client">${item.client ?? html`<span class="quiet">—</span>`}<span class="line2">${t("quar.bytes", count(item.bytes))}</span></td></tr>`;
}

function empty() {
  if (wanted().q || filter.reason || filter.state !== "open") {
    return html`<p class="said">${t("quar.noneMatch")} <button class="button slim" @click=${() => choose({ q: "", reason: null, state: "open" })}>${t("filter.clear")}</button></p>`;
  }
  const retried = list.counts.reduce((sum, one) => sum + one.entries - one.open, 0);
  return html`<p class="said">${t("quar.none")}<br><span class="quiet">${retried ? t("quar.noneRetried", count(retried)) : t("quar.noneEver")}</span></p>`;
}

function table() {
  return html`<div class="table-scroll" tabindex="-1" @scroll=${() => (touched = performance.now())} @pointermove=${() => (touched = performance.now())}>
    <table class="q-table"><thead><tr><th class="num">${t("quar.arrived")}</th><th>${t("quar.reason")}</th><th>${t("quar.what")}</th><th>${t("quar.client")}</th></tr></thead>
      <tbody>${repeat(list.items, (item) => item.id, row)}</tbody></table>
    ${list.items.length ? "" : list.next ? "" : empty()}
    ${list.next ? html`<p class="q-older"><button class="button" ?disabled=${more} @click=${readOlder}>${t(more ? "quar.reading" : list.items.length ? "quar.older" : "quar.olderNone")}</button></p>` : ""}</div>`;
}

export function keys() {
  const back = { key: "Escape", word: t("key.back"), fromField: true, run: () => (asked ? ask(null) : route.id ? go(link("/quarantine")) : go(link("/pipeline"))) };
  if (isUnknownTab()) return [back];
  const mine = mayRetry() && !isUnderWay();
  return [
    { key: "J", word: t("key.updown"), run: () => move(1) },
    { key: "K", hidden: true, run: () => move(-1) },
    { key: "ArrowDown", hidden: true, run: () => move(1) },
    { key: "ArrowUp", hidden: true, run: () => move(-1) },
    ...(mine ? [{ key: "Y", word: t("key.retryEntry"), run: () => ask(route.id ? "one" : list.items?.some((item) => item.state === "open") ? "all" : null) }] : []),
    ...(news() ? [{ key: ".", word: t("quar.newsKey"), run: showNews }] : []),
    { key: "/", word: t("key.search"), run: () => document.querySelector(".search input")?.focus() },
    back,
  ];
}

export function retry() {
  if (isUnknownTab()) return unknown.retry();
  return list.error ? read : null;
}

export function page() {
  takeAddress();
  if (isUnknownTab()) return unknown.page(tabs());
  if (list.key !== wantedKey() && state.site) queueMicrotask(() => list.key !== wantedKey() && !pause && read());
  return html`<main class="page quarantine ${route.id ? "has-one" : ""}"><div class="q-list">
    <h1 class="off-screen">${t("page.quarantine")}</h1>${toolbar()}${progress()}
    ${list.error ? failure(t("fail.quarantine", list.error), t("retry"), read) : ""}
    ${!list.items ? (list.error ? "" : loading(list.since ?? performance.now(), t("load.quarantine"), 8)) : table()}</div>
    <aside class="q-side">${detail(list.items)}</aside></main>`;
}

setInterval(() => {
  if (state.session === "in" && route.page === "quarantine" && !document.hidden) isUnknownTab() ? unknown.look() : look();
}, 2000);
