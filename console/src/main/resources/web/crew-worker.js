// Keeps the crew's page for where there is no network. Before this the server writes SHELL, the
// paths of all that the page is made of, and VERSION, which changes with any byte of it: a new
// release is another worker to the browser, which takes up a cache of its own and drops the old one.
// Only what is in SHELL is ever answered from here. The API is not: its answers are fresh or none.
/* global SHELL, VERSION */
const CACHE = `crew-${VERSION}`;
const PAGE = "/crew";
/** How long a line may say nothing before the kept page is better than waiting. */
const PATIENCE_MS = 3_000;
const paths = new Set(SHELL);
/** Pages that already waited in vain: their modules come one after the other, and each would wait again. */
const cut = new Set();
/** Pages that got a file of another release than the kept one: the two must not be mixed. */
const ahead = new Set();

// All or nothing: a shell with a hole would not start.
const take = async () => (await caches.open(CACHE)).addAll(SHELL.map((path) => new Request(path, { cache: "no-cache" })));

async function dropOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("crew-") && name !== CACHE).map((name) => caches.delete(name)));
}

self.addEventListener("install", (event) => event.waitUntil(take().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(dropOthers().then(() => self.clients.claim())));

/** The network's answer if it is a good one and comes whole in time; else null. */
async function live(request) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const response = await fetch(request, { signal: patience.signal });
    const body = await response.blob();
    const { status, headers } = response;
    return response.ok ? new Response(body, { status, headers }) : null;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

/** A proxy that packs an answer marks its tag as weak. */
const tag = (response) => response.headers.get("ETag")?.replace(/^W\//, "");

async function answer(request, path, client) {
  const kept = await (await caches.open(CACHE)).match(path);
  if (kept && !ahead.has(client) && !cut.has(client)) {
    const response = await live(request);
    if (response) {
      if (tag(response) !== tag(kept)) ahead.add(client);
      return response;
    }
    cut.add(client);
  }
  return kept && !ahead.has(client) ? kept : fetch(request);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || !paths.has(url.pathname)) return;
  if (request.mode === "navigate" && url.pathname !== PAGE) return;
  event.respondWith(answer(request, url.pathname, event.resultingClientId || event.clientId));
});
