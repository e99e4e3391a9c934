// Where every reading went: the equation first, then the steps, then the hours.
import { html, svg } from "lit";
import { get } from "../api.js";
import { failure, loading } from "../dom.js";
import * as glyphs from "../glyphs.js";
import { placeOf } from "../phrases.js";
import { quarantineLink, reasonName } from "./quarantine.js";
import { go, link, route } from "../router.js";
import { changed, failed, now, serverNow, state, zone } from "../store.js";
import { ticking } from "../ticking.js";
import { dayClock, hourMinute, ms, span } from "../time.js";
import { count, figure, has, t } from "../words.js";
import { undelivered } from "./told.js";

let own = { site: null, data: null, silent: [], failed: [], error: null, since: null };
/** When a difference first showed that is more than what flows between two counts. */
let unequalSince = null;

/**
 * Parts count on their own, moments apart, so while readings flow their sums differ by what came in between: at most a
 * second's worth. When nothing flows there is no such excuse.
 */
function isUnequal(data) {
  const perSecond = Math.ceil(data.parts?.find((part) => part.role === "ingest")?.rate_per_s ?? 0);
  return Object.values(data.differences).some((n) => Math.abs(n) > perSecond);
}

async function read() {
  const id = state.site;
  if (own.site !== id) own = { site: id, data: null, silent: [], failed: [], error: null, since: performance.now() };
  const mine = own;
  try {
    const [data, silent, undone] = await Promise.all([get("pipeline", { site: id }), get("sensors", { site: id, state: "stale", limit: 8 }), get("deliveries", { site: id, state: "failed", limit: 500 })]);
    Object.assign(mine, { data, silent: silent.items, failed: undone.items, error: null, since: null });
    unequalSince = !isUnequal(data) ? null : (unequalSince ?? performance.now());
  } catch (error) {
    failed(error, (text) => Object.assign(mine, { error: text, since: null }));
  }
  changed();
}

const term = (name, sums) => html`<div class="term"><span class="quiet">${t(`sum.${name}`)}</span><b>${count(sums[name])}</b></div>`;
const sign = (text) => html`<span class="sign" aria-hidden="true">${text}</span>`;

function equation(data) {
  const sums = data.sums;
  const off = ["ingest", "rules", "series"].map((name) => [name, data.differences[name]]).filter(([, n]) => n !== 0);
  const loud = off.length && unequalSince != null && performance.now() - unequalSince > 10_000;
  return html`<div class="equation">${term("received", sums)}${sign("=")}${term("in_kafka", sums)}${sign("+")}${term("rejected", sums)}${sign("+")}${term("in_flight", sums)}
    <div class="difference ${loud ? "unequal" : ""}">${off.length && loud ? html`<b>${t("pipe.unequal")}</b><span>${off.map(([name, n]) => `${t(`step.${name}`)} ${n > 0 ? "+" : "\u2212"}${count(Math.abs(n))}`).join(" · ")}</span>`
      : html`<span class="standing">${off.length ? "" : glyphs.state("cleared", { size: 20 })}${t("pipe.equal", off.length ? off.map(([, n]) => n).join(", ") : 0)}</span>
        <span class="quiet small">${off.length ? t("pipe.settling") : ""}</span>`}</div></div>`;
}

function sumLine(left, carried, right, sums) {
  const part = (name) => html`${t(`sum.${name}`).toLowerCase()} <b>${count(sums[name])}</b>`;
  return html`<p>${t("sum.in_kafka")} <b>${count(sums.in_kafka)}</b>${sums[carried] ? html` + ${t("sum.carried")} <b>${count(sums[carried])}</b>` : ""}
    = ${right.map((name, i) => html`${i ? " + " : ""}${part(name)}`)}</p>`;
}

const ORDER = ["simulator", "ingest", "rules", "alerting", "series", "console"];

function p99(part) {
  const gauge = Object.entries(part.gauges ?? {}).find(([name]) => name.endsWith("p99_ms"));
  return gauge ? figure(gauge[1]) : "—";
}

