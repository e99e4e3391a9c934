// Single keys. Ignored while text is composed or a field has the focus; can be switched off
// (WCAG 2.1.4), as speech input and shaky hands press letters by accident.
import { keep, kept } from "./kept.js";

let bindings = [];
let on = kept("keys") !== "off";

export const areOn = () => on;

export function setOn(next) {
  on = next;
  keep("keys", next ? "on" : "off");
}

/** Replaces the page's keys. @param list of {key, word, run, hidden} in the order they are told */
export function bind(list) {
  bindings = list;
}

export const bound = () => bindings;

const inField = (target) => target.closest?.("input, textarea, select, [contenteditable]") != null;

export function listen() {
  addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
    const name = event.key.length === 1 ? event.key.toUpperCase() : event.key;
    const field = inField(event.target);
    // Esc and ↵ are no letters: they work whatever the switch says; in a field only Esc does.
    const control = name === "Escape" || name === "Enter";
    if (field ? name !== "Escape" : !on && !control) return;
    if (field) event.target.blur();
    // ↵ on a button or a link presses it.
    if (name === "Enter" && event.target.closest?.("button, a, summary, [role=button]")) return;
    const binding = bindings.find((one) => one.key === name);
    if (!binding || (field && !binding.fromField)) return;
    event.preventDefault();
    binding.run(event);
  });
}
