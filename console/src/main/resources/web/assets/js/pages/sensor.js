// One sensor: what it says, between which limits, and its series from a week down to a minute.
import { html } from "lit";
import { get } from "../api.js";
import { ruleLimits, viewLimits } from "../charts.js";
import { failure, key, loading } from "../dom.js";
import { familyName, hazardName, nameOf, placeOf, quantityName, wordName } from "../phrases.js";
import { go, link, route } from "../router.js";
import { readSeries } from "../series.js";
import { changed, failed, now, state, valueOf, watch, zone } from "../store.js";
import { ticking } from "../ticking.js";
import { dayClock, MINUTE, ms, span } from "../time.js";
import { figure, limitFigure, pick, t } from "../words.js";
import { nearestQuantity } from "./row.js";
import { stateGlyph } from "./sensors.js";

const RANGES = { hour: 60 * MINUTE, day: 24 * 60 * MINUTE, week: 7 * 24 * 60 * MINUTE };
let own = { id: null };
let range = "hour";

async function read(id) {
  own = { id, site: state.site, view: null, quantity: null, zoom: null, series: null, since: performance.now(), error: null };
  const mine = own;
  try {
    mine.view = await get(`sensors/${encodeURIComponent(id)}`, { site: state.site });
    mine.quantity = (mine.view.quantities.length ? nearestQuantity(mine.view) : null)?.quantity ?? null;
    watch(id);
    if (mine === own) await readLine();
  } catch (error) {
    failed(error, (text) => Object.assign(mine, { error: text, missing: error.status === 404 }));
  }
  changed();
}

function bounds() {
  if (own.zoom) return own.zoom;
  const at = now();
  return [at - RANGES[range], at + RANGES[range] * 0.01];
}

async function readLine() {
  const mine = own;
  const [from, to] = bounds();
  const asked = (mine.asked = Symbol("series"));
  try {
    const points = await readSeries(mine.site, mine.id, mine.quantity, from, Math.min(to, now() + 1000), 900);
    if (mine.asked === asked) mine.series = { points, state: "read" };
  } catch (error) {
    if (mine.asked === asked) failed(error, () => (mine.series = { points: [], state: "failed" }));
  }
  changed();
}

function show(change) {
  Object.assign(own, change);
  readLine();
  changed();
}

function choose(name) {
  range = name;
  show({ zoom: null });
}

function limitsOf(quantity) {
  const rules = (own.view.rules ?? []).filter((rule) => rule.quantity === quantity.quantity);
  const limits = rules.flatMap(ruleLimits);
  return limits.length ? limits : viewLimits(quantity);
}

function chart(quantity) {
  if (quantity.word != null && quantity.value == null) return html`<div class="chart-box tall"><p class="chart-say">${t("sensors.wordsOnly")}</p></div>`;
  const series = own.series ?? { points: [], state: "loading" };
  if (series.state === "failed") return html`<div class="chart-box tall">${failure(t("chart.noSeries"), t("retry"), readLine)}</div>`;
  const heard = valueOf(own.id, quantity.quantity);
  const at = heard && ms(heard.time);
  if (series.state === "read" && heard?.value != null && at > (series.points.at(-1)?.[0] ?? 0)) series.points.push([at, heard.value, heard.flag]);
  const [from, to] = bounds();
  const limits = limitsOf(quantity);
  const value = heard?.value ?? quantity.value;
  const below = quantity.limits?.[0]?.direction?.toLowerCase() === "below";
  const reached = [...limits].sort((a, b) => Math.abs(a.limit - value) - Math.abs(b.limit - value));
  return html`<div class="chart-box tall"><time-chart .model=${{
      points: series.points, from, to, now: now(), zone: zone(), unit: quantity.unit, limits, below, aim: reached[0]?.limit ?? null,
      expected: null, marks: [], zoom: (zoom) => show({ zoom }), label: t("chart.label", quantityName(quantity.quantity, own.view.family)),
    }}></time-chart>${series.state === "read" && !series.points.length ? html`<p class="chart-say">${t("chart.nothing")}</p>` : ""}</div>`;
}

/** A rule's condition on a line: ≥ 28 / 30 / 35 °C. */
function condition(rule) {
  const c = rule.condition;
  if (c.kind === "silent") return t("sensors.silentAfter", span(seconds(c.after)));
  if (c.kind === "state") return Object.values(c.levels).flat().map(wordName).join(" / ");
  if (c.kind === "when") return Object.values(c.levels).join(" / ");
  const sign = c.direction?.toLowerCase() === "below" ? "≤" : "≥";
  const list = (levels) => `${sign} ${Object.values(levels).map((l) => limitFigure(l.value ?? l)).join(" / ")}`;
  if (c.kind === "rate") return `${list(c.levels)}/min`;
  const limits = `${sign} ${ruleLimits(rule).sort((a, b) => b.level - a.level).map((l) => limitFigure(l.limit)).join(" / ")}`;
  return c.steep ? `${limits}; ${t("sensors.whileRising", limitFigure(c.steep.per_minute), list(c.steep.limits))}` : limits;
}

/** Seconds of an ISO-8601 duration of days and less. */
function seconds(iso) {
  const m = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(iso ?? "");
  return m ? (+m[1] || 0) * 86_400 + (+m[2] || 0) * 3600 + (+m[3] || 0) * 60 + (+m[4] || 0) : 0;
}