function condition(part) {
  if (!part.alive) return html`<b>${t("step.dead")}</b>`;
  const age = (serverNow() - ms(part.at)) / 1000;
  if (part.at && age > 10) return html`<b>${t("step.quiet", Math.round(age))}</b>`;
  if (!part.connected) return html`<b>${t("step.disconnected")}</b>`;
  const bad = (part.checks ?? []).find((check) => !check.ok);
  return bad ? html`<b>${bad.name}</b> ${bad.detail ?? ""}` : html`<span class="quiet">${t("step.fine")}</span>`;
}

function stepsTable(parts) {
  const sorted = [...parts].sort((a, b) => (ORDER.indexOf(a.role) + 99) % 99 - (ORDER.indexOf(b.role) + 99) % 99);
  return html`<table class="steps-table"><thead><tr><th>${t("step.head")}</th><th class="num">${t("step.rate")}</th><th class="num">${t("step.lag")}</th>
      <th class="num">${t("step.p99")}</th><th>${t("step.state")}</th></tr></thead>
    <tbody>${sorted.map((part) => html`<tr><td><b>${has(`step.${part.role}`) ? t(`step.${part.role}`) : part.role}</b>
        <span class="line2">${has(`step.${part.role}.note`) ? t(`step.${part.role}.note`) : part.instance}</span></td>
      <td class="num large">${part.rate_per_s == null ? "—" : part.rate_per_s.toFixed(1)}</td><td class="num large">${count(part.lag)}</td>
      <td class="num large">${p99(part)}</td><td>${condition(part)}</td></tr>`)}</tbody></table>`;
}

/** Counts per bucket; Prometheus' own are cumulative, each holding those before it. */
function perBucket(latency) {
  const buckets = (latency?.buckets ?? []).filter(([le]) => Number.isFinite(le));
  const total = buckets.reduce((sum, [, n]) => sum + n, 0);
  const grows = buckets.every(([, n], i) => i === 0 || n >= buckets[i - 1][1]);
  if (!grows || total <= latency.count) return buckets;
  return buckets.map(([le, n], i) => [le, n - (i ? buckets[i - 1][1] : 0)]);
}

/** Bars by upper bound. */
function histogram(latency) {
  const buckets = perBucket(latency);
  const used = buckets.findLastIndex(([, n]) => n > 0);
  if (!latency || used < 0) return html`<p class="quiet">${t("latency.few")}</p>`;
  const shown = buckets.slice(0, used + 1);
  const most = Math.max(...shown.map(([, n]) => n));
  const width = 420;
  const w = width / shown.length;
  const at = (value) => {
    const i = shown.findIndex(([le]) => value <= le);
    const from = i > 0 ? shown[i - 1][0] : 0;
    return i < 0 ? width : (i + (value - from) / (shown[i][0] - from)) * w;
  };
  const stride = Math.ceil(shown.length / 7);
  return html`<svg class="histogram" viewBox="0 0 440 142" role="img" aria-label=${`p50 ${figure(latency.p50)}, p99 ${figure(latency.p99)} ms`}>
    ${shown.map(([le, n], i) => svg`<rect class="bar" x=${i * w + 1} y=${122 - (n / most) * 72} width=${Math.max(1, w - 2)} height=${(n / most) * 72}></rect>
      ${i % stride === stride - 1 || i === shown.length - 1 ? svg`<text x=${Math.min((i + 1) * w, 426)} y="138" text-anchor="middle">${figure(le)}</text>` : ""}`)}
    <line x1="0" x2="420" y1="122.5" y2="122.5"></line>
    ${["p50", "p90", "p99"].map((name, i) => latency[name] == null ? "" : svg`<g class="quantile"><line x1=${at(latency[name])} x2=${at(latency[name])} y1=${4 + i * 15} y2="122"></line>
      <text x=${at(latency[name]) > 372 ? at(latency[name]) - 4 : at(latency[name]) + 4} y=${14 + i * 15} text-anchor=${at(latency[name]) > 372 ? "end" : "start"}>${name} ${figure(latency[name])}</text></g>`)}</svg>`;
}

