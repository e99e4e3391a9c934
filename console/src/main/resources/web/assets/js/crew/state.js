// What the crew's page knows: who it is, its jobs, and how fresh that is.
import { get, newKey, post, remove, setCsrf } from "../api.js";
import { forget } from "../kept.js";
import { ms } from "../time.js";
import * as desk from "./desk.js";
import * as outbox from "./outbox.js";

export const state = {
  session: "unknown", // in, out
  confirmed: false, // whether the server has said who this is since the page was opened
  person: null,
  said: "",
  jobs: [],
  done: 0,
  events: new Map(), // by job
  heardAt: null, // server time of the last answer
  heard: false, // whether that answer came since the page was opened
  offset: 0, // server minus local clock
  trouble: navigator.onLine === false ? "network" : null, // or "server": why nothing new is heard
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
};

const listeners = new Set();
const arrivals = new Set();
export const onChange = (listener) => listeners.add(listener);

/** Called when a job appears that was not there before. */
export const onNewJob = (listener) => arrivals.add(listener);

export function changed() {
  for (const listener of listeners) listener();
}

export const now = () => Date.now() + state.offset;

const RETRY_MS = 2_000;
const asked = (view) => view.job.id + view.job.told_at;
const isToldMore = (view) => view.job.told_at !== view.job.dispatched_at;
const known = new Set(); // jobs seen before, and grave alerts beside them; what is not in it is new
const isGrave = (other) => other.severity === "critical" || other.severity === "alarm";
const grave = (other) => `${other.alert} ${other.severity}`;
function know(view) {
  known.add(asked(view));
  for (const other of (view.others ?? []).filter(isGrave)) known.add(grave(other));
}
const ended = new Set(); // jobs that this page ended itself
let moved = 0; // steps that went through

/** What was on display when the page was last open. */
function recall() {
  const last = desk.last();
  if (!last) return;
  Object.assign(state, { person: last.person, jobs: last.jobs, heardAt: last.heardAt, offset: last.offset, zone: last.zone ?? state.zone });
  state.events = new Map(last.events);
  for (const view of last.jobs) know(view);
  state.session = "in";
  outbox.belongTo(desk.ownerOf(last.person));
}

function forgetJobs() {
  Object.assign(state, { jobs: [], done: 0, events: new Map(), heardAt: null, heard: false });
  known.clear();
  desk.clear();
}

function recognise(session) {
  if (session.csrf) setCsrf(session.csrf);
  const owner = desk.ownerOf(session);
  if (state.person && desk.ownerOf(state.person) !== owner) forgetJobs();
  Object.assign(state, { person: session, session: "in", confirmed: true, said: "" });
  outbox.belongTo(owner);
}

function signedOut() {
  forgetJobs();
  Object.assign(state, { session: "out", confirmed: false, person: null, trouble: null });
}

/** Tells the server that who was here has left; to be tried again at the next start if it cannot. */
async function endSession() {
  try {
    const { csrf } = await get("sessions/current");
    if (state.session === "in") return; // Somebody has come in meanwhile: the session is theirs.
    setCsrf(csrf);
    await remove("sessions/current");
  } catch (error) {
    if (error.status !== 401) throw error;
  }
  desk.left();
}

/** By the token of the address, else by the cookie. @param token null = none */
export async function begin(token) {
  if (!token && desk.isLeaving()) {
    signedOut();
    changed();
    return endSession().catch(() => {});
  }
  if (!token) recall();
  changed();
  // With something to show, refresh asks who it is until there is an answer.
  if (state.session === "in") return refresh();
  return enter(token);
}

async function enter(token) {
  try {
    recognise(token ? (await post("sessions", null, { token })).body : await get("sessions/current"));
    desk.left();
  } catch (error) {
    if (token && error.status === 401) return begin(null);
    if (error.status === 401) signedOut();
    else {
      state.trouble = error.status === 0 ? "network" : "server";
      setTimeout(() => state.session === "unknown" && enter(token), RETRY_MS);
    }
    return changed();
  }
  await refresh();
}

/** @param body {token} or {name, password} @param why in words, of an error */
export async function signIn(body, why) {
  try {
    recognise((await post("sessions", null, body)).body);
    desk.left(); // Whose session is the cookie's now.
  } catch (error) {
    state.said = why(error);
    return changed();
  }
  await refresh();
}

/** Nothing of the person stays in this browser, with a network or without. */
export async function signOut() {
  outbox.clear();
  forget("check");
  forget("draft");
  desk.leave();
  signedOut();
  changed();
  await endSession().catch(() => {});
}

let asking = null;

export function refresh() {
  if (state.session !== "in") return Promise.resolve();
  asking ??= ask().finally(() => (asking = null));
  return asking;
}

