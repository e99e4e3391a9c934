// Short histories of what is on display: read once per sensor and quantity, then kept up by the
// stream. At most four reads at a time, so that a flood of alerts does not become one of requests.
import { get } from "./api.js";
import { ms } from "./time.js";

const KEPT_MS = 45 * 60_000;
const AT_ONCE = 4;

/** Within that time what was just measured can be read from the store. */
export const STORE_LAG_MS = 2500;

const buffers = new Map(); // sensor|quantity → {points: [[ms, value|null, flag]], state}
const queue = [];
let running = 0;
let generation = 0;
let listener = () => {};

/** Calls `heard` when a history was read. */
export const onSeries = (heard) => (listener = heard);

export function forgetSeries() {
  generation++;
  buffers.clear();
  queue.length = 0;
}

/** The history of a quantity, being read if it is not there yet. */
export function history(site, sensor, quantity, now) {
  const key = `${sensor}|${quantity}`;
  let buffer = buffers.get(key);
  if (!buffer) {
    buffer = { points: [], state: "loading" };
    buffers.set(key, buffer);
    queue.push({ key, site, sensor, quantity, now, generation });
    work();
  }
  return buffer;
}

/** Reads again what could not be read. */
export function retrySeries() {
  for (const [key, buffer] of buffers) if (buffer.state === "failed") buffers.delete(key);
  listener();
}

export const anySeriesFailed = () => [...buffers.values()].some((buffer) => buffer.state === "failed");

export async function readSeries(site, sensor, quantity, from, to, points, signal) {
  const answer = await get(
    `sensors/${encodeURIComponent(sensor)}/series`,
    { site, quantity, from: new Date(from).toISOString(), to: new Date(to).toISOString(), points },
    signal,
  );
  return answer.points.map(([at, value, , flag]) => [at, value, flag]);
}

async function work() {
  if (running >= AT_ONCE || !queue.length) return;
  const job = queue.shift();
  running++;
  try {
    const points = await readSeries(job.site, job.sensor, job.quantity, job.now - KEPT_MS, job.now + 1000, 400);
    const buffer = job.generation === generation && buffers.get(job.key);
    if (buffer) {
      const last = points.at(-1)?.[0] ?? 0;
      buffer.points = points.concat(buffer.points.filter(([at]) => at > last));
      buffer.state = "read";
      // An alert is quicker than the store: what led to it may not be there yet.
      if (!job.again && last < job.now - STORE_LAG_MS) setTimeout(() => readAgain(job), STORE_LAG_MS);
    }
  } catch {
    const buffer = job.generation === generation && buffers.get(job.key);
    if (buffer) buffer.state = "failed";
  }
  running--;
  listener();
  work();
}

function readAgain(job) {
  if (job.generation !== generation) return;
  queue.push({ ...job, now: job.now + STORE_LAG_MS, again: true });
  work();
}

/** What the stream brought. A value that failed its checks is kept as a mark, not as a level. */
export function appendReadings(items) {
  for (const { sensor, quantity, time, value, flag } of items) {
    const buffer = buffers.get(`${sensor}|${quantity}`);
    const at = ms(time);
    if (!buffer || value == null || at <= (buffer.points.at(-1)?.[0] ?? 0)) continue;
    buffer.points.push([at, value, flag]);
    if (buffer.points[0][0] < at - 2 * KEPT_MS) buffer.points.splice(0, buffer.points.findIndex((p) => p[0] > at - KEPT_MS));
  }
}
