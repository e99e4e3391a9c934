// One entry of the quarantine: every fact, its message, what became of it, what can be done.
import { html } from "lit";
import { get } from "../api.js";
import { copy, wasCopied } from "../copying.js";
import { failure, key } from "../dom.js";
import * as glyphs from "../glyphs.js";
import { isUnderWay, mayRetry } from "../retries.js";
import { link, route } from "../router.js";
import { changed, failed, serverNow, state, zone } from "../store.js";
import { dayClock, ms } from "../time.js";
import { count, t } from "../words.js";
import { ask, confirmation, isAsked, reasonName, retryOne } from "./quarantine.js";

const MOST = 100;
const SHOWN = 4096;
let details = new Map(); // id → {entry} | {loading} | {error}

/** What was read may have changed; what is on display stays until it is read again. */
export function forgetDetails() {
  for (const one of details.values()) one.old = true;
}

async function read(id) {
  const before = details.get(id);
  const mine = { loading: true, entry: before?.entry };
  details.set(id, mine);
  if (details.size > MOST) details.delete(details.keys().next().value);
  try {
    Object.assign(mine, { entry: await get(`quarantine/${encodeURIComponent(id)}`), loading: false });
  } catch (error) {
    failed(error, (text) => Object.assign(mine, { error: text, missing: error.status === 404, loading: false }));
  }
  changed();
}

const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

/** A line for a shell that shows what today's decoder makes of it. */
function decodeLine(entry) {
  const file = `${entry.id}.bin`;
  return `printf %s ${quoted(entry.payload.base64)} | base64 -d > ${file} && ./minusone decode --topic ${quoted(entry.topic)} ${file}`;
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** Eight bytes a line, so that the pane holds it: offset, bytes, characters. */
function dump(base64) {
  const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)).subarray(0, SHOWN);
  const lines = [];
  for (let at = 0; at < bytes.length; at += 8) {
    const part = [...bytes.subarray(at, at + 8)];
    const hex = part.map((b) => b.toString(16).padStart(2, "0")).join(" ");
    const text = part.map((b) => (b >= 0x20 && b < 0x7f ? String.fromCharCode(b) : "."));
    lines.push(`${at.toString(16).padStart(4, "0")}  ${hex.padEnd(23)}  ${text.join("")}`);
  }
  return lines.join("\n");
}

function payload(entry) {
  const one = entry.payload;
  if (!one.kept) return html`<p class="quiet">${t(entry.bytes ? "quar.noBytes" : "quar.emptyBytes")}</p>`;
  const cut = one.kept < entry.bytes;
  return html`${cut ? html`<p class="quiet small">${t("quar.cut", count(one.kept), count(entry.bytes))}</p>` : ""}
    ${one.in !== entry.id ? html`<p class="quiet small">${t("quar.inOther")} <a class="under" href=${link(`/quarantine/${one.in}`)}>${one.in}</a></p>` : ""}
    <pre class="q-payload" tabindex="0" aria-label=${t("quar.payload")}>${one.text != null ? (cut ? one.text : pretty(one.text)) : dump(one.base64)}</pre>
    ${one.text == null && one.kept > SHOWN ? html`<p class="quiet small">${t("quar.dumpCut")}</p>` : ""}`;
}

function outcome(entry) {
  const one = entry.outcome;
  if (entry.state !== "retried" && !one) return "";
  if (!one) return html`<p class="standing">${glyphs.state("cleared", { size: 20 })} ${t("quar.state.retried")}</p>`;
  const when = t("quar.retriedBy", one.by, dayClock(ms(one.at), serverNow(), zone()));
  if (one.refused) return html`<p class="q-outcome"><b>${t("quar.cannot")}</b> ${one.refused}<br><span class="quiet small">${when}</span></p>`;
  const together = !one.readings && !one.rejected;
  const parts = [together ? t("quar.together") : t("retry.readings", count(one.readings))];
  if (one.rejected) parts.push(t("retry.rejected", count(one.rejected)));
  return html`<p class="q-outcome">${glyphs.state("cleared", { size: 20 })}<span><b>${parts.join(t("comma"))}</b><br><span class="quiet small">${when}</span></span></p>
    ${one.readings > 1 ? html`<p class="quiet small">${t("quar.duplicates")}</p>` : ""}`;
}

function fact(name, value) {
  return value == null || value === "" ? "" : html`<tr><td class="quiet">${t(name)}</td><td>${value}</td></tr>`;
}

function actions(entry) {
  const line = `decode-${entry.id}`;
  return html`<div class="side-foot">${entry.state === "open" && mayRetry()
    ? isAsked("one") ? confirmation("one", t("retry.confirmOne"), () => retryOne(entry.id))
      : html`<button class="button main" ?disabled=${isUnderWay() || !entry.payload.kept} @click=${() => ask("one")}>${t("retry.one")} ${key("Y")}</button>` : ""}
    ${isAsked("one") || !entry.payload.kept ? "" : html`<button class="button" @click=${() => copy(line, decodeLine(entry))}>${t(wasCopied(line) ? "copied" : "quar.copyDecode")}</button>`}</div>`;
}

/** The pane beside the list; on narrow windows it takes the list's place. */
export function detail() {
  const id = route.id;
  if (!id) return html`<div class="side-scroll"><p class="quiet">${t("quar.pick")}</p></div>`;
  const one = details.get(id);
  if (!one || (one.old && !one.loading)) queueMicrotask(() => {
    const now = details.get(id);
    if (state.session === "in" && (!now || (now.old && !now.loading))) read(id);
  });
  const back = html`<a class="button slim narrow-back" href=${link("/quarantine")}>${t("quar.back")}</a>`;
  if (one?.error) return html`<div class="side-scroll">${back}${failure(one.missing ? t("quar.missing", id) : t("fail.quarantine", one.error), t("retry"), () => read(id))}</div>`;
  if (!one?.entry) return html`<div class="side-scroll" aria-busy="true">${back}<p class="quiet">${t("load.quarantine")}</p></div>`;
  const entry = one.entry;
  return html`<div class="side-scroll">${back}<h2>${reasonName(entry.reason)}</h2><p class="q-said">${entry.detail}</p>${outcome(entry)}
    <section><table class="mini facts-table" role="presentation"><tbody>
      ${fact("quar.arrived", ms(entry.at) ? dayClock(ms(entry.at), serverNow(), zone()) : "")}
      ${fact("quar.topic", html`<span class="q-break">${entry.topic}</span>`)}${fact("quar.client", entry.client && html`<span class="q-break">${entry.client}</span>`)}
      ${fact("quar.site", entry.site || t("quar.noSite"))}${fact("quar.stands", entry.count > 1 ? count(entry.count) : "")}
      ${fact("quar.size", t("quar.bytes", count(entry.bytes)))}${fact("quar.id", entry.id)}
      ${entry.retry_of ? fact("quar.retryOf", html`<a class="under" href=${link(`/quarantine/${entry.retry_of}`)}>${entry.retry_of}</a>`) : ""}
      ${entry.sha256 && entry.sha256.length > 8 ? fact("quar.hash", html`<span class="q-break small">${entry.sha256}</span>`) : ""}</tbody></table></section>
    <section><h3>${t("quar.payload")}</h3>${payload(entry)}</section></div>${actions(entry)}`;
}
