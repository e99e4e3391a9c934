// Who is sent, and shelving: the part of an alert's page on which the centre acts.
import { html } from "lit";
import { isOver } from "../alerts.js";
import { key } from "../dom.js";
import * as glyphs from "../glyphs.js";
import { arrivalText, dueText, giveAlert, giveJob, incidentJob, jobText, openJob, readCrews, sameIncident, seenText, trouble, who } from "../responding.js";
import { nameOf, what } from "../phrases.js";
import { link } from "../router.js";
import { changed, failed, now, zone } from "../store.js";
import { dayClock, hourMinute, ms } from "../time.js";
import { pick, t } from "../words.js";

const drafts = new Map(); // what is half written to a crew, by job

let form = { id: null, kind: null, crews: null, job: null }; // which form is open, for which alert

const close = () => {
  form = { id: null, kind: null, crews: null, job: null };
  changed();
};

/** Opens the choice of a crew. @param job the open one that is to go to another; null = a new one */
export async function openDispatch(alert, job = null) {
  form = { id: alert.id, kind: "dispatch", crews: null, job };
  changed();
  try {
    const crews = await readCrews();
    const fits = (crew) => crew.families.includes(alert.family) && (!crew.communities.length || crew.communities.includes(alert.place?.community?.zh));
    form.crews = crews.map((crew) => ({ ...crew, fits: fits(crew) })).sort((a, b) => b.fits - a.fits || (b.on_duty.length > 0) - (a.on_duty.length > 0) || a.open_jobs - b.open_jobs);
  } catch (error) {
    failed(error, (text) => trouble.set(alert.id, text));
  }
  changed();
  requestAnimationFrame(() => document.querySelector(".response-form")?.scrollIntoView({ block: "nearest" }));
}

export function openShelve(alert) {
  form = { id: alert.id, kind: "shelve", crews: null, job: null };
  changed();
  requestAnimationFrame(() => document.querySelector(".response-form input")?.focus());
}

/** 1 … 9 pick the crew of that row, while the choice is open. */
export function pickKeys(alert) {
  if (form.id !== alert?.id || form.kind !== "dispatch" || !form.crews) return [];
  return form.crews.slice(0, 9).map((crew, i) => ({ key: String(i + 1), hidden: true, run: () => dispatch(alert, crew.id) }));
}

export const isFormOpen = () => form.kind != null;
export { close as closeForm };

function dispatch(alert, crew) {
  const job = form.job;
  close();
  giveAlert(alert.id, "dispatch", { crew, job });
}

function choice(alert) {
  if (form.id !== alert.id || form.kind !== "dispatch") return "";
  const list = form.crews ?? [];
  return html`<div class="response-form" role="group" aria-label=${t("job.dispatch")}>
    <button class="crew-choice" @click=${() => dispatch(alert, null)}><span><b>${t("job.auto")}</b></span></button>
    ${list.map((crew, i) => html`<button class="crew-choice ${crew.fits ? "" : "unfit"}" @click=${() => dispatch(alert, crew.id)}>
      <span><b>${pick(crew.name)}</b> <small>${crew.on_duty.length ? t("job.onDuty", crew.on_duty.length, crew.open_jobs) : t("job.offDuty")}</small></span>${i < 9 ? key(i + 1) : ""}</button>`)}
    <button class="button slim" @click=${close}>${t("close")} ${key("Esc")}</button></div>`;
}

function jobLine(alert, job) {
  const open = !["resolved", "cancelled"].includes(job.state);
  return html`<li class="job-line ${open ? "" : "quiet"}">
    <div>${glyphs.state("crew", { size: 18, label: t("h.crew") })} <b>${who(job) || t("job.unassigned")}</b> <span>${job.crew ? jobText(job) : ""}</span>
      ${job.preventive ? html`<span class="tag">${t("job.preventive")}</span>` : ""}</div>
    ${open ? html`<div class="quiet small"><span>${[arrivalText(alert, job), dueText(job), seenText(job)].filter(Boolean).join(" · ")}${job.phone ? html` · <span class="phone">${job.phone}</span>` : ""}</span></div>` : ""}
    ${job.said ? html`<p class="crew-said"><b>${t("job.said", job.said.by, hourMinute(ms(job.said.at), zone()), job.said.text)}</b>
      <button class="button slim" @click=${() => giveJob(alert.id, job.id, "seen", { until: job.said.at })}>${t("job.read")}</button></p>` : ""}
    ${job.tried.length ? html`<div class="quiet small">${t("job.tried", job.tried.map((one) => one.name ?? one.member ?? one.crew).join(t("comma")))}</div>` : ""}
    ${open ? html`<div class="job-acts"><button class="button slim" @click=${() => openDispatch(alert, job.id)}>${t("job.reassign")}</button>
      ${job.crew ? html`<form @submit=${(event) => {
        event.preventDefault();
        const input = event.target.elements.note;
        if (input.value.trim()) giveJob(alert.id, job.id, "message", { note: input.value.trim() });
        drafts.delete(job.id);
        changed();
      }}><input name="note" type="text" .value=${drafts.get(job.id) ?? ""} @input=${(event) => drafts.set(job.id, event.target.value)} maxlength="2000" autocomplete="off" placeholder=${t("job.message")} aria-label=${t("job.message")}><button class="button slim">${t("job.send")}</button></form>` : ""}</div>` : ""}
  </li>`;
}

