// What an operator hears. Tones are made here, so there is nothing to load and nothing to miss.
import { isAcknowledged, isForewarned, isOver, isShelved, isSilence, isSuspect, severity } from "./alerts.js";
import { keep, kept } from "./kept.js";

let context = null;
let on = kept("sound") !== "off";

export const isOn = () => on;

export function setOn(next) {
  on = next;
  keep("sound", next ? "on" : "off");
}

/** Browsers start audio suspended until the visitor clicks. */
export const isSuspended = () => on && context?.state !== "running";

function open() {
  context ??= new AudioContext();
  return context;
}

/** To be called from a click or key: opens the sound; `test` also plays it. */
export async function unlock(test) {
  try {
    await open().resume();
  } catch {
    return; // No audio device: the bar stays and says so.
  }
  if (test) play(2);
}

/** Opens the sound without a test where the visitor clicked before this page replaced another. */
export function probe() {
  if (navigator.userActivation?.hasBeenActive) unlock(false);
}

function tone(frequency, start, length, volume) {
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  oscillator.type = "triangle";
  oscillator.frequency.value = frequency;
  const at = context.currentTime + start;
  // A few milliseconds of ramp at both ends, or the speaker clicks.
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(volume, at + 0.012);
  gain.gain.setValueAtTime(volume, at + length - 0.04);
  gain.gain.linearRampToValueAtTime(0, at + length);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(at);
  oscillator.stop(at + length + 0.02);
}

/** The figures of LOOK.md: kind 1, 2, 3 or "forewarned". */
export function play(kind) {
  if (!on || context?.state !== "running") return;
  if (kind === 1) [988, 784, 988].forEach((f, i) => tone(f, i * 0.2, 0.16, 0.34));
  else if (kind === 2) [784, 659].forEach((f, i) => tone(f, i * 0.24, 0.2, 0.26));
  else if (kind === "forewarned") tone(330, 0, 0.5, 0.16);
  else if (kind === 3) tone(1320, 0, 0.045, 0.12);
}

const REPEAT_MS = { 1: 5_000, 2: 60_000 };

/** What crews said and nobody at the centre has seen. */
const words = (alerts) => alerts.flatMap((alert) => (alert.jobs ?? []).filter((job) => job.said).map((job) => job.id + job.said.at));

/**
 * Decides what to play. Pure but for its memory of what was sounded.
 *
 * Each alert sounds once when it comes up and again when it gets worse; level 1 goes on every 5 s
 * until somebody acknowledges, level 2 is said once more after 60 s. Of several at once only the
 * worst is heard: two tones over each other are noise. What a crew says sounds once as level 2 does.
 */
export class Annunciator {
  #sounded = new Map(); // alert id → {kind, at, times}
  #words = new Set(); // of crews

  /** @returns what to play now, or null */
  next(alerts, now) {
    let best = null;
    const open = new Set();
    for (const alert of alerts) {
      open.add(alert.id);
      const kind = this.#kind(alert);
      if (kind == null) {
        if (isAcknowledged(alert)) this.#sounded.set(alert.id, { kind: this.#rank(this.#raw(alert)), at: now, times: 9 });
        continue;
      }
      const before = this.#sounded.get(alert.id);
      const worse = !before || this.#rank(kind) < before.kind;
      const again = before && !worse && this.#again(kind, before, now);
      if (!worse && !again) continue;
      this.#sounded.set(alert.id, { kind: this.#rank(kind), at: now, times: worse ? 1 : before.times + 1 });
      if (best == null || this.#rank(kind) < this.#rank(best)) best = kind;
    }
    for (const id of this.#sounded.keys()) if (!open.has(id)) this.#sounded.delete(id);
    const said = words(alerts);
    const isNew = said.some((word) => !this.#words.has(word));
    this.#words = new Set(said);
    return best ?? (isNew ? 2 : null);
  }

  /** Treats what is there as heard, so that opening the page late does not replay the morning. */
  hush(alerts, now) {
    this.#words = new Set(words(alerts));
    for (const alert of alerts) {
      const kind = this.#raw(alert);
      if (severity(alert) > 1 && kind != null) this.#sounded.set(alert.id, { kind: this.#rank(kind), at: now, times: 9 });
    }
  }

  #again(kind, before, now) {
    if (kind === 1) return now - before.at >= REPEAT_MS[1];
    return kind === 2 && before.times < 2 && now - before.at >= REPEAT_MS[2];
  }

  #raw(alert) {
    if (isForewarned(alert)) return severity(alert) === 4 ? null : "forewarned";
    const n = severity(alert);
    if ((isSilence(alert) && n > 2) || isSuspect(alert)) return null;
    return n === 4 ? null : n;
  }

  #kind(alert) {
    return isOver(alert) || isAcknowledged(alert) || isShelved(alert) ? null : this.#raw(alert);
  }

  #rank(kind) {
    return kind === "forewarned" ? 2.5 : (kind ?? 9);
  }
}
