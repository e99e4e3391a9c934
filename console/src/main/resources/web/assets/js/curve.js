// The line along which a quantity is expected to reach its limit. Pure.

/**
 * A curve from `value` now to `limit` after `eta` seconds that starts with `slope` per second:
 * straight where they agree, bending down (damped) where it starts too fast, up (fire, cable) where
 * it starts too slow. It draws what the forecast said; it forecasts nothing itself.
 *
 * @returns seconds → value
 */
export function path(value, limit, eta, slope) {
  const rise = limit - value;
  const straight = rise / eta;
  if (!(eta > 0) || slope == null || slope * rise <= 0) return (s) => value + straight * s;
  const ratio = (slope * eta) / rise;
  if (ratio <= 1.02) {
    const start = Math.max(ratio, 0.2) * straight;
    const bend = (rise - start * eta) / (eta * eta);
    return (s) => value + start * s + bend * s * s;
  }
  // value + slope·φ·(1 − e^(−s/φ)) passes through the limit at eta: φ by bisection.
  let low = eta / 50;
  let high = eta * 50;
  const start = Math.min(ratio, 20) * straight;
  for (let i = 0; i < 50; i++) {
    const middle = Math.sqrt(low * high);
    if (Math.abs(start * middle * (1 - Math.exp(-eta / middle))) < Math.abs(rise)) low = middle;
    else high = middle;
  }
  const phi = Math.sqrt(low * high);
  return (s) => value + start * phi * (1 - Math.exp(-s / phi));
}

/**
 * The step beyond which readings are no longer one line: six times the usual, at least four minutes.
 */
export function gapOf(points) {
  const steps = points.slice(1).map((p, i) => p[0] - points[i][0]).sort((a, b) => a - b);
  return Math.max(240_000, 6 * (steps[steps.length >> 1] ?? 0));
}

/** 50 % of a log-normal spread as a share of its 80 %, in the logarithm: .674 / 1.282. */
const HALF = 0.526;

/**
 * The fan: the same path, run through faster or slower, so that it meets the limit at the ends of
 * the interval.
 *
 * @param points how many steps to draw
 * @returns {middle, outer: [early, late], inner: [early, late]} each a list of [ms, value]
 */
export function fan({ from, value, limit, at, low, high, slope }, until, points = 40) {
  const eta = Math.max((at - from) / 1000, 1);
  const middle = path(value, limit, eta, slope);
  const line = (factor) => {
    const list = [];
    for (let i = 0; i <= points; i++) {
      const s = ((until - from) / 1000) * (i / points);
      list.push([from + s * 1000, middle(s * factor)]);
    }
    return list;
  };
  const early = low == null ? 1 : eta / Math.max((low - from) / 1000, 0.5);
  const late = high == null ? 1 : eta / Math.max((high - from) / 1000, 1);
  return {
    middle: line(1),
    outer: [line(early), line(late)],
    inner: [line(early ** HALF), line(late ** HALF)],
  };
}
