// The one vocabulary of shapes: level = shape and numeral, hollow = forewarned, grey = a state.
import { html, svg } from "lit";
import { palette } from "./palette.js";

const OUTLINE = {
  1: "M4.5 3.5h15a1 1 0 0 1 1 1v15a1 1 0 0 1-1 1h-15a1 1 0 0 1-1-1v-15a1 1 0 0 1 1-1z",
  2: "M12 2.6 22.4 20.4H1.6z",
  3: "M12 1.6 22.4 12 12 22.4 1.6 12z",
  4: "M12 2.2a9.8 9.8 0 1 1 0 19.6 9.8 9.8 0 0 1 0-19.6z",
};
/** The triangle's numeral stands lower, where there is room for it. */
const BASELINE = { 1: 16.4, 2: 18.1, 3: 16.4, 4: 16.4 };

const STATES = {
  silent: svg`<circle cx="12" cy="12" r="9.6" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="4 3.54"/>
    <path d="M12 7v5.4l3.4 2" fill="none" stroke="currentColor" stroke-width="2"/>`,
  suspect: svg`<rect x="2.5" y="2.5" width="19" height="19" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="2.2 2.55"/>
    <text x="12" y="16.6" text-anchor="middle" class="numeral" fill="currentColor">?</text>`,
  cleared: svg`<path d="m4.5 12.5 5 5L19.5 7" fill="none" stroke="currentColor" stroke-width="2.6"/>`,
  shelved: svg`<circle cx="12" cy="12" r="9.6" fill="none" stroke="currentColor" stroke-width="2"/>
    <path d="M9.4 8v8M14.6 8v8" fill="none" stroke="currentColor" stroke-width="2.2"/>`,
  crew: svg`<path d="M6 21V3.6h12.4l-3.4 4.2 3.4 4.2H6" fill="none" stroke="currentColor" stroke-width="2"/>`,
  normal: svg`<circle cx="12" cy="12" r="3.6" fill="currentColor"/>`,
  never: svg`<circle cx="12" cy="12" r="3.2" fill="none" stroke="currentColor" stroke-width="1.6"/>`,
  forewarned: svg`<path d="M12 2.6 21.4 12 12 21.4 2.6 12z" fill="none" stroke="currentColor" stroke-width="2.2"/>`,
};

/** A level's glyph; its numeral shows from 18 px up. `label` names it to those who hear the page. */
export function level(n, { hollow = false, size = 26, label = "", grey = false } = {}) {
  const kind = grey ? "grey" : hollow ? "hollow" : "solid";
  return html`<svg class="glyph l${n} ${kind}" width=${size} height=${size} viewBox="0 0 24 24"
    role="img" aria-label=${label || String(n)}>
    <path d=${OUTLINE[n]} stroke-linejoin="round"/>
    ${size >= 18 ? svg`<text x="12" y=${BASELINE[n]} text-anchor="middle" class="numeral">${n}</text>` : ""}
  </svg>`;
}

/** A grey state glyph. */
export function state(name, { size = 26, label = "" } = {}) {
  return html`<svg class="glyph state" width=${size} height=${size} viewBox="0 0 24 24"
    role="img" aria-label=${label || name}>${STATES[name]}</svg>`;
}

const paths = new Map();

/** The same glyph on a canvas, centred at x, y. */
export function draw(context, n, x, y, size, { hollow = false } = {}) {
  const colours = palette();
  if (!paths.has(n)) paths.set(n, new Path2D(OUTLINE[n]));
  context.save();
  context.translate(x - size / 2, y - size / 2);
  context.scale(size / 24, size / 24);
  context.lineJoin = "round";
  context.fillStyle = hollow ? colours.panel : colours.fill[n];
  context.fill(paths.get(n));
  context.lineWidth = hollow ? 2.4 : 1.2;
  context.strokeStyle = colours.edge[n];
  context.stroke(paths.get(n));
  if (size >= 14) {
    context.fillStyle = hollow ? colours.text : colours.ink[n];
    context.font = `700 ${n === 2 ? 11.5 : 13}px ${colours.font}`;
    context.textAlign = "center";
    context.textBaseline = "alphabetic";
    context.fillText(String(n), 12, BASELINE[n]);
  }
  context.restore();
}
