// The one state of the pages, folded from the API and the stream. Pages read it and never write it.
import { all, ApiError, get, newKey, post, setCsrf } from "./api.js";
import { isFolded, isListed, isOpen, isOver, isSystem, recent } from "./alerts.js";
import { keep, kept } from "./kept.js";
import { appendReadings, forgetSeries } from "./series.js";
import { Stream } from "./stream.js";
import { ms, ServerClock } from "./time.js";
import { t } from "./words.js";

export const state = {
  session: "unknown", // unknown, in, out, expired
  me: null,
  sites: [],
  runs: [],
  site: null,
  loading: null, // since when (performance.now()) the open alerts are being read; null = done
  error: null,
  alerts: new Map(), // id → Alert, open ones and those closed while on display
  starts: new Map(), // id → when it began, of the last alerts whether open or not
  calmSince: null, // when the last alert closed; null while one is open or none is known
  details: new Map(), // id → {alert, events, rule, sensor, unit} | {loading} | {error}
  values: new Map(), // sensor|quantity → newest reading heard
  nearest: null,
  heartbeat: null,
  stale: false,
  staleAt: null, // the site's time at which the screen stands still
  lastHeard: null, // the server's time of the last heartbeat before that
  silent: [], // sensors that fell silent, shown while there is no alert
  news: null, // one line that goes away by itself: {text, glyph}
  pending: new Map(), // alert id → {key, since} while an acknowledgement is under way, {error} once refused
  awaited: null, // a run that was asked for and that the server does not know yet
};

const listeners = new Set();
let clock = new ServerClock();
let eventTime = 0; // newest event time heard: a run's now
let stream = null;
let catchingUp = null;
const watched = new Set();

/** Calls `listener` after every change, at once: sound and title must not wait for a frame. */
export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function changed() {
  for (const listener of listeners) listener();
}

export const isRun = () => state.site?.includes("@") ?? false;
export const run = () => state.runs.find((r) => r.site === state.site) ?? null;

/** The site itself; for a run, the one it is a run of. */
export const site = () => state.sites.find((s) => s.id === state.site?.split("@")[0]) ?? null;
export const zone = () => site()?.zone ?? "Asia/Shanghai";

/** The wall clock of the server. */
export const serverNow = () => clock.now(Date.now());

/** The site's now: the server's clock; a run's is its newest event time. Stands still while stale. */
export function now() {
  if (state.stale && state.staleAt != null) return state.staleAt;
  return isRun() ? eventTime || serverNow() : serverNow();
}

export const streamAge = () => stream?.age() ?? null;
export const openAlerts = () => [...state.alerts.values()].filter((alert) => isListed(alert) && !isFolded(alert) && !isSystem(alert));
/** What troubles the system itself, now. */
export const ownTrouble = () => [...state.alerts.values()].filter((alert) => isSystem(alert) && !isOver(alert));
export const newInTenMinutes = () => recent(state.starts, now());
export const valueOf = (sensor, quantity) => state.values.get(`${sensor}|${quantity}`) ?? null;

/**
 * Folds an alert as it is after its revision into those known.
 *
 * @returns {"new"|"next"|"repeat"|"gap"} gap: a revision before it never came
 */
export function fold(alerts, alert) {
  const known = alerts.get(alert.id);
  if (known && known.revision >= alert.revision) return "repeat";
  alerts.set(alert.id, alert);
  if (known) return alert.revision === known.revision + 1 ? "next" : "gap";
  return alert.revision === 1 ? "new" : "gap";
}

/** Takes up a session: the sites, then the wanted one, else the first. */
export async function enter(session, wanted) {
  setCsrf(session.csrf);
  state.me = session;
  state.session = "in";
  changed();
  await readSites();
  const known = [...state.sites.map((s) => s.id), ...state.runs.map((r) => r.site)];
  if (wanted?.includes("@") && !known.includes(wanted)) return leave(wanted);
  await choose(known.includes(wanted) ? wanted : (state.sites[0]?.id ?? known[0]));
}

/** A run that has not begun: shows nothing, least of all another site, until the server lists it. */
function leave(wanted) {
  forget(null);
  state.awaited = wanted;
  state.loading = null;
  changed();
}

setInterval(async () => {
  const wanted = state.awaited;
  if (!wanted || state.session !== "in") return;
  try {
    await readSites();
    if (state.awaited === wanted && state.runs.some((one) => one.site === wanted)) await choose(wanted);
  } catch (error) {
    failed(error, () => {});
  }
}, 2000);

export async function readSites() {
  const answer = await get("sites");
  state.sites = answer.items;
  state.runs = answer.runs ?? [];
  changed();
}

/** Shows another site or run from scratch. */
export async function choose(id) {
  forget(id);
  recall();
  await load();
}

function forget(id) {
  stream?.close();
  stream = null;
  clock = new ServerClock();
  eventTime = 0;
  watched.clear();
  forgetSeries();
  for (const map of [state.alerts, state.starts, state.details, state.values, state.pending]) map.clear();
  catchingUp = null;
  Object.assign(state, { site: id, awaited: null, nearest: null, silent: [], heartbeat: null, stale: false, staleAt: null, news: null, calmSince: null, error: null });
}

