// What an alert means to a person. Pure: alerts in, facts out. Shapes are those of the API.
import { ms } from "./time.js";

const NUMBERS = { critical: 1, alarm: 2, warn: 3, notice: 4 };

/** 1 (the worst) to 4; null of no level. */
export const number = (level) => NUMBERS[level] ?? null;

export const isOpen = (alert) => alert.state !== "closed";
/** The danger is over and acknowledged, and a crew is still at it. */
export const isCrewOut = (alert) => alert.state === "closed" && (alert.jobs ?? []).some((job) => !["resolved", "cancelled"].includes(job.state));
/** Whether it stands in the list. */
export const isListed = (alert) => isOpen(alert) || isCrewOut(alert);
export const isForewarned = (alert) => alert.state === "forewarned";
export const isOver = (alert) => alert.state === "cleared" || alert.state === "closed";
export const isAcknowledged = (alert) => alert.acknowledged_at != null;
/** A sensor that went quiet, or one quantity of it: its rule watches arrivals, not values. */
export const isSilence = (alert) => alert.quantity == null || alert.kind === "silent";
/** Put aside for a while, by somebody, for a reason. */
export const isShelved = (alert) => alert.shelf != null;
/** Its limits are of speed, in the quantity's unit per minute. */
export const isRate = (alert) => alert.kind === "rate";
/** Many sensors of one gateway, or of the site, are silent at once. */
export const isFold = (alert) => alert.rule === "gateway-silent" || alert.rule === "site-silent";
/** Trouble of our own: a bar above the pages, no row, no count. */
export const isSystem = (alert) => alert.rule === "system-lag" || alert.rule === "system-store";
/** Such an alert stands for this one: it is no row, no count and no sound of its own meanwhile. */
export const isFolded = (alert) => alert.folded_into != null;
/** A reading that no instrument of its kind can give: the sensor is in doubt, not the place in danger. */
export const isSuspect = (alert) => alert.rule === "quality";

/** Epoch ms since which it stands where it stands: at its present level, not at its first. */
export const standsSince = (alert) => ms(alert.level_at) ?? ms(alert.crossed_at) ?? ms(alert.started_at);

/** What colours, sorts and sounds: 1 to 4. */
export const severity = (alert) => number(alert.severity ?? alert.worst ?? alert.level) ?? 4;

/** The forewarning that counts down: the soonest. */
export const coming = (alert) => (isOver(alert) ? null : (alert.coming?.[0] ?? null));

/** Epoch ms at which the soonest crossing is expected, with its 80 % interval; null if none. */
export function expected(alert) {
  const next = coming(alert);
  if (!next) return null;
  const at = ms(next.at);
  const after = (seconds) => (seconds == null ? null : at + seconds * 1000);
  return { at: after(next.eta_s), low: after(next.eta_low_s), high: after(next.eta_high_s) };
}

/**
 * The glyphs in the order they are shown. A rule's own severity recolours the level it reached, but
 * while a higher level is still coming the severity belongs to that one.
 */
export function marks(alert) {
  if (isOver(alert)) return [{ kind: "cleared" }];
  if (isSilence(alert)) return [{ kind: "silent" }];
  if (isSuspect(alert)) return [{ kind: "suspect" }];
  const list = [];
  const next = coming(alert);
  if (alert.level) {
    list.push({ kind: "level", level: next ? number(alert.level) : severity(alert), hollow: false });
    const higher = next && number(next.level) < number(alert.level);
    if (higher) list.push({ kind: "level", level: number(next.level), hollow: true });
  } else {
    list.push({ kind: "level", level: next ? number(next.level) : severity(alert), hollow: true });
  }
  if (alert.silent_since) list.push({ kind: "silent" });
  if (isShelved(alert)) list.push({ kind: "shelved" });
  return list;
}

/** How many alerts stand at each level, and how many are only forewarned. */
export function counts(alerts) {
  const byLevel = [0, 0, 0, 0, 0];
  let forewarned = 0;
  for (const alert of alerts) {
    if (isOver(alert) || isSilence(alert) || isSuspect(alert)) continue;
    if (isForewarned(alert)) forewarned++;
    else byLevel[severity(alert)]++;
  }
  return { byLevel, forewarned };
}

/** Alerts that began within the ten minutes before `now`: what an operator had to take in. */
export function recent(starts, now) {
  let n = 0;
  for (const at of starts.values()) if (at > now - 600_000 && at <= now + 1000) n++;
  return n;
}

/** below: limits are floors. */
export function direction(alert) {
  return alert.direction?.toLowerCase() ?? "above";
}
