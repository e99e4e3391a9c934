// In which order alerts stand, and when they may move. Pure.
import { expected, isAcknowledged, isCrewOut, isFolded, isListed, isOver, isShelved, isSystem, severity } from "./alerts.js";
import { ms } from "./time.js";

/** Nothing moves for that long after the operator touched the list. */
export const HOLD_MS = 10_000;
/** Unacknowledged alerts fill these from the bottom up, so that a newcomer pushes nobody. */
export const SLOTS = 4;
export const SECTIONS = ["unacknowledged", "inHand", "cleared", "out", "shelved"];

export function section(alert) {
  if (isCrewOut(alert)) return "out";
  if (isOver(alert)) return "cleared";
  if (isShelved(alert)) return "shelved";
  return isAcknowledged(alert) ? "inHand" : "unacknowledged";
}

/**
 * Level first; before the limit by time left, past it newest first; ids break ties so that equal
 * input gives equal order.
 */
export function compare(a, b) {
  const level = severity(a) - severity(b);
  if (level) return level;
  const ea = expected(a);
  const eb = expected(b);
  if (ea && eb && ea.at !== eb.at) return ea.at - eb.at;
  if (!ea !== !eb) return ea ? -1 : 1;
  const since = (alert) => ms(alert.cleared_at ?? alert.crossed_at ?? alert.started_at) ?? 0;
  return since(b) - since(a) || (a.id < b.id ? -1 : 1);
}

/** The order as it should be: ids by section. */
export function ideal(alerts) {
  const order = { unacknowledged: [], inHand: [], cleared: [], out: [], shelved: [] };
  for (const alert of [...alerts].filter((one) => isListed(one) && !isFolded(one) && !isSystem(one)).sort(compare)) order[section(alert)].push(alert.id);
  return order;
}

const flat = (order) => SECTIONS.flatMap((name) => order[name].map((id) => [id, name]));

/** Length of the longest increasing run of positions: what need not move. */
function longestKept(positions) {
  const tails = [];
  for (const p of positions) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (tails[middle] < p) low = middle + 1;
      else high = middle;
    }
    tails[low] = p;
  }
  return tails.length;
}

/** How many rows a re-order would move, add or take away. */
export function changes(shown, wanted) {
  const before = flat(shown);
  const after = new Map(flat(wanted).map(([id, name], i) => [id, { name, i }]));
  const stayed = before.filter(([id, name]) => after.get(id)?.name === name);
  const moved = before.length - longestKept(stayed.map(([id]) => after.get(id).i));
  const known = new Set(before.map(([id]) => id));
  return moved + [...after.keys()].filter((id) => !known.has(id)).length;
}

/**
 * The order to show. Held: every row stays where it is, even when acknowledged or closed; a
 * newcomer takes the next free slot above the others, or waits and is counted.
 *
 * @returns {{order, waiting: number, above: number}} waiting: rows a re-order would change; above:
 *     unacknowledged ones that are not shown yet
 */
export function arrange(shown, alerts, held) {
  const wanted = ideal(alerts);
  if (!shown || !held) return { order: wanted, waiting: 0, above: 0 };
  const known = new Set(flat(shown).map(([id]) => id));
  const order = { ...shown, unacknowledged: [...shown.unacknowledged] };
  let above = 0;
  for (const id of wanted.unacknowledged) {
    if (known.has(id)) continue;
    if (order.unacknowledged.length < SLOTS) order.unacknowledged.unshift(id);
    else above++;
  }
  return { order, waiting: changes(order, wanted), above };
}

/** The unacknowledged alert that must not be overlooked: the head of the line; null if none. */
export function mostUrgent(alerts) {
  const open = [...alerts].filter((alert) => section(alert) === "unacknowledged");
  return open.sort(compare)[0] ?? null;
}

/** The alert whose expected crossing is the soonest still ahead of `now`; null if none. */
export function nextCrossing(alerts, now) {
  let best = null;
  for (const alert of alerts) {
    const next = expected(alert);
    if (next && next.at > now && (!best || next.at < expected(best).at)) best = alert;
  }
  return best;
}
