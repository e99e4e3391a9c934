// Sensors that send and that nobody registered: for an engineer to adopt.
import { html } from "lit";
import { get } from "../api.js";
import { copy, wasCopied } from "../copying.js";
import { failure, loading } from "../dom.js";
import { familyName } from "../phrases.js";
import { changed, failed, serverNow, site, state, zone } from "../store.js";
import { dayClock, ms } from "../time.js";
import { count, pick, t } from "../words.js";
import { quarantineLink } from "./quarantine.js";

let own = { site: null, data: null, error: null, since: null };

async function read() {
  const id = state.site;
  if (own.site !== id) own = { site: id, data: null, error: null, since: performance.now() };
  const mine = own;
  try {
    Object.assign(mine, { data: await get("sensors/unknown", { site: id }), error: null, since: null });
  } catch (error) {
    failed(error, (text) => Object.assign(mine, { error: text, since: null }));
  }
  changed();
}

let tick = 0;

/** Looked at with every fifth beat of the list's: it changes slowly, and rows must not jump. */
export const look = () => tick++ % 5 === 0 && read();
export const retry = () => (own.error ? read : null);

const time = (iso) => (iso ? dayClock(ms(iso), serverNow(), zone()) : "—");

function card(one) {
  const line = `yaml-${one.name}`;
  return html`<li class="u-card"><div class="u-head"><h2>${one.name}</h2><span class="quiet">${[one.family ? familyName(one.family) : t("unknown.noFamily"), one.gateway ? t("unknown.via", one.gateway) : ""].filter(Boolean).join(" · ")}</span>
      <span class="push quiet">${t(one.admitted ? "unknown.admitted" : "unknown.refused")}</span></div>
    <p class="facts"><span>${t("unknown.last")} <b>${time(one.last_heard)}</b></span>${one.first_heard ? html`<span>${t("unknown.first")} <b>${time(one.first_heard)}</b></span>` : ""}
      ${one.rejected ? html`<a class="under" href=${quarantineLink({ reason: "unknown-sensor", q: one.name })}>${t("unknown.rejected", count(one.rejected))}</a>` : ""}</p>
    <div class="u-yaml"><pre tabindex="0" aria-label=${t("unknown.line")}>${one.yaml.trim()}</pre><button class="button slim" @click=${() => copy(line, `${one.yaml}\n`)}>${t(wasCopied(line) ? "copied" : "copy")}</button></div></li>`;
}

export function page(tabs) {
  if (own.site !== state.site) queueMicrotask(() => own.site !== state.site && read());
  const data = own.site === state.site ? own.data : null;
  return html`<main class="page quarantine unknown"><div class="toolbar two">${tabs}</div>
    ${own.error ? failure(t("fail.unknown", own.error), t("retry"), read) : ""}
    ${!data ? (own.error ? "" : loading(own.since ?? performance.now(), t("load.unknown"), 4)) : html`<div class="u-body"><h1>${t("unknown.title", pick(site()?.name))}</h1>
      <p class="quiet">${t(data.admits_unknown ? "unknown.policyAdmits" : "unknown.policyRefuses")}</p>
      ${data.items.length ? html`<p>${t("unknown.adopt")}</p><ul class="u-list">${data.items.map(card)}</ul>` : html`<p class="said">${t("unknown.none")}</p>`}</div>`}</main>`;
}
