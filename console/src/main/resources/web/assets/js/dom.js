// Small pieces of the pages' grammar.
import { html } from "lit";
import { directive, Directive } from "lit/directive.js";

class Sized extends Directive {
  render() {}
  update(part, [styles]) {
    // Through the property: the content security policy forbids style attributes.
    for (const [name, value] of Object.entries(styles)) part.element.style.setProperty(name, value);
  }
}

/** Sets computed sizes, `${sized({height: "50px"})}` inside a tag. */
export const sized = directive(Sized);

export const key = (name) => html`<kbd aria-hidden="true">${name}</kbd>`;

/** Rows of their final height while the first answer is awaited; a sentence after two seconds. */
export function loading(since, sentence, rows = 8) {
  const late = performance.now() - since > 2000;
  return html`<div class="loading" aria-busy="true">
    <p class="loading-say" role="status">${late ? sentence : ""}</p>
    ${Array.from({ length: rows }, () => html`<div class="skeleton"><i></i><i></i><i></i></div>`)}
  </div>`;
}

/** What is missing, what still works, one action. */
export function failure(text, label, retry) {
  return html`<div class="failure" role="alert"><span>${text}</span>
    <button class="button" @click=${retry}>${label} ${key("R")}</button></div>`;
}
