// Text that changes with time: one timer for the whole page, and only text nodes are touched.
import { directive } from "lit/directive.js";
import { AsyncDirective } from "lit/async-directive.js";

const alive = new Set();

setInterval(() => {
  for (const one of alive) one.tick();
}, 200);

class Ticking extends AsyncDirective {
  #make;
  #text;

  render(make) {
    this.#make = make;
    if (this.isConnected) alive.add(this);
    return (this.#text = make());
  }

  tick() {
    const text = this.#make();
    if (text === this.#text) return;
    this.#text = text;
    this.setValue(text);
  }

  disconnected() {
    alive.delete(this);
  }

  reconnected() {
    alive.add(this);
  }
}

/** Shows make() and keeps it true. */
export const ticking = directive(Ticking);