async function ask() {
  try {
    if (!state.confirmed) recognise(await get("sessions/current"));
    await outbox.flush();
    let [open, steps] = [null, 0];
    do {
      // An answer from before a step would undo it on the screen.
      steps = moved;
      open = await get("jobs");
    } while (steps !== moved);
    const all = state.done === 0 || !state.heard ? await get("jobs", { state: "all" }) : null;
    if (state.session !== "in") return;
    await tellGone(open.items);
    hear(open, all);
  } catch (error) {
    if (state.session !== "in") return;
    if (error.status === 401) signedOut();
    else state.trouble = error.status === 0 ? "network" : "server";
    // Another tab may have signed in as somebody else.
    if (error.status === 403) state.confirmed = false;
  }
  changed();
}

function hear(open, all) {
  state.trouble = null;
  state.heardAt = ms(open.now);
  state.offset = state.heardAt - Date.now();
  const first = !state.heard && known.size === 0;
  state.heard = true;
  state.jobs = open.items;
  state.zone = open.zone ?? state.zone;
  if (all) state.done = all.items.filter((one) => one.job.state === "resolved" && now() - ms(one.job.ended_at) < 86_400_000).length;
  const fresh = !first && open.items.some((one) => !known.has(asked(one)) && (one.job.state === "dispatched" || isToldMore(one)));
  const worse = !first && open.items.some((one) => (one.others ?? []).some((other) => isGrave(other) && !known.has(grave(other))));
  known.clear();
  open.items.forEach(know);
  desk.save(state);
  if (fresh || worse) for (const listener of arrivals) listener();
}

/** A job that the crew had taken does not go without a word. Throws where why cannot be asked now. */
async function tellGone(open) {
  if (!state.person.crew) return;
  for (const view of state.jobs) {
    const { id } = view.job;
    const taken = ["accepted", "en_route", "arrived"].includes(view.job.state);
    if (!taken || ended.has(id) || open.some((one) => one.job.id === id)) continue;
    try {
      const told = await get(`jobs/${encodeURIComponent(id)}`);
      outbox.tell(id, view.name, { status: 409, reason: told.job.job.state });
    } catch (error) {
      if (error.status !== 404) throw error;
      outbox.tell(id, view.name, { status: 404, reason: error.reason });
    }
  }
}

outbox.onThrough((view) => {
  moved++;
  // Given back, it may be asked of another crew at once.
  const mine = !state.person?.crew || view.job.crew === state.person.crew;
  if (view.job.state === "resolved") state.done++;
  const open = mine && !["resolved", "cancelled"].includes(view.job.state);
  state.jobs = state.jobs.filter((one) => one.job.id !== view.job.id).concat(open ? [view] : []);
});

/** Whether what is known of the job has the centre's last word in it. */
const isWordKnown = (view) => (state.events.get(view.job.id) ?? []).some((one) => one.kind === "message" && ms(one.time) === ms(view.job.told_at));

const OWN = ["accepted", "en_route", "arrived", "message"];

/** What others said since this person's last step, or since the job was given; oldest first. */
export function words(view) {
  const events = state.events.get(view.job.id) ?? [];
  const last = events.findLastIndex((one) => (OWN.includes(one.kind) && one.by === state.person.name) || ["dispatched", "reassigned"].includes(one.kind));
  return events.slice(last + 1).filter((one) => one.kind === "message");
}

/** Whether somebody else of the crew is asked. */
export const isOthers = ({ job }) => Boolean(job.member && state.person.member && job.member !== state.person.member);

const LOOKED_AGAIN_MS = 10_000;
const looked = new Map(); // by job and what was told: when the centre was told that it is on this screen

/** The job is on this screen, with what the centre said last. Told until the centre knows. */
export async function look(view) {
  const { job } = view;
  if (!job.told_at || !state.confirmed || state.trouble) return;
  if (isToldMore(view) && !isWordKnown(view)) return void readOnce(view);
  if (job.seen_at || isOthers(view) || state.person.role !== "crew") return;
  const last = looked.get(asked(view));
  if (last && performance.now() - last < LOOKED_AGAIN_MS) return;
  looked.set(asked(view), performance.now());
  // Where it fails the next look tells it; a crew has nothing to do about it.
  await post(`jobs/${encodeURIComponent(job.id)}/seen`, null, { until: job.told_at }, newKey()).catch(() => {});
}

const reading = new Set(); // what is being read for look

function readOnce(view) {
  if (reading.has(asked(view))) return;
  reading.add(asked(view));
  readEvents(view.job.id).finally(() => reading.delete(asked(view)));
}

/** What happened to a job; kept as it was where it cannot be read. */
export async function readEvents(job) {
  if (!state.confirmed) return;
  try {
    const told = await get(`jobs/${encodeURIComponent(job)}`);
    state.events.set(job, told.events);
  } catch {
    // The list says whether the line is down.
  }
  changed();
}

/** Takes a step: shown at once, sent as soon as the line holds. */
export async function step(view, verb, body) {
  const { id } = view.job;
  if (verb === "resolve" || verb === "decline") ended.add(id);
  // By the server's clock: a phone's may be wrong by more than the server believes.
  const done = outbox.put(id, view.name, verb, body ?? {}, new Date(now()).toISOString());
  changed();
  await done;
  await refresh();
  await readEvents(id);
}
