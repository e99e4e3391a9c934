// What surrounds every page: top bar, bars of news, foot, keys.
import { html } from "lit";
import * as glyphs from "./glyphs.js";
import * as shortcuts from "./keys.js";
import { kept, keep } from "./kept.js";
import { key } from "./dom.js";
import { forgetPalette } from "./palette.js";
import { mostUrgent } from "./order.js";
import { nameOf, signedTime, troubleText } from "./phrases.js";
import { link, route } from "./router.js";
import { isOn, isSuspended, play, setOn, unlock } from "./sound.js";
import { severity } from "./alerts.js";
import { changed, choose, isRun, now, openAlerts, ownTrouble, reconnect, run, site, state, streamAge, zone } from "./store.js";
import { ticking } from "./ticking.js";
import { clock, day, ms, past } from "./time.js";
import { count, lang, pick, setLanguage, t } from "./words.js";
import { goUrgent } from "./pages/live.js";
import { versions } from "./pages/pipeline.js";
import { markGlyphs } from "./pages/row.js";

let settingsOpen = false;
let keysOpen = false;

export function toggleKeys(next = !keysOpen) {
  keysOpen = next;
  changed();
}

export const areKeysOpen = () => keysOpen;

/** Dark from 19 to 7 unless somebody chose. */
export function applyTheme() {
  const choice = kept("theme") ?? "clock";
  const hour = new Date().getHours();
  const theme = choice === "clock" ? (hour >= 7 && hour < 19 ? "light" : "dark") : choice;
  if (document.documentElement.dataset.theme === theme) return;
  document.documentElement.dataset.theme = theme;
  forgetPalette();
}

function nextTheme() {
  const order = ["dark", "light", "clock"];
  keep("theme", order[(order.indexOf(kept("theme") ?? "clock") + 1) % 3]);
  applyTheme();
  changed();
}

async function chooseSite(id) {
  const first = state.sites[0]?.id;
  history.replaceState(null, "", (route.page === "alert" ? "/" : location.pathname) + (id === first ? "" : `?site=${encodeURIComponent(id)}`));
  dispatchEvent(new PopStateEvent("popstate"));
  await choose(id);
}

function runName(one) {
  const speed = one.speed === 0 ? t("run.max") : `×${one.speed}`;
  return `${one.site.split("@")[1]} ${speed}${one.open === false ? ` · ${t("run.ended")}` : ""}`;
}

function siteChoice() {
  if (!state.site && !state.awaited) return "";
  const alone = !state.awaited && state.sites.length + state.runs.length < 2;
  if (alone) return html`<span class="site-name">${pick(site()?.name)}</span>`;
  return html`<select class="site-choice" aria-label=${t("site")} @change=${(event) => chooseSite(event.target.value)}>
    ${state.awaited ? html`<option value=${state.awaited} selected disabled>${state.awaited.split("@")[1]}</option>` : ""}
    ${state.sites.map((one) => html`<option value=${one.id} ?selected=${one.id === state.site}>${pick(one.name)}</option>`)}
    ${state.runs.length ? html`<optgroup label=${t("site.runs")}>${state.runs.map((one) => html`<option value=${one.site} ?selected=${one.site === state.site}>${runName(one)}</option>`)}</optgroup>` : ""}
  </select>`;
}

function tags() {
  const one = run();
  if (isRun()) return html`<span class="tag">${t("tag.run", one?.speed === 0 ? t("run.max") : (one?.speed ?? "?"))}</span>`;
  return site()?.demonstration ? html`<span class="tag">${t("tag.demo")}</span>` : "";
}

/** The most urgent level 1, on pages where the loud block is not. */
function urgentBadge() {
  if (route.page === "live") return "";
  const alert = mostUrgent(openAlerts());
  if (!alert || (route.page === "alert" && route.id === alert.id)) return "";
  return html`<button class="badge edge-${severity(alert)}" @click=${goUrgent}>${markGlyphs(alert, 20)}<b class="count">${ticking(() => signedTime(alert))}</b>
    <span class="badge-name">${nameOf(alert)}</span>${key("G")}</button>`;
}

function tools() {
  const theme = kept("theme") ?? "clock";
  return html`<div class="tools ${settingsOpen ? "open" : ""}">
    <button class="tool" aria-pressed=${isOn()} @click=${() => {
      setOn(!isOn());
      if (isOn()) unlock(true);
      changed();
    }}>${t(isOn() ? "sound.on" : "sound.off")}</button>
    <button class="tool" @click=${nextTheme} aria-label=${`${t("theme.label")}: ${t(`theme.${theme}`)}`}>${t(`theme.${theme}`)}</button>
    <button class="tool" lang=${lang() === "zh" ? "en" : "zh-CN"} @click=${() => {
      setLanguage(lang() === "zh" ? "en" : "zh");
      changed();
    }}>${t("language.other")}</button>
    <span class="who">${state.me?.name ?? ""}</span></div>`;
}

const PAGES = [["live", "/"], ["sensors", "/sensors"], ["pipeline", "/pipeline"], ["quarantine", "/quarantine"]];
const current = () => ({ alert: "live", sensor: "sensors" })[route.page] ?? route.page;