/** Reads the open alerts and follows the stream from there. */
export async function load() {
  const id = state.site;
  // What is on display stays there while it is read again; only the first time there is nothing.
  state.loading = state.alerts.size ? null : performance.now();
  changed();
  try {
    const [open, latest] = await Promise.all([
      all("alerts", { site: id, state: "open", limit: 500 }),
      get("alerts", { site: id, state: "all", limit: 200 }),
    ]);
    if (state.site !== id) return;
    if (open.now) clock.heard(ms(open.now), Date.now());
    state.alerts = new Map(open.items.map((alert) => [alert.id, alert]));
    for (const alert of [...latest.items, ...open.items]) begun(alert);
    const closed = latest.items.map((alert) => ms(alert.cleared_at) ?? 0);
    state.calmSince = open.items.length || !closed.length ? null : Math.max(...closed) || null;
    Object.assign(state, { loading: null, error: null });
    stream?.close();
    stream = new Stream(id, open.position ?? "0", handlers);
    if (watched.size) stream.watch(watched);
    readNearest();
    resend();
  } catch (error) {
    if (state.site !== id) return;
    state.loading = null;
    failed(error, (text) => (state.error = text));
    // It comes back by itself; R only shortens the wait.
    if (state.error) setTimeout(() => state.error && state.site === id && state.session === "in" && load(), 5000);
  }
  changed();
}

/** The sensors nearest to their limit; shown while there is no alert. */
export async function readNearest() {
  if (!state.site) return;
  try {
    const id = state.site;
    const answer = await get("sensors/nearest", { site: id, count: 8 });
    if (state.site !== id) return;
    state.nearest = answer.items;
    if (!openAlerts().length) state.silent = (await get("sensors", { site: id, state: "stale", limit: 6 })).items;
    changed();
  } catch {
    // The list of alerts does not depend on it, and the next minute asks again.
  }
}

/** A failed request in words; an expired session is one for all. */
export function failed(error, say) {
  if (error instanceof ApiError && error.status === 401) {
    state.session = state.session === "in" ? "expired" : "out";
    stream?.close();
  } else if (error.name !== "AbortError") {
    say(error instanceof ApiError && error.status > 0 ? error.message : t("fail.network"));
  }
  changed();
}

function begun(alert) {
  if (isFolded(alert) || isSystem(alert)) return;
  state.starts.set(alert.id, ms(alert.started_at));
  if (state.starts.size > 2000) state.starts.delete(state.starts.keys().next().value);
}

const handlers = {
  alert(event) {
    const alert = event.alert;
    if (event.command && state.pending.get(alert.id)?.key === event.command) settle(alert.id);
    happened(state.details.get(alert.id), event);
    const outcome = fold(state.alerts, alert);
    if (outcome === "repeat") return;
    begun(alert);
    if (!isRun()) eventTime = 0;
    else eventTime = Math.max(eventTime, ms(event.time) ?? 0);
    if (catchingUp) {
      catchingUp.count++;
      catchingUp.gap ||= outcome === "gap";
    }
    const detail = state.details.get(alert.id);
    if (detail?.alert) {
      detail.alert = alert;
      if (outcome === "gap") readDetail(alert.id, true);
    }
    if (state.pending.has(alert.id) && (alert.acknowledged_at || !isOpen(alert))) settle(alert.id);
    state.calmSince = openAlerts().length ? null : (ms(event.time) ?? now());
    changed();
  },
  readings(items) {
    for (const reading of items) {
      state.values.set(`${reading.sensor}|${reading.quantity}`, reading);
      if (isRun()) eventTime = Math.max(eventTime, ms(reading.time));
    }
    appendReadings(items);
    changed();
  },
  heartbeat(beat) {
    clock.heard(ms(beat.now), Date.now());
    if (isRun()) eventTime = Math.max(eventTime, ms(beat.site_now) ?? 0);
    state.heartbeat = beat;
    resend();
    changed();
  },
  stale(stale) {
    if (stale) {
      state.staleAt = now();
      state.lastHeard = serverNow() - streamAge() * 1000;
      state.stale = true;
      state.news = null;
      catchingUp = { count: 0, gap: false };
    } else {
      state.stale = false;
      // What was missed comes right after connecting: wait for it, then say how much it was.
      setTimeout(caughtUp, 1500);
      resend(true);
    }
    changed();
  },
  reset() {
    load();
  },
  expired() {
    state.session = "expired";
    changed();
  },
};

function caughtUp() {
  if (!catchingUp || state.stale) return;
  const { count, gap } = catchingUp;
  catchingUp = null;
  if (gap) load();
  tell(gap ? t("stale.gap") : t("stale.back", count));
}

function tell(text, glyph = "cleared") {
  const shown = (state.news = { text, glyph });
  changed();
  setTimeout(() => {
    if (state.news === shown) {
      state.news = null;
      changed();
    }
  }, 10_000);
}

