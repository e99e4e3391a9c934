// Times as text and the clock they are measured by. Pure: no DOM, no wall clock of its own.

export const MINUS = "\u2212";
export const MINUTE = 60_000;

/** Epoch milliseconds of ISO-8601 text; null of nothing. */
export function ms(iso) {
  if (iso == null) return null;
  const value = typeof iso === "number" ? iso : Date.parse(iso);
  return Number.isFinite(value) ? value : null;
}

const two = (n) => String(n).padStart(2, "0");

/** Whole seconds as 3:42, 1:03:42 from an hour on, 2d 03h from a day on. */
export function span(seconds) {
  const s = Math.max(0, Math.floor(seconds));
  if (s >= 86_400) return `${Math.floor(s / 86_400)}d ${two(Math.floor((s % 86_400) / 3600))}h`;
  if (s >= 3600) return `${Math.floor(s / 3600)}:${two(Math.floor((s % 3600) / 60))}:${two(s % 60)}`;
  return `${Math.floor(s / 60)}:${two(s % 60)}`;
}

function padded(seconds) {
  return seconds < 3600 ? `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}` : span(seconds);
}

/**
 * Before the limit: −04:12. It holds −00:00 once the expected instant is gone, because only an
 * observed crossing turns the sign.
 */
export function before(milliseconds) {
  return MINUS + padded(Math.max(0, Math.ceil(milliseconds / 1000)));
}

/** Past the limit: +00:12. */
export function past(milliseconds) {
  return "+" + padded(Math.max(0, Math.floor(milliseconds / 1000)));
}

const formats = new Map();

function format(zone, options) {
  const key = zone + JSON.stringify(options);
  if (!formats.has(key)) {
    // en-GB gives 24 hours and two digits in both languages.
    formats.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: zone, hourCycle: "h23", ...options }));
  }
  return formats.get(key);
}

const SECONDS = { hour: "2-digit", minute: "2-digit", second: "2-digit" };
const MINUTES = { hour: "2-digit", minute: "2-digit" };
const DAY = { year: "numeric", month: "2-digit", day: "2-digit" };

/** 14:32:07 in the site's zone. */
export const clock = (at, zone) => (at == null ? "" : format(zone, SECONDS).format(at));

/** 14:32 in the site's zone. */
export const hourMinute = (at, zone) => (at == null ? "" : format(zone, MINUTES).format(at));

/** 2023-09-29 in the site's zone. */
export function day(at, zone) {
  const part = Object.fromEntries(format(zone, DAY).formatToParts(at).map((p) => [p.type, p.value]));
  return `${part.year}-${part.month}-${part.day}`;
}

/** The clock alone on the day of `now`, else with month and day before it. */
export function dayClock(at, now, zone) {
  if (at == null) return "";
  const date = day(at, zone);
  if (date === day(now, zone)) return clock(at, zone);
  const short = date.slice(0, 4) === day(now, zone).slice(0, 4) ? date.slice(5) : date;
  return `${short} ${hourMinute(at, zone)}`;
}

/**
 * The server's clock as told by its heartbeats. The message that travelled fastest tells it best, so
 * the largest of the last offsets counts; older ones are forgotten, as clocks drift.
 */
export class ServerClock {
  #offsets = [];

  /** @param local reading of the local clock when the heartbeat with server time `server` came */
  heard(server, local) {
    this.#offsets.push(server - local);
    if (this.#offsets.length > 12) this.#offsets.shift();
  }

  now(local) {
    return this.#offsets.length ? local + Math.max(...this.#offsets) : local;
  }
}