function facts(view) {
  return html`<section><h3>${t("sensors.value")}</h3><table class="mini wide"><tbody>${view.quantities.map((q) => {
    const heard = valueOf(view.id, q.quantity);
    const value = heard?.value ?? q.value;
    const at = ms(heard?.time ?? q.time);
    return html`<tr class=${q.quantity === own.quantity ? "selected" : ""} @click=${() => show({ quantity: q.quantity, series: null })}>
      <td><button class="plain" aria-pressed=${q.quantity === own.quantity}>${quantityName(q.quantity, view.family)}</button></td>
      <td class="num">${(heard ?? q).flag === 4 ? html`<s title=${t("sensors.failed")}>${figure(value)}</s>` : html`<b>${value != null ? figure(value) : q.word ? wordName(q.word) : "—"}</b>`} ${q.unit}</td>
      <td class="quiet num">${at ? ticking(() => t("row.ago", span((now() - at) / 1000))) : ""}</td></tr>`;
  })}</tbody></table></section>
  ${view.rules?.length ? html`<section><h3>${t("h.rule")}</h3><table class="mini wide"><tbody>${view.rules.map((rule) => html`<tr><td>${rule.name}</td>
    <td class="num">${condition(rule)}</td></tr>${rule.because ? html`<tr class="because"><td colspan="2" class="quiet small">${rule.because}</td></tr>` : ""}`)}</tbody></table></section>` : ""}`;
}

/** Scale, offset and the unit it sends: °F × 1.02 + 0.5. */
function calibration(one) {
  const parts = [one.unit ?? ""];
  if (one.scale !== 1) parts.push(`× ${limitFigure(one.scale)}`);
  if (one.offset !== 0) parts.push(`${one.offset > 0 ? "+" : "\u2212"} ${limitFigure(Math.abs(one.offset))}`);
  return parts.filter(Boolean).join(" ");
}

/** What is written down about the device; of most sensors little is. */
function registry(view) {
  if (view.provisional) {
    return html`<section><h3>${t("reg.title")}</h3><p>${t("reg.provisional")} · <a class="under" href=${link("/quarantine/unknown")}>${t("quar.tab.unknown")}</a></p></section>`;
  }
  const one = view.registry;
  if (!one) return "";
  const battery = one.battery && one.battery_replaced ? t("reg.replaced", one.battery, one.battery_replaced) : (one.battery ?? (one.battery_replaced ? t("reg.replacedOnly", one.battery_replaced) : null));
  const lines = [[t("reg.model"), one.model], [t("reg.gateway"), one.gateway], [t("reg.installed"), one.installed], [t("reg.battery"), battery], [t("reg.aliases"), one.aliases.join(", ")],
    ...one.calibrations.map((c) => [t("reg.calibration", quantityName(c.quantity, view.family)), calibration(c)])].filter(([, value]) => value);
  return html`<section><h3>${t("reg.title")}</h3>${lines.length ? html`<table class="mini wide"><tbody>${lines.map(([name, value]) => html`<tr><td class="quiet">${name}</td><td class="num q-break">${value}</td></tr>`)}</tbody></table>` : html`<p class="quiet">${t("reg.none")}</p>`}</section>`;
}

export const keys = () => [
  { key: "Escape", word: t("key.back"), run: () => (own.zoom ? show({ zoom: null }) : go(link("/sensors"))) },
];

export function page() {
  const id = route.id;
  if (own.id !== id || own.site !== state.site) queueMicrotask(() => (own.id !== id || own.site !== state.site) && read(id));
  const view = own.id === id ? own.view : null;
  if (!view) {
    if (own.error) return html`<main class="page">${failure(own.missing ? t("sensors.missing") : t("fail.sensors", own.error), t("retry"), () => read(id))}
      <p class="pad"><a class="button" href=${link("/sensors")}>${t("sensors.back")}</a></p></main>`;
    return html`<main class="page">${loading(own.since ?? performance.now(), t("load.sensors"), 6)}</main>`;
  }
  const quantity = view.quantities.find((q) => q.quantity === own.quantity) ?? view.quantities[0];
  const alert = view.alert ? state.alerts.get(view.alert) : null;
  return html`<main class="page sensor">
    <header class="page-head"><div class="standing">${stateGlyph(view, 28)}</div>
      <div><h1>${nameOf(view)}</h1><p class="quiet">${[view.id, familyName(view.family), placeOf(view), pick(view.place?.building), hazardName(view.hazard_class)].filter((v, i, a) => v && a.indexOf(v) === i).join(" · ")}</p></div>
      <div class="page-head-right"><b>${t(`state.${view.state}`)}</b><span class="quiet">${view.last_arrival ? `${t("sensors.seen")} ${dayClock(ms(view.last_arrival), now(), zone())}` : t("sensors.never")}</span></div>
      ${view.alert ? html`<a class="button" href=${link(`/alerts/${encodeURIComponent(alert?.id ?? view.alert)}`)}>${t("sensors.openAlert")}</a>` : ""}
    </header>
    <div class="sensor-body"><div class="sensor-main">
      <div class="toolbar slim"><h3>${quantity ? `${quantityName(quantity.quantity, view.family)}${quantity.unit ? `, ${quantity.unit}` : ""}` : ""}</h3>
        <div class="chips" role="group" aria-label=${t("range.label")}>${Object.keys(RANGES).map((name) => html`<button class="chip" aria-pressed=${!own.zoom && range === name}
          @click=${() => choose(name)}>${t(`range.${name}`)}</button>`)}
          ${own.zoom ? html`<button class="chip" aria-pressed="true" @click=${() => show({ zoom: null })}>${t("range.reset")} ${key("Esc")}</button>` : html`<span class="quiet small hint">${t("range.hint")}</span>`}</div></div>
      ${quantity ? chart(quantity) : ""}</div>
      <aside class="sensor-side">${facts(view)}${registry(view)}</aside></div></main>`;
}

// A series that ends now is read again as it grows; the stream fills the minutes between.
setInterval(() => {
  if (state.session === "in" && route.page === "sensor" && own.quantity && !own.zoom && !document.hidden) readLine();
}, 60_000);