/** Opens a new connection now; before the first load, loads. */
export function reconnect() {
  if (stream) stream.reconnect();
  else load();
}

/** Also sends the readings of a sensor that has no alert. */
export function watch(sensor) {
  if (watched.has(sensor)) return;
  watched.add(sensor);
  if (watched.size > 8) watched.delete(watched.values().next().value);
  stream?.watch(watched);
}

/** Adds an event to what happened, though the answer to a command brought its alert before it. */
function happened(detail, event) {
  if (!detail?.events || detail.events.some((known) => known.id === event.id)) return;
  detail.events = [...detail.events, event].sort((a, b) => a.alert.revision - b.alert.revision);
}

const AGAIN_MS = 3_000;

/** The whole of an alert: events, rule, sensor. Read once, then kept by the stream. */
export async function readDetail(id, again = false) {
  const known = state.details.get(id);
  if (known && !again) return;
  const asked = { events: [], ...known, error: null, loading: performance.now() };
  state.details.set(id, asked);
  changed();
  try {
    const detail = await get(`alerts/${encodeURIComponent(id)}`, { site: state.site });
    // The stream may be ahead of the answer.
    for (const event of asked.events) happened(detail, event);
    state.details.set(id, detail);
    const open = state.alerts.get(id);
    if (open && open.revision > detail.alert.revision) detail.alert = open;
  } catch (error) {
    failed(error, (text) => state.details.set(id, { error: text, missing: error.status === 404 }));
    // What a broken line kept away comes by itself once it holds.
    if (error.status === 0) setTimeout(() => state.details.get(id)?.error && readDetail(id, true), AGAIN_MS);
  }
  changed();
}

/** Acknowledges; kept as waiting while there is no connection, and sent again under the same key. */
export async function acknowledge(id, again = false) {
  if (!state.site) return;
  const known = state.pending.get(id);
  if (known?.sending && !again) return;
  const mine = { key: known?.key ?? newKey(), since: known?.since ?? Date.now(), sending: true };
  const at = state.site;
  state.pending.set(id, mine);
  remember(id);
  changed();
  const isMine = () => state.site === at && state.pending.get(id) === mine;
  try {
    const { status, body } = await post(`alerts/${encodeURIComponent(id)}/acknowledge`, { site: at }, {}, mine.key);
    if (state.site === at && status === 200) {
      fold(state.alerts, body.alert);
      if (isMine()) settle(id);
    }
  } catch (error) {
    // No answer, a server in trouble, a session to renew: it is still wanted. Anything else is a refusal.
    const isRefused = error.status >= 400 && error.status < 500 && ![401, 408, 429].includes(error.status);
    if (error.status === 401) failed(error, () => {});
    else if (isRefused && isMine()) {
      settle(id);
      state.pending.set(id, { error: error.message });
      tell(t("fail.command", error.message), "suspect");
    }
  }
  mine.sending = false;
  mine.triedAt = performance.now();
  changed();
}

/** What is still on its way, per site, so that a reload does not lose it. */
const outbox = () => `pending ${state.site}`;

function noted() {
  try {
    return JSON.parse(kept(outbox()) ?? "[]");
  } catch {
    return []; // Not ours: nothing is under way.
  }
}

/** One entry at a time: another tab keeps its own in the same place. */
function remember(id) {
  const { key, since } = state.pending.get(id) ?? {};
  const others = noted().filter((one) => one.id !== id);
  keep(outbox(), JSON.stringify(key ? [...others, { id, key, since, by: state.me?.name }] : others));
}

/** Whoever signs in next does not send what somebody else has given. */
function recall() {
  for (const { id, key, since, by } of noted()) if (by === state.me?.name) state.pending.set(id, { key, since });
}

function settle(id) {
  state.pending.delete(id);
  remember(id);
}

const RESEND_MS = 3_000;

/** Sends again what has no outcome yet; what the alert itself answers is done. */
function resend(now = false) {
  if (state.session !== "in" || !state.site || state.loading != null) return;
  for (const [id, one] of state.pending) {
    // What was sent into a dead line is sent again: under the same key it counts once.
    if (!one.key || (one.sending && !now)) continue;
    const alert = state.alerts.get(id);
    if (alert && (alert.acknowledged_at || !isOpen(alert))) settle(id);
    else if (now || performance.now() - (one.triedAt ?? -RESEND_MS) >= RESEND_MS) acknowledge(id, now);
  }
}

globalThis.addEventListener?.("online", () => {
  resend(true);
  if (stream && state.session === "in") stream.reconnect();
});
setInterval(() => resend(), RESEND_MS);

/** @returns null once it is said, else why not */
export async function comment(id, note, key) {
  try {
    const { status } = await post(`alerts/${encodeURIComponent(id)}/comment`, { site: state.site }, { note }, key);
    return status === 202 ? t("fail.accepted") : null;
  } catch (error) {
    let why = "";
    failed(error, (text) => (why = text));
    return why;
  }
}