function forIncident(alert) {
  const other = incidentJob(alert);
  if (!other) return html`<p class="quiet">${t("job.none")}</p>`;
  return html`<ol>${jobLine(other.alert, other.job)}</ol>
    <p class="small"><a href=${link(`/alerts/${encodeURIComponent(other.alert.id)}`)}>${t("job.forIncident", nameOf(other.alert))}</a></p>`;
}

/** Who is sent, and the button that sends somebody. */
export function crewPart(alert) {
  const jobs = alert.jobs ?? [];
  const said = trouble.get(alert.id);
  return html`<section class="response"><h3>${t("h.crew")}</h3>
    ${jobs.length ? html`<ol>${jobs.map((job) => jobLine(alert, job))}</ol>` : forIncident(alert)}
    ${alert.place?.contact ? html`<p class="small">${t("job.contact", alert.place.contact.name, alert.place.contact.phone)}</p>` : ""}
    ${said ? html`<p role="alert"><b>${t("response.failed", said)}</b></p>` : ""}
    ${choice(alert)}</section>`;
}

/** What belongs together: a fire's smoke, heat and power. Nothing where the alert is alone. */
export function incidentPart(alert) {
  const others = sameIncident(alert);
  if (!others.length) return "";
  const first = [alert, ...others].sort((a, b) => (a.started_at < b.started_at ? -1 : 1))[0];
  return html`<section class="response"><h3>${t("h.incident", nameOf(first))}</h3><ul>${others.map((one) => html`<li class="small">
    <a href=${link(`/alerts/${encodeURIComponent(one.id)}`)}>${what(one)} · ${nameOf(one)}</a></li>`)}</ul></section>`;
}

/** That it is shelved, or ought to be; the form for it. */
export function shelfPart(alert) {
  const shelf = alert.state === "closed" ? null : alert.shelf; // one that is over keeps it for the next
  const spans = [[15, "PT15M"], [60, "PT1H"], [240, "PT4H"], [480, "PT8H"]];
  const send = (event) => {
    event.preventDefault();
    const reason = event.target.elements.reason.value.trim();
    const span = event.submitter?.value ?? "PT1H";
    if (!reason) return event.target.elements.reason.focus();
    close();
    giveAlert(alert.id, "shelve", { for: span, reason });
  };
  return html`${shelf ? html`<section class="response"><p>${glyphs.state("shelved", { size: 18, label: t("strip.shelved") })}
      ${t("shelf.until", dayClock(ms(shelf.until), now(), zone()), shelf.by, shelf.because)}</p>
      <button class="button slim" @click=${() => giveAlert(alert.id, "unshelve", {})}>${t("shelf.back")}</button></section>` : ""}
    ${alert.chattering && !shelf ? html`<section><p><b>${t("shelf.chattering")}</b></p></section>` : ""}
    ${form.id === alert.id && form.kind === "shelve" ? html`<form class="response response-form" @submit=${send}>
      <input name="reason" type="text" maxlength="2000" autocomplete="off" placeholder=${t("shelf.reason")} aria-label=${t("shelf.reason")}>
      <div class="job-acts">${spans.map(([minutes, value]) => html`<button class="button slim" name="for" value=${value}>${minutes < 60 ? t("shelf.for", minutes) : t("shelf.hours", minutes / 60)}</button>`)}
        <button class="button slim" type="button" @click=${close}>${t("close")}</button></div></form>` : ""}`;
}

/** Dispatch, shelve, reset: what may be done now. */
export function responseButtons(alert) {
  if (alert.state === "closed") return "";
  return html`${openJob(alert) ? "" : html`<button class="button" @click=${() => openDispatch(alert)}>${t("job.dispatch")} ${key("D")}</button>`}
    ${isOver(alert) ? html`<button class="button" @click=${() => giveAlert(alert.id, "reset", {})}>${t("reset.button")} ${key("R")}</button>`
      : alert.shelf ? "" : html`<button class="button" @click=${() => openShelve(alert)}>${t("shelf.button")} ${key("S")}</button>`}`;
}

export const responseKeys = (alert) => !alert ? [] : [
  ...pickKeys(alert),
  { key: "D", word: t("key.dispatch"), run: () => openDispatch(alert, openJob(alert)?.id ?? null) },
  { key: "S", word: t("key.shelve"), hidden: true, run: () => !isOver(alert) && openShelve(alert) },
];

/** Resets an alert whose danger is gone. @returns whether there was one to reset */
export function reset(alert) {
  if (!alert || alert.state !== "cleared") return false;
  giveAlert(alert.id, "reset", {});
  return true;
}
