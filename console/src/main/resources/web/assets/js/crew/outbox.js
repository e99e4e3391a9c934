// Steps that could not be sent yet: kept in this browser for whoever took them, sent in order, with
// the time they were taken. One that is refused stays, with its reason, until it is dismissed.
import { newKey, post } from "../api.js";
import { forget, keep, kept } from "../kept.js";

const KEY = "crew-outbox";
const changed = new Set();
const through = new Set();
const refusals = new Set();
let owner = null; // whose steps; null before anybody is known
let entries = [];
let sending = false;

const key = () => `${KEY}/${owner}`;

function read() {
  if (owner == null) return [];
  try {
    return JSON.parse(kept(key()) ?? "[]");
  } catch {
    return []; // Another version's, or damaged: nothing can be made of it.
  }
}

/** Another tab of the same phone may have written since. */
function edit(change) {
  entries = change(read());
  keep(key(), JSON.stringify(entries));
  for (const listener of changed) listener();
}

addEventListener("storage", (event) => {
  if (event.key !== key()) return;
  entries = read();
  for (const listener of changed) listener();
});

/** From now on the steps of `person`, a name that is theirs alone. What others left waits for them. */
export function belongTo(person) {
  owner = person;
  entries = read();
  for (const listener of changed) listener();
}

/** Forgets what the owner has not sent. */
export function clear() {
  forget(key());
  belongTo(null);
}

/** Called with the job as it is after a step that went through. */
export const onThrough = (listener) => through.add(listener);

/** Called when something is told that the crew did not expect. */
export const onRefused = (listener) => refusals.add(listener);

export const onOutbox = (listener) => changed.add(listener);

/** Those of one job, oldest first: {key, job, name, verb, body, at, refused: {status, reason}}. */
export const of = (job) => entries.filter((one) => one.job === job);

export const waiting = () => entries.filter((one) => !one.refused).length;

/** Whether one waits since before `at`, epoch milliseconds. */
export const isWaitingSince = (at) => entries.some((one) => !one.refused && Date.parse(one.at) < at);

export const refused = () => entries.filter((one) => one.refused);

export const dismiss = (job) => edit((now) => now.filter((one) => one.job !== job || !one.refused));

/**
 * Takes a step down and tries to send it.
 *
 * @param name of the place, for when it can no longer be asked
 * @param at when it was taken, ISO-8601
 */
export function put(job, name, verb, body, at) {
  edit((now) => [...now, { key: newKey(), job, name, verb, body, at }]);
  return flush().catch(() => false); // It waits, and the next refresh says why.
}

/** Tells of a job that ended without a step of the crew's. */
export function tell(job, name, refused) {
  if (of(job).some((one) => one.refused)) return;
  edit((now) => [...now, { key: newKey(), job, name, verb: null, refused }]);
  for (const listener of refusals) listener();
}

/** Sends what waits, in order. @returns whether something went through; throws where it must wait on */
export async function flush() {
  if (sending || owner == null) return false;
  sending = true;
  const sender = owner;
  let sent = false;
  try {
    for (let one; sender === owner && (one = entries.find((e) => !e.refused)); ) {
      try {
        const { body } = await post(`jobs/${encodeURIComponent(one.job)}/${one.verb}`, null, { ...one.body, at: one.at }, one.key);
        if (sender !== owner) break;
        sent = true;
        // Before it leaves the queue: or the page would show the state before for a moment.
        if (body?.job) for (const listener of through) listener(body.job);
        edit((now) => now.filter((e) => e.key !== one.key));
      } catch (error) {
        // No answer, signed in as nobody or as somebody else, or too much at once: later.
        if ([0, 401, 403, 429].includes(error.status) || error.status >= 500) throw error;
        // Anything else is an answer.
        const answer = { status: error.status, reason: error.reason };
        edit((now) => now.map((e) => (e.key === one.key ? { ...e, refused: answer } : e)));
        for (const listener of refusals) listener();
      }
    }
  } finally {
    sending = false;
  }
  return sent;
}
