// What a chart shows of its model: columns, ranges, ticks. No drawing.
import { gapOf } from "./curve.js";
import { clock, day, hourMinute, MINUTE } from "./time.js";
import { limitFigure } from "./words.js";

/** Columns for uPlot, with a hole where readings are missing for long. */
export function columns(points, from) {
  const xs = [];
  const ys = [];
  const gap = gapOf(points);
  let before = null;
  for (const [at, value, flag] of points) {
    if (flag === 4) continue;
    if (before != null && at - before > gap) {
      xs.push((before + 1) / 1000);
      ys.push(null);
    }
    xs.push(at / 1000);
    ys.push(value);
    before = at;
  }
  return xs.length ? [xs, ys] : [[from / 1000], [null]];
}

/** Values, the limit that matters and what else is near; a far limit would flatten the curve. */
export function range(m) {
  const values = [];
  for (const [at, value, flag] of m.points) {
    if (value != null && flag !== 4 && at >= m.from && at <= m.to) values.push(value);
  }
  if (m.aim != null) values.push(m.aim);
  if (m.expected) values.push(m.expected.limit);
  if (!values.length) values.push(...m.limits.map((l) => l.limit), 0);
  let low = Math.min(...values);
  let high = Math.max(...values);
  const reach = Math.max((high - low) * 1.25, Math.abs(high) * 0.02, 1e-6);
  for (const { limit } of m.limits) {
    if (limit > high && limit - low <= reach) high = limit;
    if (limit < low && high - limit <= reach) low = limit;
  }
  const room = Math.max((high - low) * 0.1, Math.abs(high) * 0.01, 1e-6);
  return [low >= 0 && low - room < 0 ? 0 : low - room, high + room];
}

/** Limits above (1) or under (−1) the scale. */
export function beyond(m, side) {
  const [low, high] = range(m);
  return m.limits.filter(({ limit }) => (side > 0 ? limit > high : limit < low)).sort((a, b) => a.limit - b.limit);
}

/**
 * Places for labels that want to stand at `wanted` (px, any order): at least `gap` apart and within
 * `low` to `high`, as near as may be, in the order of the places wanted.
 */
export function spread(wanted, gap, low, high) {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b]);
  const places = [];
  let from = low;
  for (const i of order) {
    places[i] = Math.max(wanted[i], from);
    from = places[i] + gap;
  }
  let to = high;
  for (const i of order.reverse()) {
    places[i] = Math.min(places[i], to);
    to = places[i] - gap;
  }
  return places;
}

export const limitText = (v) => limitFigure(Number(v.toPrecision(6)));

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080].map((n) => n * 60);

/** Ticks on whole minutes, hours and days of the site's own zone. */
export function zoned(from, to, width, zone) {
  const step = STEPS.find((s) => (to - from) / s <= width / 90) ?? STEPS.at(-1);
  const offset = zoneOffset(from * 1000, zone);
  const ticks = [];
  for (let s = Math.ceil((from + offset) / step) * step - offset; s <= to; s += step) ticks.push(s);
  return ticks;
}

function zoneOffset(at, zone) {
  const minute = Math.floor(at / MINUTE) * MINUTE;
  return (Date.parse(`${day(minute, zone)}T${clock(minute, zone)}Z`) - minute) / 1000;
}

export function label(at, m) {
  const time = hourMinute(at, m.zone);
  if (m.to - m.from > 3 * 86_400_000) return day(at, m.zone).slice(5);
  return time === "00:00" && m.to - m.from > 12 * 3_600_000 ? day(at, m.zone).slice(5) : time;
}
