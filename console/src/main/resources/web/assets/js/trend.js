// A row's trend: −10 … +15 min on a small canvas. The limit stands at the same height in every row,
// so that the eye compares rows; limits that are floors stand near the bottom and are never mirrored.
import { fan, gapOf } from "./curve.js";
import { MINUTE } from "./time.js";
import { lineColour, palette } from "./palette.js";

const PAST = 10 * MINUTE;
const AHEAD = 15 * MINUTE;
/** Share of the width that is past: where the now-line stands. */
export const NOW_AT = PAST / (PAST + AHEAD);

/** Limit's height as a share of the row's. */
const CEILING = 0.34;
const FLOOR = 0.7;
const EDGE = 5;

/**
 * What to draw: {points: [[ms, value, flag]], limit, below, level, crossed, now, expected, slope,
 * silentSince}; level: 1 to 4 or null, expected: {at, low, high} or null.
 */
class RowTrend extends HTMLElement {
  #canvas = document.createElement("canvas");
  #model = null;
  #drawn = "";

  connectedCallback() {
    this.#canvas.setAttribute("aria-hidden", "true");
    this.append(this.#canvas);
    this.observer = new ResizeObserver(() => this.#draw(true));
    this.observer.observe(this);
  }

  disconnectedCallback() {
    this.observer.disconnect();
    this.#canvas.remove();
  }

  set model(model) {
    this.#model = model;
    this.#draw(false);
  }

  #draw(force) {
    const m = this.#model;
    const width = this.clientWidth;
    const height = this.clientHeight;
    if (!m || !width) return;
    // A pixel is some seconds wide: what would look the same is not drawn again.
    const step = Math.floor((m.now / (PAST + AHEAD)) * width);
    const key = [m.points.length, m.points.at(-1)?.[0], m.limit, m.level, m.expected?.at, m.silentSince,
      step, width, height, palette().text].join();
    if (!force && key === this.#drawn) return;
    this.#drawn = key;
    const ratio = devicePixelRatio || 1;
    this.#canvas.width = Math.round(width * ratio);
    this.#canvas.height = Math.round(height * ratio);
    const c = this.#canvas.getContext("2d");
    c.scale(ratio, ratio);
    paint(c, m, width, height);
  }
}

function scaleOf(m, shown, height) {
  const values = shown.filter((p) => p[2] !== 4).map((p) => p[1]);
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (m.limit == null) {
    const size = Math.max(high - low, Math.abs(high) * 0.04, 1e-9);
    const middle = (high + low) / 2;
    return (v) => height / 2 - ((v - middle) / size) * (height - 4 * EDGE);
  }
  const base = height * (m.below ? FLOOR : CEILING);
  const roomUp = (base - EDGE) / Math.max(high - m.limit, 1e-9);
  const roomDown = (height - EDGE - base) / Math.max(m.limit - low, 1e-9);
  // Calm values far from the limit fill two thirds of the room, and noise stays small.
  const calm = (m.below ? base - EDGE : height - EDGE - base) / Math.max(Math.abs(m.limit) * 0.12, 1e-9);
  const perUnit = Math.min(roomUp, roomDown, calm);
  return (v) => base - (v - m.limit) * perUnit;
}

function paint(c, m, width, height) {
  const colours = palette();
  const x = (at) => ((at - m.now + PAST) / (PAST + AHEAD)) * width;
  const shown = m.points.filter(([at, value]) => value != null && at >= m.now - PAST - MINUTE && at <= m.now + 5000);
  const y = shown.length || m.limit != null ? scaleOf(m, shown.length ? shown : [[0, m.limit, 1]], height) : null;

  if (m.limit != null) {
    c.strokeStyle = colours.now;
    c.lineWidth = 2;
    c.beginPath();
    c.moveTo(0, Math.round(y(m.limit)));
    c.lineTo(width, Math.round(y(m.limit)));
    c.stroke();
  }
  const good = shown.filter((p) => p[2] !== 4);
  const last = good.at(-1);
  if (m.silentSince != null) hatch(c, Math.max(0, x(m.silentSince)), x(m.now), height, colours);
  if (last && m.expected && m.expected.at > last[0]) ahead(c, m, last, x, y, width, height, colours);
  if (good.length) {
    line(c, good, x, y);
    c.strokeStyle = colours.text;
    c.lineWidth = 1.5;
    c.lineJoin = "round";
    c.stroke();
    if (m.level && m.limit != null) {
      // Past the limit the line takes the level's colour.
      c.save();
      c.beginPath();
      if (m.below) c.rect(0, y(m.limit), width, height);
      else c.rect(0, 0, width, y(m.limit) + 1);
      c.clip();
      line(c, good, x, y);
      c.strokeStyle = lineColour(m.level);
      c.lineWidth = 2.5;
      c.stroke();
      c.restore();
    }
    const past = m.level && m.limit != null && (m.below ? last[1] <= m.limit : last[1] >= m.limit);
    c.beginPath();
    c.arc(x(last[0]), y(last[1]), 2.6, 0, 7);
    c.fillStyle = m.silentSince != null ? colours.panel : past ? lineColour(m.level) : colours.text;
    c.strokeStyle = past ? lineColour(m.level) : colours.text;
    c.fill();
    if (m.silentSince != null) c.stroke();
  }
  c.fillStyle = colours.mute;
  for (const [at, , flag] of shown) {
    if (flag === 4) c.fillRect(x(at) - 1.5, 6, 3, 3); // Not used, but not hidden either.
  }
}

function line(c, points, x, y) {
  c.beginPath();
  const gap = gapOf(points);
  let before = null;
  for (const [at, value] of points) {
    // A gap is a gap, not a straight line.
    if (before == null || at - before > gap) c.moveTo(x(at), y(value));
    else c.lineTo(x(at), y(value));
    before = at;
  }
}

function ahead(c, m, last, x, y, width, height, colours) {
  const f = fan({ from: last[0], value: last[1], limit: m.limit, slope: m.slope, ...m.expected }, m.now + AHEAD);
  c.save();
  c.beginPath();
  c.rect(0, 0, width, height);
  c.clip();
  const fade = c.createLinearGradient(x(last[0]), 0, Math.min(width, x(m.expected.high ?? m.expected.at) + 50), 0);
  fade.addColorStop(0, colours.faint);
  fade.addColorStop(1, "transparent");
  for (const [alpha, [early, late]] of [[0.3, f.outer], [0.35, f.inner]]) {
    c.globalAlpha = alpha;
    c.fillStyle = fade;
    c.beginPath();
    early.forEach(([at, v], i) => (i ? c.lineTo(x(at), y(v)) : c.moveTo(x(at), y(v))));
    for (const [at, v] of [...late].reverse()) c.lineTo(x(at), y(v));
    c.fill();
  }
  c.globalAlpha = 1;
  c.setLineDash([3, 3]);
  c.strokeStyle = colours.mute;
  c.lineWidth = 1.2;
  line(c, f.middle, x, y);
  c.stroke();
  c.setLineDash([]);
  const colour = lineColour(m.expected.level);
  const eta = x(m.expected.at);
  if (eta <= width) {
    c.fillStyle = colour;
    c.fillRect(Math.round(eta) - 0.75, y(m.limit) - 6, 1.5, height - y(m.limit) + 6);
    const from = x(m.expected.low ?? m.expected.at);
    const to = x(m.expected.high ?? m.expected.at);
    c.fillRect(from, Math.round(y(m.limit)) - 2, Math.max(to - from, 4), 4);
  }
  c.restore();
}

function hatch(c, from, to, height, colours) {
  c.save();
  c.strokeStyle = colours.now;
  c.lineWidth = 1;
  c.beginPath();
  c.rect(from, height - 16, to - from, 9);
  c.clip();
  c.beginPath();
  for (let at = from - 10; at < to + 10; at += 6) {
    c.moveTo(at, height - 7);
    c.lineTo(at + 6, height - 16);
  }
  c.stroke();
  c.restore();
}

customElements.define("row-trend", RowTrend);
