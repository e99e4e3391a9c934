// The crew's page: one job at a time, one next action at the thumb.
import { html, render } from "lit";
import { forget, keep, kept } from "../kept.js";
import * as glyphs from "../glyphs.js";
import { play, unlock, isSuspended } from "../sound.js";
import { before, day, dayClock, hourMinute, ms, past, span } from "../time.js";
import { figure, has, lang, limitFigure, pick, setLanguage, t } from "../words.js";
import "./words.js";
import * as outbox from "./outbox.js";
import { begin, changed, isOthers, look, now, onChange, onNewJob, readEvents, refresh, signIn, signOut, state, step, words } from "./state.js";

const NUMBER = { critical: 1, alarm: 2, warn: 3, notice: 4 };
const STEPS = ["dispatched", "accepted", "en_route", "arrived", "resolved"];
const NEXT = { dispatched: "accept", accepted: "en-route", en_route: "arrive", arrived: "resolve" };
const AFTER = { accept: "accepted", "en-route": "en_route", arrive: "arrived", resolve: "resolved" };
const root = document.getElementById("app");
let shown = null; // id of the job on display; null = the list
let form = null; // "decline", "message", "resolve"
let eta = null; // minutes, as chosen for the next step
let leaving = false; // whether signing out waits for a second word

/** The token of a link. */
function tokenOf(text) {
  const found = /[#&]token=([^&\s]+)/.exec(text ?? "");
  return found ? decodeURIComponent(found[1]) : null;
}

/** The state with what is queued on top: what the crew did counts at once on its own screen. */
function standing(view) {
  const queued = outbox.of(view.job.id).filter((one) => !one.refused && AFTER[one.verb]);
  const last = queued.at(-1);
  return last ? AFTER[last.verb] : view.job.state;
}

const urgency = (view) => [view.job.state === "dispatched" ? 0 : 1, NUMBER[view.severity] ?? 4, ms(view.expected_crossing_at) ?? Infinity];

function sorted() {
  return [...state.jobs].sort((a, b) => {
    const [x, y] = [urgency(a), urgency(b)];
    return x[0] - y[0] || x[1] - y[1] || x[2] - y[2];
  });
}

function glyph(view, size) {
  const coming = view.coming[0];
  const n = NUMBER[view.level ?? coming?.level ?? view.severity] ?? 4;
  return view.state === "closed" || view.state === "cleared" ? glyphs.state("cleared", { size }) : glyphs.level(n, { hollow: !view.level, size });
}

function where(view) {
  const place = view.place;
  const floor = place?.floor ? t("crew.floor", place.floor) : "";
  return [pick(place?.community), pick(place?.building), floor].filter(Boolean).join(" · ");
}

function contact(view) {
  const who = view.place?.contact;
  return who ? html`<p>${t("crew.contact")} <a href=${`tel:${who.phone}`}>${who.name} ${who.phone}</a></p>` : "";
}

function countdown(view) {
  if (view.state === "closed" || view.state === "cleared") return "—";
  const crossing = ms(view.expected_crossing_at);
  if (crossing != null) return before(crossing - now());
  return past(now() - ms(view.crossed_at ?? view.started_at));
}

function limitText(view) {
  const coming = view.coming[0];
  if (coming) return ` → ${limitFigure(coming.limit)}`;
  return view.limit == null ? "" : ` / ${limitFigure(view.limit)}`;
}

function margin(view) {
  const arrival = ms(view.job.expected_arrival_at);
  if (arrival == null || view.job.state === "arrived") return "";
  const at = t("crew.arrive", hourMinute(arrival, state.zone));
  if (view.margin_s == null) return at;
  const m = view.margin_s;
  return html`${at}${lang() === "zh" ? "，" : ", "}<b>${t(m >= 0 ? "crew.early" : "crew.behind", span(Math.abs(m)))}</b>`;
}

function due(view) {
  const at = ms(view.job.due_at);
  if (at == null || standing(view) !== view.job.state) return "";
  if (at < now()) return t("crew.late", span((now() - at) / 1000));
  return view.job.state === "dispatched" ? t("crew.until", hourMinute(at, state.zone)) : t("crew.dueBy", hourMinute(at, state.zone));
}

/** Stays in sight however far the page is scrolled: what it shows counts as seen. */
const said = (view) => html`<div class="words">${words(view).map((one) => html`<p class="note said"><time>${hourMinute(ms(one.time), state.zone)}</time> ${t("crew.event.message", one.by ?? t("crew.centre"), one.note ?? "")}</p>`)}</div>`;

function pips(view) {
  const reached = STEPS.indexOf(standing(view));
  const sent = STEPS.indexOf(view.job.state);
  return html`<ol class="pips">${STEPS.map((name, i) => html`<li class="${i <= reached ? "is-done" : i === reached + 1 ? "is-next" : ""} ${i > sent && i <= reached ? "is-queued" : ""}">
    <i></i><span>${t(`crew.step.${name}`)}${i > sent && i <= reached ? html` <small>${t("crew.queued")}</small>` : ""}</span></li>`)}</ol>`;
}

/** What else is wrong there: no other crew is sent for it. */
function others(view) {
  const list = view.others ?? [];
  if (!list.length) return "";
  const reading = (one) => (has(`crew.rule.${one.rule}`) ? t(`crew.rule.${one.rule}`) : one.value != null ? `${figure(one.value)} ${one.unit}` : has(`w.${one.word}`) ? t(`w.${one.word}`) : (one.word ?? ""));
  const floor = (one) => (one.place?.floor ? t("crew.floor", one.place.floor) : "");
  return html`<section class="others"><h2>${t("crew.others", list.length)}</h2><ul>${list.map((one) => html`<li>
    ${glyphs.level(NUMBER[one.severity] ?? 4, { hollow: one.state === "forewarned", size: 22 })} <span><b>${pick(one.name)}</b> <small>${[floor(one), reading(one)].filter(Boolean).join(" · ")}</small></span></li>`)}</ul></section>`;
}

const lines = (text) => pick(text).split("\n").filter(Boolean);

const tickKey = (view, i) => `check/${view.job.id}/${i}`;

function checks(view) {
  const items = [...view.job.checklist.flatMap(lines), ...lines(view.guidance)];
  if (!items.length) return "";
  return html`<section><h2>${t("crew.todo")}</h2><ul class="checks">${items.map((text, i) => html`<li><label>
    <input type="checkbox" .checked=${kept(tickKey(view, i)) === "1"} @change=${(event) => keep(tickKey(view, i), event.target.checked ? "1" : "0")}>
    <span>${text}</span></label></li>`)}</ul></section>`;
}

/** Why the server says no, as a clause; its own words are for programs. */
const reasonWord = (reason) => t(has(`crew.because.${reason}`) ? `crew.because.${reason}` : "crew.because.other");

function log(view) {
  const events = (state.events.get(view.job.id) ?? []).filter((one) => one.kind !== "seen" || one.by !== state.person.name);
  if (!events.length) return "";
  const text = (one) => {
    const own = `crew.event.${one.kind}`;
    const by = one.by === state.person.name ? state.person.name : (one.by ?? t("crew.centre"));
    if (one.kind === "declined" && !one.note) return t("crew.event.declinedBare", by);
    if (one.kind === "message" || one.kind === "declined") return t(own, by, one.note ?? "");
    if (one.kind === "seen") return t(own, by);
    if (one.kind === "refused") return t(own, reasonWord(one.note));
    const stepName = `crew.step.${one.kind}`;
    const said = one.note ? t("colon") + one.note : "";
    return (t(stepName) !== stepName ? `${t(stepName)}${one.by ? ` · ${one.by}` : ""}` : t(own)) + said;
  };
  return html`<section><h2>${t("crew.log")}</h2><ol class="log">${events.map((one) => html`<li><time>${hourMinute(ms(one.time), state.zone)}</time> ${text(one)}</li>`)}</ol></section>`;
}

function act(view, verb, body) {
  form = null;
  const minutes = eta;
  eta = null;
  step(view, verb, minutes && (verb === "accept" || verb === "en-route") ? { ...body, eta: `PT${minutes}M` } : body);
}

function etaChips(verb) {
  if (verb !== "accept" && verb !== "en-route") return "";
  return html`<div class="etas" role="group" aria-label=${t("crew.eta")}><span>${t("crew.eta")}</span>${[5, 10, 15, 30].map((m) => html`<button class="chip" aria-pressed=${eta === m}
    @click=${() => {
      eta = eta === m ? null : m;
      changed();
    }}>${t("crew.minutes", m)}</button>`)}</div>`;
}

function open(name) {
  form = name;
  changed();
  requestAnimationFrame(() => root.querySelector(".sheet textarea, .sheet input")?.focus());
}

function sheet(view) {
  // A phone drops pages in the background: what is half written is kept until it is sent.
  const draft = (name) => `draft/${view.job.id}/${form}/${name}`;
  const text = (name, rows, required) => html`<textarea name=${name} rows=${rows} maxlength="2000" ?required=${required}
    .value=${kept(draft(name)) ?? ""} @input=${(event) => keep(draft(name), event.target.value)}></textarea>`;
  const field = (name, rows, required) => html`<label>${t(`crew.${name}`)}${text(name, rows, required)}</label>`;
  const submit = (event) => {
    event.preventDefault();
    const data = new FormData(event.target);
    const said = (name) => (data.get(name) ?? "").trim() || null;
    forget(`draft/${view.job.id}/${form}`);
    if (form === "resolve") act(view, "resolve", { finding: said("finding"), cause: said("cause"), action: said("action") });
    else act(view, form, { note: said("note") });
  };
  const body = {
    resolve: () => html`${field("finding", 2)}${field("cause", 2)}${field("action", 2, true)}`,
    decline: () => html`<label>${t("crew.declineWhy")}${text("note", 2, false)}</label>`,
    message: () => html`<label>${t("crew.messageText")}${text("note", 3, true)}</label>`,
  }[form]();
  const word = { resolve: "crew.send", decline: "crew.declineSend", message: "crew.messageSend" }[form];
  return html`<form class="sheet" @submit=${submit}>${body}
    <button class="action">${t(word)}</button>
    <button class="button" type="button" @click=${() => open(null)}>${t("crew.cancel")}</button></form>`;
}

function actions(view) {
  if (form) return sheet(view);
  const now = standing(view);
  const verb = NEXT[now];
  if (!verb) return "";
  return html`<div class="dock">${etaChips(verb)}
    <div class="dock-small"><button class="button" @click=${() => open("decline")}>${t("crew.decline")}</button>
      <button class="button" @click=${() => open("message")}>${t("crew.message")}</button></div>
    <button class="action" @click=${() => (verb === "resolve" ? open("resolve") : act(view, verb))}>${t(`crew.do.${verb}`)}</button></div>`;
}

function jobPage(view) {
  const over = (view.state === "closed" || view.state === "cleared") && !view.others?.length;
  return html`<main class="job ${isOld() ? "is-stale" : ""}">
    ${state.jobs.length > 1 ? html`<button class="plain back" @click=${() => show(null)}>← ${t("crew.back")} (${state.jobs.length})</button>` : ""}
    <header>${glyph(view, 30)}<h1>${pick(view.name)}</h1></header>
    <p class="big count">${countdown(view)}<span>${view.value != null ? html`<b>${figure(view.value)} ${view.unit}</b>` : ""}${limitText(view)}
      ${view.job.preventive && !view.level ? html`<br><small>${t("crew.preventive")}</small>` : ""}</span></p>
    <p>${margin(view)}</p><p class="quiet">${due(view)}</p>
    ${isOthers(view) ? html`<p class="quiet">${t("crew.asked", view.job.member_name ?? view.job.member)}</p>` : ""}${said(view)}${over ? html`<p class="note">${t("crew.gone")}</p>` : ""}
    ${pips(view)}
    <section><h2>${where(view)}</h2>${contact(view)}${view.hazard_class ? html`<p class="quiet">${t(`hazard.${view.hazard_class}`)}</p>` : ""}</section>
    ${others(view)}${checks(view)}${log(view)}</main>${actions(view)}`;
}

function listPage() {
  const jobs = sorted();
  if (!state.person?.crew && state.person?.role === "crew") return html`<main class="job"><p class="note">${t("crew.unknown")}</p></main>`;
  if (!jobs.length) return html`<main class="job empty"><h1>${t("crew.none")}</h1><p class="quiet">${t("crew.noneMore")}</p>${state.done ? html`<p class="quiet">${t("crew.done", state.done)}</p>` : ""}</main>`;
  return html`<main class="job ${isOld() ? "is-stale" : ""}"><h1>${t("crew.title")}</h1><ul class="jobs">${jobs.map((view) => html`<li><button @click=${() => show(view.job.id)}>
    ${glyph(view, 30)}<span><b>${pick(view.name)}</b><small>${where(view)}</small><small>${view.job.state === "dispatched" ? html`<b>${t("crew.new")}</b> · ` : ""}${t(`crew.step.${standing(view)}`)} · ${due(view)}</small></span>
    <span class="count">${countdown(view)}</span></button></li>`)}</ul></main>`;
}

export function show(id) {
  shown = id;
  form = null;
  if (id) readEvents(id);
  changed();
}

/** The time alone on the same day, else with the date. */
const since = (at) => (day(at, state.zone) === day(now(), state.zone) ? hourMinute(at, state.zone) : dayClock(at, now(), state.zone));

/** Nothing new is heard, or nothing was yet: an answer that is on its way needs no bar. */
const isOld = () => Boolean(state.trouble) || (state.heardAt != null && !state.heard && performance.now() > 1_000);

function freshness() {
  const waiting = outbox.waiting();
  const sending = waiting && outbox.isWaitingSince(now() - 1_500);
  if (!isOld() && !sending) return "";
  const why = t(!isOld() ? "crew.sending" : `crew.old.${state.trouble ?? "asking"}`);
  const asOf = isOld() && state.heardAt != null ? t("crew.asOf", since(state.heardAt)) : "";
  const queue = waiting ? t("crew.waiting", waiting) : "";
  return html`<div class="bar" role="status">${glyphs.state("silent", { size: 22 })}<span><b>${[why, asOf].filter(Boolean).join(t("comma"))}</b>
    ${queue ? html`<br>${queue}` : ""}</span></div>`;
}

/** What became of a job, and of what the crew did for it, with the place's name and no id. */
function refusal({ name, verb, refused: { status, reason } }) {
  const what = reason ?? (status === 404 ? "unknown-job" : "other");
  const place = pick(name);
  if (!["reassigned", "cancelled", "unassigned", "resolved", "unknown-job", "closed"].includes(what)) return html`<b>${place}</b> ${t("crew.refused", verb ? t(`crew.verb.${verb}`) : "", reasonWord(what))}`;
  const ended = html`<b>${place}</b> ${t(`crew.ended.${what}`)}`;
  if (what === "unassigned") return ended;
  // Who reports has been there: that the way can be saved is no news, that nobody read it is.
  return html`${ended}${["arrive", "resolve", "message"].includes(verb) ? t("crew.notRead", t(`crew.verb.${verb}`)) : t("crew.needNotGo")}`;
}

/** What was written and reached nobody: to be read out on the telephone. */
function unread(job) {
  const texts = outbox.refused().filter((one) => one.job === job).flatMap(({ body }) => [body?.note, body?.finding, body?.cause, body?.action]);
  return texts.some(Boolean) ? html`<br><q>${texts.filter(Boolean).join(" · ")}</q>` : "";
}

/** One for each job: the first step that was refused says it. */
function refusals() {
  const byJob = new Map();
  for (const one of outbox.refused()) if (!byJob.has(one.job)) byJob.set(one.job, one);
  return [...byJob.values()].map((one) => html`<div class="bar" role="alert"><span>${refusal(one)}${unread(one.job)}</span>
    <button class="button slim" @click=${() => outbox.dismiss(one.job)}>${t("crew.drop")}</button></div>`);
}

function leave(next) {
  leaving = next;
  changed();
}

function leaveBar() {
  if (!leaving || state.session !== "in") return "";
  const waiting = outbox.waiting();
  return html`<div class="bar" role="alert"><span>${t(waiting ? "crew.signoutLost" : "crew.signoutSure", waiting)}</span>
    <button class="button slim" @click=${() => {
      leave(false);
      signOut();
    }}>${t("crew.signout")}</button><button class="button slim" @click=${() => leave(false)}>${t("crew.cancel")}</button></div>`;
}

function bars() {
  return html`${leaveBar()}${freshness()}${refusals()}
    ${isSuspended() ? html`<button class="bar inverted" @click=${() => unlock(true).then(changed)}>${t("crew.sound")}</button>` : ""}`;
}

function signInPage() {
  const submit = (event) => {
    event.preventDefault();
    unlock(true);
    const data = new FormData(event.target);
    const token = tokenOf(data.get("link"));
    signIn(token ? { token } : { name: data.get("name"), password: data.get("password") }, ({ status, message }) =>
      status === 0 ? t("crew.noNetwork") : status === 401 ? t(token ? "signin.refused" : "crew.wrong") : message,
    );
  };
  return html`<main class="job"><form class="sheet" @submit=${submit}><h1>${t("signin.title")}</h1>
    <label>${t("crew.name")}<input name="name" autocomplete="username"></label>
    <label>${t("crew.password")}<input name="password" type="password" autocomplete="current-password"></label>
    <label>${t("crew.or")}<input name="link" autocomplete="off" spellcheck="false" placeholder="http://…/crew#token=…"></label>
    ${state.said ? html`<p role="alert"><b>${state.said}</b></p>` : ""}
    <button class="action">${t("crew.signin")}</button></form></main>`;
}

/** Before the first answer ever: there is nothing kept to show. */
function waitPage() {
  return html`<main class="job empty">${state.trouble ? html`<p class="quiet">${t("crew.nothingKept")}</p>` : ""}</main>`;
}

function top() {
  return html`<header class="crew-top"><b>${t("brand")}</b><span class="quiet">${state.person?.name ?? ""}</span>
    <button class="tool push" @click=${() => {
      setLanguage(lang() === "zh" ? "en" : "zh");
      changed();
    }}>${t("language.other")}</button>
    ${state.session === "in" ? html`<button class="tool" @click=${() => leave(!leaving)}>${t("crew.signout")}</button>` : ""}</header>`;
}

function draw() {
  const jobs = sorted();
  // A single job needs no list. One on display that went to another crew falls back to it.
  const view = jobs.find((one) => one.job.id === shown) ?? (jobs.length === 1 ? jobs[0] : null);
  if (!view && state.heard) shown = null; // Nothing more is told of a job that is another crew's.
  if (view && view.job.id !== shown) queueMicrotask(() => show(view.job.id));
  const inside = () => (view ? jobPage(view) : state.heardAt == null ? waitPage() : listPage());
  const page = state.session === "in" ? inside() : state.session === "out" ? signInPage() : waitPage();
  document.title = state.jobs.length ? `(${state.jobs.length}) ${t("brand")}` : t("brand");
  if (view && !form && state.session === "in" && document.visibilityState === "visible") look(view);
  render(html`${top()}${bars()}${page}`, root);
}

let asked = false;

function schedule() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    draw();
  });
}

onChange(schedule);
outbox.onOutbox(schedule);
function call() {
  play(2);
  navigator.vibrate?.([200, 100, 200]);
}

onNewJob(call);
outbox.onRefused(call); // Who is on the way does not look at the screen.
const token = tokenOf(location.hash);
if (token) history.replaceState(null, "", location.pathname);
begin(token);
for (const kind of ["online", "focus"]) addEventListener(kind, refresh);
addEventListener("offline", () => {
  state.trouble = "network";
  changed();
});
// So that the page opens without a network too. Browsers have it on https and localhost alone, and
// may refuse it to a private window: then the page is as good as its tab.
navigator.serviceWorker?.register("/crew-worker.js", { scope: "/crew" }).catch(() => {});
document.addEventListener("visibilitychange", () => !document.hidden && refresh());
addEventListener("click", () => isSuspended() && unlock(false).then(changed), { capture: true });
setInterval(schedule, 1_000);
setInterval(refresh, 3_000);
setInterval(() => shown && readEvents(shown), 6_000);
