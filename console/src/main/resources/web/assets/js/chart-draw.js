// What is drawn on a chart besides its axes and line: limits, fan, crossing bar, glyphs, deeds.
import { beyond, spread } from "./chart-scale.js";
import { fan } from "./curve.js";
import { draw as drawGlyph } from "./glyphs.js";
import { lineColour, palette } from "./palette.js";
import { clock } from "./time.js";
import { limitFigure, t } from "./words.js";

/** Room at the right for the level markers. */
export const GUTTER = 64;

const pixel = (u, at) => u.valToPos(at / 1000, "x", true);
const level = (u, value) => u.valToPos(value, "y", true);

function clipped(u, work) {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  work(ctx, bbox);
  ctx.restore();
}

/** Under the line: limits, the now-line, the fan. */
export function behind(u, m) {
  const colours = palette();
  const px = devicePixelRatio || 1;
  clipped(u, (c, box) => {
    if (m.now != null) {
      c.fillStyle = colours.now;
      c.fillRect(Math.round(pixel(u, m.now)), box.top, px, box.height);
    }
    for (const { level: n, limit } of m.limits) {
      const aimed = limit === m.aim;
      c.strokeStyle = lineColour(n);
      c.globalAlpha = aimed ? 1 : 0.6;
      c.lineWidth = (aimed ? 2 : 1) * px;
      const y = Math.round(level(u, limit));
      c.beginPath();
      c.moveTo(box.left, y);
      c.lineTo(box.left + box.width, y);
      c.stroke();
    }
    c.globalAlpha = 1;
    const last = m.points.findLast(([, value, flag]) => value != null && flag !== 4);
    if (m.expected && last && m.expected.at > last[0]) expectation(u, c, m, last, px);
  });
}

function expectation(u, c, m, last, px) {
  const colours = palette();
  const e = m.expected;
  const f = fan({ from: last[0], value: last[1], slope: m.slope, ...e }, m.to, 60);
  const area = ([early, late]) => {
    c.beginPath();
    early.forEach(([at, v], i) => (i ? c.lineTo(pixel(u, at), level(u, v)) : c.moveTo(pixel(u, at), level(u, v))));
    for (const [at, v] of [...late].reverse()) c.lineTo(pixel(u, at), level(u, v));
    c.fill();
  };
  const fade = c.createLinearGradient(pixel(u, last[0]), 0, pixel(u, m.to), 0);
  fade.addColorStop(0, colours.faint);
  fade.addColorStop(0.6, colours.faint);
  fade.addColorStop(1, "transparent");
  c.fillStyle = fade;
  c.globalAlpha = 0.26;
  area(f.outer);
  c.globalAlpha = 0.34;
  area(f.inner);
  c.globalAlpha = 1;
  c.strokeStyle = colours.mute;
  c.lineWidth = 1.4 * px;
  c.setLineDash([4 * px, 4 * px]);
  c.beginPath();
  f.middle.forEach(([at, v], i) => (i ? c.lineTo(pixel(u, at), level(u, v)) : c.moveTo(pixel(u, at), level(u, v))));
  c.stroke();
  c.setLineDash([]);
}

/** Over the line: what is past a limit in its colour, the crossing bar, glyphs. */
export function front(u, m) {
  const colours = palette();
  const px = devicePixelRatio || 1;
  clipped(u, (c, box) => {
    const path = u.series[1]._paths?.stroke;
    const steps = [...m.limits].sort((a, b) => (m.below ? b.limit - a.limit : a.limit - b.limit));
    steps.forEach(({ level: n, limit }, i) => {
      if (!path) return;
      const from = level(u, limit);
      const to = i + 1 < steps.length ? level(u, steps[i + 1].limit) : m.below ? box.top + box.height : box.top;
      c.save();
      c.beginPath();
      c.rect(box.left, Math.min(from, to), box.width, Math.abs(from - to));
      c.clip();
      c.strokeStyle = lineColour(n);
      c.lineWidth = 2.8 * px;
      c.stroke(path);
      c.restore();
    });
    const last = m.points.findLast(([, value, flag]) => value != null && flag !== 4);
    if (last && m.now != null) {
      c.fillStyle = colours.text;
      c.beginPath();
      c.arc(pixel(u, last[0]), level(u, last[1]), 3.6 * px, 0, 7);
      c.fill();
    }
    for (const [at, value, flag] of m.points) {
      if (flag !== 4 || value == null) continue;
      c.strokeStyle = colours.mute;
      c.setLineDash([2 * px, 2 * px]);
      const y = Math.min(Math.max(level(u, value), box.top + 8 * px), box.top + box.height - 8 * px);
      c.strokeRect(pixel(u, at) - 4 * px, y - 4 * px, 8 * px, 8 * px);
    }
    c.setLineDash([]);
    if (m.expected && m.expected.at <= m.to) bar(u, c, m, px);
    for (const mark of m.marks ?? []) {
      const value = mark.value ?? nearest(m.points, mark.at);
      if (value == null || mark.at < m.from) continue;
      const below = m.below ? -15 : 15;
      const y = level(u, value) + below * px;
      drawGlyph(c, mark.level, pixel(u, mark.at), Math.min(Math.max(y, box.top + 10 * px), box.top + box.height - 10 * px), 17 * px, mark);
    }
  });
  gutter(u, m, px);
  if (m.deeds?.length) lane(u, m, px);
}

