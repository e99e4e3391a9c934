// What the crew's page knows: who it is, its jobs, and how fresh that is.
import { get, post, setCsrf } from "../api.js";
import { ms } from "../time.js";
import * as outbox from "./outbox.js";

export const state = {
  session: "unknown", // in, out
  person: null,
  said: "",
  jobs: [],
  done: 0,
  events: new Map(), // by job
  heardAt: null, // server time of the last answer
  offset: 0, // server minus local clock
  online: true,
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

let known = null; // ids of jobs seen before; null before the first answer

async function entered(session) {
  if (session.csrf) setCsrf(session.csrf);
  state.person = session;
  state.session = "in";
  state.said = "";
  await refresh();
}

/** By the token of the address, else by the cookie. @param token null = none */
export async function begin(token) {
  try {
    await entered(token ? (await post("sessions", null, { token })).body : await get("sessions/current"));
  } catch (error) {
    if (token && error.status === 401) return begin(null);
    if (error.status === 401) state.session = "out";
    else setTimeout(() => begin(token), 2_000);
    changed();
  }
}

/** @param body {token} or {name, password} */
export async function signIn(body, wrong) {
  try {
    await entered((await post("sessions", null, body)).body);
  } catch (error) {
    state.said = error.status === 401 ? wrong : error.message;
    changed();
  }
}

export async function refresh() {
  if (state.session !== "in") return;
  try {
    await outbox.flush();
    const [open, all] = [await get("jobs"), state.done === 0 || !known ? await get("jobs", { state: "all" }) : null];
    state.online = true;
    state.heardAt = ms(open.now);
    state.offset = state.heardAt - Date.now();
    state.jobs = open.items;
    state.zone = open.zone ?? state.zone;
    if (all) state.done = all.items.filter((one) => one.job.state === "resolved" && now() - ms(one.job.ended_at) < 86_400_000).length;
    const fresh = known && open.items.some((one) => !known.has(one.job.id + one.job.dispatched_at) && one.job.state === "dispatched");
    known = new Set(open.items.map((one) => one.job.id + one.job.dispatched_at));
    if (fresh) for (const listener of arrivals) listener();
  } catch (error) {
    if (error.status === 401) state.session = "out";
    state.online = error.status !== 0;
  }
  changed();
}

outbox.onThrough((view) => {
  const open = !["resolved", "cancelled"].includes(view.job.state);
  state.jobs = state.jobs.filter((one) => one.job.id !== view.job.id).concat(open ? [view] : []);
});

/** What happened to a job; kept as it was where it cannot be read. */
export async function readEvents(job) {
  try {
    const told = await get(`jobs/${encodeURIComponent(job)}`);
    state.events.set(job, told.events);
  } catch {
    // The list says whether the line is down.
  }
  changed();
}

/** Takes a step: shown at once, sent as soon as the line holds. */
export async function step(job, verb, body) {
  const done = outbox.put(job, verb, body ?? {});
  changed();
  await done;
  if (verb === "resolve") state.done++;
  await refresh();
  await readEvents(job);
}