function rejected(list) {
  if (!list?.length) return html`<p class="quiet">${t("rejected.none")}</p>`;
  return html`<table class="mini wide rejected"><tbody>${list.map((one) => html`<tr><td><a class="under" href=${quarantineLink({ reason: one.reason })}><b>${reasonName(one.reason)}</b></a></td><td class="num">${count(one.count)}</td>
    <td class="quiet cut" title=${one.last_detail ?? ""}>${one.last_detail ?? ""}</td><td class="num quiet">${one.last_at ? dayClock(ms(one.last_at), serverNow(), zone()) : ""}</td></tr>`)}</tbody></table>`;
}

function hours(list) {
  if (!list?.length) return html`<p class="quiet">${t("hours.none")}</p>`;
  const columns = ["received", "stored", "rejected", "duplicate"];
  return html`<table class="hours"><thead><tr><th>${t("hours.title")}</th>${columns.map((name) => html`<th class="num">${t(`sum.${name}`).split(/[，,]/)[0].toLowerCase()}</th>`)}</tr></thead>
    <tbody>${list.slice(0, 12).map((row) => html`<tr><td>${hourMinute(ms(row.hour), zone())}</td>${columns.map((name) => html`<td class="num">${count(row[name])}</td>`)}</tr>`)}</tbody></table>`;
}

function silent(list) {
  if (!list.length) return html`<p class="quiet">${t("silent.none")}</p>`;
  return html`<table class="mini wide"><tbody>${list.map((view) => html`<tr><td class="tiny">${glyphs.state("silent", { size: 18 })}</td>
    <td><a href=${link(`/sensors/${encodeURIComponent(view.id)}`)}><b>${view.id}</b></a></td><td class="cut">${placeOf(view)}</td>
    <td class="num quiet">${view.last_arrival ? ticking(() => span((now() - ms(view.last_arrival)) / 1000)) : "—"}</td></tr>`)}</tbody></table>`;
}

export const keys = () => [{ key: "Escape", word: t("key.back"), run: () => go(link("/")) }];
export const retry = () => (own.error ? read : null);

/** Versions for the foot of this page. */
export function versions() {
  const data = own.data;
  if (!data?.versions) return "";
  const v = data.versions;
  return html`<span>Kafka ${v.kafka ?? "—"}</span><span>MQTT ${v.mqtt ?? "—"}</span><span>${t("versions.series", v.series ?? "—")}</span>
    ${data.memory_mb != null ? html`<span>${t("versions.memory", count(data.memory_mb), count(data.memory_limit_mb))}</span>` : ""}`;
}

export function page() {
  if (own.site !== state.site) queueMicrotask(() => own.site !== state.site && read());
  const data = own.site === state.site ? own.data : null;
  return html`<main class="page pipeline">
    <header class="pipe-head"><h1>${t("pipe.title")}</h1><span class="quiet">${data?.since ? t("pipe.since", dayClock(ms(data.since), serverNow(), zone())) : ""}</span></header>
    ${own.error ? failure(t("fail.pipeline", own.error), t("retry"), read) : ""}
    ${!data ? (own.error ? "" : loading(own.since ?? performance.now(), t("load.pipeline"), 8)) : html`${equation(data)}
    <div class="sums">${sumLine("in_kafka", "carried", ["evaluated", "duplicate", "late", "waiting"], data.sums)}${sumLine("in_kafka", "carried_series", ["stored", "refused", "unwritten"], data.sums)}</div>
    <div class="pipe-body"><div>${stepsTable(data.parts ?? [])}${hours(data.hours)}</div>
      <aside><section><h3>${t("latency.title", count(data.latency_ms?.count ?? 0))}</h3>${histogram(data.latency_ms)}</section>
        <section><h3><a class="under" href=${link("/quarantine")}>${t("rejected.title")}</a></h3>${rejected(data.rejected)}</section>
        <section><h3>${t("undelivered.title")}</h3>${undelivered(own.failed, read)}</section>
        <section><h3>${t("silent.title")}</h3>${silent(own.silent)}</section></aside></div>`}
  </main>`;
}

setInterval(() => {
  if (state.session === "in" && route.page === "pipeline" && !document.hidden) read();
}, 2000);