/** What people did, on the same axis: a dot each at the foot of the chart, the last one named. */
function lane(u, m, px) {
  const colours = palette();
  clipped(u, (c, box) => {
    const y = box.top + box.height - 9 * px;
    c.font = `${12 * px}px ${colours.font}`;
    c.textBaseline = "middle";
    for (const deed of m.deeds) {
      c.fillStyle = colours.text;
      c.beginPath();
      c.arc(pixel(u, deed.at), y, 3.4 * px, 0, 7);
      c.fill();
    }
    const { at, text } = m.deeds.at(-1);
    const width = c.measureText(text).width;
    const right = pixel(u, at) + 10 * px + width < box.left + box.width;
    c.textAlign = right ? "left" : "right";
    c.fillStyle = colours.mute;
    c.fillText(text, pixel(u, at) + (right ? 9 : -9) * px, y + px);
  });
}

function bar(u, c, m, px) {
  const e = m.expected;
  const y = Math.round(level(u, e.limit));
  const x = Math.round(pixel(u, e.at));
  const from = pixel(u, e.low ?? e.at);
  const to = pixel(u, e.high ?? e.at);
  c.fillStyle = palette().fill[e.level];
  c.strokeStyle = palette().edge[e.level];
  c.lineWidth = px;
  c.fillRect(from, y - 3.5 * px, Math.max(to - from, 5 * px), 7 * px);
  if (!palette().dark) c.strokeRect(from, y - 3.5 * px, Math.max(to - from, 5 * px), 7 * px);
  c.fillStyle = lineColour(e.level);
  c.fillRect(x - px, y - 9 * px, 2 * px, m.times ? 18 * px : u.bbox.top + u.bbox.height - y + 9 * px);
  if (!m.times) return;
  c.textAlign = "center";
  c.fillStyle = palette().text;
  c.font = `700 ${13 * px}px ${palette().font}`;
  const inside = (text) => {
    const half = c.measureText(text).width / 2;
    return Math.min(Math.max(x, u.bbox.left + half + 4), u.bbox.left + u.bbox.width - half - 4);
  };
  const about = clock(e.at, m.zone);
  // A rim in the ground's colour keeps the figures legible over line and fan.
  const say = (text, at) => {
    c.strokeStyle = palette().panel;
    c.lineWidth = 4 * px;
    c.lineJoin = "round";
    c.strokeText(text, inside(text), at);
    c.fillText(text, inside(text), at);
  };
  say(about, y - 15 * px);
  if (e.low == null || e.high == null) return;
  c.font = `${12 * px}px ${palette().font}`;
  const text = t("chart.interval", clock(e.low, m.zone), clock(e.high, m.zone));
  say(text, y + 24 * px);
}

/** The level markers at the end of their lines; limits beyond the scale on one line with an arrow. */
function gutter(u, m, px) {
  const { ctx: c, bbox } = u;
  const right = bbox.left + bbox.width;
  c.save();
  c.font = `${13 * px}px ${palette().font}`;
  c.textAlign = "left";
  c.textBaseline = "middle";
  const one = (limit, x, y, colour) => {
    drawGlyph(c, limit.level, x, y, 16 * px);
    c.fillStyle = colour;
    c.fillText(limitFigure(limit.limit), x + 13 * px, y + px);
  };
  const out = [...beyond(m, 1), ...beyond(m, -1)];
  const inside = m.limits.filter((limit) => !out.includes(limit));
  // Near limits push each other apart, else their figures cover one another.
  const places = spread(inside.map(({ limit }) => level(u, limit)), 17 * px, bbox.top, bbox.top + bbox.height);
  inside.forEach((limit, i) => one(limit, right + 14 * px, places[i], palette().text));
  for (const side of [1, -1]) {
    const list = beyond(m, side);
    if (!list.length) continue;
    const widths = list.map(({ limit }) => 32 * px + c.measureText(limitFigure(limit)).width);
    let x = right + (side > 0 ? GUTTER * px - 10 * px : -12 * px) - widths.reduce((a, b) => a + b, 0);
    const y = side > 0 ? bbox.top - 14 * px : bbox.top + bbox.height - 12 * px;
    list.forEach((limit, i) => {
      one(limit, x + 10 * px, y, palette().mute);
      x += widths[i];
    });
    c.fillText(side > 0 ? "↑" : "↓", x - 8 * px, y + px);
  }
  c.restore();
}

function nearest(points, at) {
  let best = null;
  for (const p of points) if (p[1] != null && (!best || Math.abs(p[0] - at) < Math.abs(best[0] - at))) best = p;
  return best?.[1] ?? null;
}
