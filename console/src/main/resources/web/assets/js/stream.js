// The event stream, read with fetch so that it can say where to resume and notice that it is stale.
// It reconnects by itself, from the last position it handed on; what comes twice is dropped later,
// by revision (store.js), so resuming one event too early does no harm.

const STALE_MS = 8_000;
const WAITS_MS = [200, 500, 1000, 2000, 4000];

/** Cuts text of any chunking into events {id, event, data}. Pure but for its own rest. */
export class EventParser {
  #rest = "";

  push(text) {
    const blocks = (this.#rest + text).replace(/\r\n?/g, "\n").split("\n\n");
    this.#rest = blocks.pop();
    const events = [];
    for (const block of blocks) {
      const event = { id: null, event: "message", data: "" };
      for (const line of block.split("\n")) {
        const colon = line.indexOf(":");
        if (colon <= 0) continue; // A comment keeps the connection alive and says nothing.
        const value = line.slice(colon + 1).replace(/^ /, "");
        const field = line.slice(0, colon);
        if (field === "data") event.data += (event.data ? "\n" : "") + value;
        else if (field === "id" || field === "event") event[field] = value;
      }
      if (event.data) events.push(event);
    }
    return events;
  }
}

export class Stream {
  #handlers;
  #position;
  #site;
  #sensors = "";
  #controller = null;
  #lastHeard = 0;
  #attempt = 0;
  #closed = false;
  #wake = null;
  #stale = false;
  #triedAt = 0;

  /** @param handlers {alert(event), readings(items), heartbeat(data), reset(), expired(), stale(bool)} */
  constructor(site, position, handlers) {
    this.#site = site;
    this.#position = position;
    this.#handlers = handlers;
    this.#lastHeard = performance.now();
    this.#run();
    this.watchdog = setInterval(() => this.#watch(), 500);
  }

  close() {
    this.#closed = true;
    clearInterval(this.watchdog);
    this.#controller?.abort();
    this.#wake?.();
  }

  /** Also send the readings of these sensors; resumes from the same position. */
  watch(sensors) {
    const wanted = [...sensors].sort().join(",");
    if (wanted === this.#sensors) return;
    this.#sensors = wanted;
    this.reconnect();
  }

  /** Drops the connection and opens a new one now. */
  reconnect() {
    this.#attempt = 0;
    this.#controller?.abort();
    this.#wake?.();
  }

  /** Seconds since anything was heard. */
  age() {
    return (performance.now() - this.#lastHeard) / 1000;
  }

  #watch() {
    const stale = performance.now() - this.#lastHeard > STALE_MS;
    if (stale !== this.#stale) {
      this.#stale = stale;
      this.#handlers.stale(stale);
    }
    // A connection that says nothing for so long is dead, whatever the socket believes.
    if (stale && performance.now() - this.#triedAt > STALE_MS) this.reconnect();
  }

  async #run() {
    while (!this.#closed) {
      try {
        await this.#connect();
      } catch (error) {
        if (error?.status === 401) {
          this.#handlers.expired();
          return;
        }
      }
      if (this.#closed) return;
      const wait = WAITS_MS[Math.min(this.#attempt++, WAITS_MS.length - 1)];
      await new Promise((resolve) => {
        this.#wake = resolve;
        setTimeout(resolve, wait);
      });
    }
  }

  async #connect() {
    const controller = (this.#controller = new AbortController());
    this.#triedAt = performance.now();
    const query = new URLSearchParams({ site: this.#site, from: this.#position });
    if (this.#sensors) query.set("sensors", this.#sensors);
    const response = await fetch(`/api/v1/stream?${query}`, {
      headers: { Accept: "text/event-stream", "Last-Event-ID": this.#position },
      credentials: "same-origin",
      cache: "no-store",
      signal: controller.signal,
    });
    if (!response.ok) throw Object.assign(new Error("stream"), { status: response.status });
    const parser = new EventParser();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { value, done } = await reader.read();
      if (done || controller.signal.aborted) return;
      for (const event of parser.push(value)) {
        try {
          this.#hand(event);
        } catch (error) {
          // One event that cannot be read must neither stop those behind it nor be passed over.
          console.error(event, error);
          if (event.event === "alert") this.#handlers.reset();
        }
      }
    }
  }

  #hand({ id, event, data }) {
    const body = JSON.parse(data);
    if (event === "heartbeat") {
      this.#lastHeard = performance.now();
      this.#attempt = 0;
      this.#handlers.heartbeat(body);
      this.#watch();
    } else if (event === "alert") {
      this.#handlers.alert(body);
      if (id != null) this.#position = id; // Only after it was handed on: else a failure loses it.
    } else if (event === "readings") {
      this.#handlers.readings(body.items);
    } else if (event === "reset") {
      this.#handlers.reset();
    }
  }
}
