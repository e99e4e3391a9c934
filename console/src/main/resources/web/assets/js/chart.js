// The large chart: uPlot for axes, line and zoom; chart-draw.js draws the rest on it.
import uPlot from "uplot";
import { behind, front, GUTTER } from "./chart-draw.js";
import { beyond, columns, label, limitText, range, zoned } from "./chart-scale.js";
import { palette } from "./palette.js";

/**
 * Its model: {points: [[ms, value|null, flag]], unit, zone, from, to, now: ms|null, below,
 * limits: [{level: 1–4, limit}], aim: limit that matters or null, expected: {at, low, high, limit,
 * level}|null, slope, marks: [{at, value|null, level, hollow}], deeds: [{at, text}], times: show the crossing's times,
 * zoom: (from, to) => void | null, label}.
 */
class TimeChart extends HTMLElement {
  #model = null;
  #plot = null;
  #built = "";

  connectedCallback() {
    this.observer = new ResizeObserver(() => this.#update());
    this.observer.observe(this);
  }

  disconnectedCallback() {
    this.observer.disconnect();
    this.#plot?.destroy();
    this.#plot = null;
    this.#built = "";
  }

  set model(model) {
    this.#model = model;
    this.#update();
  }

  #update() {
    const m = this.#model;
    const { clientWidth: width, clientHeight: height } = this;
    if (!m || !width || !height || !this.isConnected) return;
    const [low, high] = range(m);
    const data = columns(m.points, m.from);
    // Colours, zone and shape are fixed when uPlot is made; all else it takes while it lives.
    const built = [m.zone, palette().text, !!m.zoom, m.unit].join();
    if (!this.#plot || built !== this.#built) {
      this.#plot?.destroy();
      this.#plot = new uPlot(options(this, width, height), data, this);
      this.#built = built;
      this.setAttribute("role", "img");
    }
    this.setAttribute("aria-label", m.label ?? "");
    const plot = this.#plot;
    if (plot.width !== width || plot.height !== height) plot.setSize({ width, height });
    plot.batch(() => {
      plot.setData(data, false);
      plot.setScale("x", { min: m.from / 1000, max: m.to / 1000 });
      plot.setScale("y", { min: low, max: high });
    });
  }

  get model() {
    return this.#model;
  }
}

function options(host, width, height) {
  const colours = palette();
  const font = `12px ${colours.font}`;
  const model = () => host.model;
  const axis = { stroke: colours.mute, font, ticks: { show: false } };
  return {
    width,
    height,
    padding: [() => (beyond(host.model, 1).length ? 28 : 10), GUTTER, 0, 0],
    legend: { show: false },
    cursor: {
      show: true,
      points: { size: 7, fill: colours.text },
      drag: { x: !!model().zoom, y: false, setScale: false },
      bind: { dblclick: () => () => model().zoom?.(null) },
    },
    scales: { x: { time: true }, y: { auto: false } },
    axes: [
      {
        ...axis, grid: { stroke: colours.line, width: 1 }, space: 84, size: 26, gap: 4,
        values: (u, splits) => splits.map((s) => label(s * 1000, model())),
        splits: (u, _, from, to) => zoned(from, to, u.width, model().zone),
      },
      { ...axis, grid: { show: false }, size: 52, gap: 6, space: 46, values: (u, splits) => splits.map(limitText) },
    ],
    series: [{}, { stroke: colours.text, width: 1.6, spanGaps: false, points: { show: false } }],
    hooks: {
      drawAxes: [(u) => behind(u, model())],
      draw: [(u) => front(u, model())],
      setSelect: [
        (u) => {
          if (u.select.width > 6 && model().zoom) {
            model().zoom([u.posToVal(u.select.left, "x") * 1000, u.posToVal(u.select.left + u.select.width, "x") * 1000]);
          }
          u.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
        },
      ],
    },
  };
}

customElements.define("time-chart", TimeChart);
