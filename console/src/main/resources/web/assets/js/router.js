// Addresses. The site or run rides in the query, so that a link and a reload show the same.
import { changed, state } from "./store.js";

export let route = parse();
const left = new Set();

function parse() {
  const parts = location.pathname.split("/").filter(Boolean).map(decodeURIComponent);
  if (!parts.length) return { page: "live" };
  if (parts[0] === "alerts" && parts[1]) return { page: "alert", id: parts[1] };
  if (parts[0] === "sensors") return parts[1] ? { page: "sensor", id: parts[1] } : { page: "sensors" };
  if (parts[0] === "pipeline") return { page: "pipeline" };
  if (parts[0] === "quarantine") return { page: "quarantine", id: parts[1] ?? null };
  return { page: "live" };
}

/** Site of the address; null for the first one. */
export const wantedSite = () => new URLSearchParams(location.search).get("site");

/** An address that keeps the site. */
export function link(path) {
  const first = state.sites[0]?.id;
  const site = state.awaited ?? state.site;
  return site && site !== first ? `${path}?site=${encodeURIComponent(site)}` : path;
}

/** Calls `listener` whenever another page is shown. */
export const onLeave = (listener) => left.add(listener);

function arrive() {
  route = parse();
  for (const listener of left) listener();
  changed();
}

export function go(path, { replace = false } = {}) {
  history[replace ? "replaceState" : "pushState"](null, "", path);
  arrive();
}

export function listen() {
  addEventListener("popstate", arrive);
  addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const anchor = event.target.closest?.("a[href]");
    if (!anchor || anchor.origin !== location.origin || anchor.target) return;
    event.preventDefault();
    go(anchor.pathname + anchor.search);
  });
}
