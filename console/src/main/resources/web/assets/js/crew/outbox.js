// Steps that could not be sent yet: kept in this browser, sent in order, with the time they were
// taken. One that is refused stays, with its reason, until it is dismissed.
import { newKey, post } from "../api.js";
import { keep, kept } from "../kept.js";

const KEY = "crew-outbox";
const changed = new Set();
const through = new Set();
let entries = read();
let sending = false;

function read() {
  try {
    return JSON.parse(kept(KEY) ?? "[]");
  } catch {
    return []; // Another version's, or damaged: nothing can be made of it.
  }
}

function write(next) {
  entries = next;
  keep(KEY, JSON.stringify(entries));
  for (const listener of changed) listener();
}

/** Called with the job as it is after a step that went through. */
export const onThrough = (listener) => through.add(listener);

export const onOutbox = (listener) => changed.add(listener);

/** Those of one job, oldest first: {key, job, verb, body, at, refused}. */
export const of = (job) => entries.filter((one) => one.job === job);

export const waiting = () => entries.filter((one) => !one.refused).length;

export const refused = () => entries.filter((one) => one.refused);

export const dismiss = (key) => write(entries.filter((one) => one.key !== key));

/** Takes a step down and tries to send it. */
export function put(job, verb, body) {
  write([...entries, { key: newKey(), job, verb, body, at: new Date().toISOString() }]);
  return flush();
}

/** Sends what waits, in order. @returns whether something went through */
export async function flush() {
  if (sending) return false;
  sending = true;
  let sent = false;
  try {
    for (let one; (one = entries.find((e) => !e.refused)); ) {
      try {
        const { body } = await post(`jobs/${encodeURIComponent(one.job)}/${one.verb}`, null, { ...one.body, at: one.at }, one.key);
        sent = true;
        // Before it leaves the queue: or the page would show the state before for a moment.
        if (body?.job) for (const listener of through) listener(body.job);
        write(entries.filter((e) => e.key !== one.key));
      } catch (error) {
        // No answer, not signed in, or too much at once: later. Anything else is an answer.
        if (error.status === 0 || error.status === 401 || error.status === 429 || error.status >= 500) break;
        write(entries.map((e) => (e.key === one.key ? { ...e, refused: error.message } : e)));
      }
    }
  } finally {
    sending = false;
  }
  return sent;
}