export function topBar() {
  return html`<header class="top"><a class="brand" href=${link("/")}>${t("brand")}</a>${siteChoice()}
    <nav class="pages" aria-label=${t("nav.label")}>${PAGES.map(([name, path]) => html`<a href=${link(path)} aria-current=${current() === name ? "page" : "false"}>${t(`page.${name}`)}</a>`)}</nav>
    <div class="top-right">${urgentBadge()}${tags()}${tools()}
      <time class="clock ${state.stale ? "faint" : ""}">${isRun() ? html`<span class="clock-day">${ticking(() => day(now(), zone()))}</span>` : ""}${ticking(() => clock(now(), zone()))}</time>
      <button class="tool more" aria-expanded=${settingsOpen} aria-label=${t("settings")} @click=${() => {
        settingsOpen = !settingsOpen;
        changed();
      }}>⋯</button></div></header>`;
}

/** In the place of the page while the run of the address is unknown. */
export const notBegun = () => html`<main class="page"><div class="pad" role="status"><h1>${t("run.awaited", state.awaited.split("@")[1])}</h1>
  <p class="quiet">${t("run.awaited.more")}</p></div></main>`;

/** Bars about the system itself: grey, inverted, never in a level's colour. */
export function bars() {
  return html`<div class="bars" role="status">
    ${state.stale ? html`<div class="bar inverted">${glyphs.state("silent", { size: 22 })}<b>${ticking(() => t("stale.title", Math.floor(streamAge() ?? 0)))}</b>
      <span class="bar-text">${t("stale.text", clock(state.lastHeard, zone()))}</span><button class="button" @click=${reconnect}>${t("stale.now")} ${key("R")}</button></div>` : ""}
    ${ownTrouble().map((alert) => html`<a class="bar inverted" href=${link(`/alerts/${encodeURIComponent(alert.id)}`)}>${glyphs.state("silent", { size: 22 })}<b>${nameOf(alert)}</b>
      <span class="bar-text">${troubleText(alert)} · ${ticking(() => past(now() - ms(alert.started_at)))}</span></a>`)}
    ${state.news ? html`<div class="bar">${glyphs.state(state.news.glyph, { size: 22 })}<span>${state.news.text}</span></div>` : ""}
    ${state.session === "unreachable" ? html`<div class="bar inverted">${glyphs.state("silent", { size: 22 })}<b>${t("fail.network")}</b></div>` : ""}
    ${state.session === "in" && isSuspended() ? html`<div class="bar inverted"><b>${t("sound.suspended")}</b><span class="bar-text">${t("sound.suspended.more")}</span>
      <button class="button" @click=${() => unlock(true).then(changed)}>${t("sound.open")} ${key("T")}</button></div>` : ""}</div>`;
}

function sums() {
  const beat = state.heartbeat;
  if (!beat?.sums) return "";
  const s = beat.sums;
  const off = beat.differences?.ingest;
  return html`<a class="foot-sums" href=${link("/pipeline")}>${t("foot.ingest", count(s.received), count(s.in_kafka), count(s.rejected), count(s.in_flight))}${off ? t("foot.difference", off) : ""}</a>`;
}

export function foot(keys) {
  const beat = state.heartbeat;
  const age = () => (streamAge() == null ? "" : t("foot.stream", streamAge() < 10 ? streamAge().toFixed(1) : Math.round(streamAge())));
  const told = shortcuts.areOn() ? keys.filter((one) => !one.hidden && one.word && one.key !== "?").slice(0, 5) : [];
  const name = (one) => ({ J: html`${key("J")}${key("K")}`, Enter: key("↵"), Escape: key("Esc") })[one.key] ?? key(one.key);
  return html`<footer class="foot">${route.page === "pipeline" ? versions() : sums()}<span class="foot-age">${ticking(age)}</span>
    <span>${beat ? t("foot.reporting", count(beat.reporting), count(beat.sensors)) : ""}</span>
    <span class="foot-keys">${told.map((one) => html`<span>${name(one)} ${one.word}</span>`)}
      <button class="plain" @click=${() => toggleKeys()}>${key("?")} ${t("key.all")}</button></span></footer>`;
}

export function keysPanel(keys) {
  if (!keysOpen) return "";
  const shown = [...keys].filter((one) => one.word);
  const name = (k) => ({ J: "J K", Enter: "↵", Escape: "Esc" })[k] ?? k;
  return html`<div class="over light" @click=${() => toggleKeys(false)}><section class="keys-panel" role="dialog" aria-labelledby="keys-title" @click=${(event) => event.stopPropagation()}>
    <h1 id="keys-title">${t("keys.title")}</h1><dl>${shown.map((one) => html`<div><dt>${name(one.key).split(" ").map(key)}</dt><dd>${one.word}</dd></div>`)}</dl>
    <label class="check"><input type="checkbox" .checked=${shortcuts.areOn()} @change=${(event) => {
      shortcuts.setOn(event.target.checked);
      changed();
    }}> ${t("key.switch")}</label>
    <button class="button" autofocus @click=${() => toggleKeys(false)}>${t("close")} ${key("Esc")}</button></section></div>`;
}

export const testSound = () => unlock(false).then(() => {
  play(2);
  changed();
});

export const closeSettings = () => (settingsOpen = false);
