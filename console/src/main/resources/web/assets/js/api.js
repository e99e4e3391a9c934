// The HTTP API. Every answer is JSON or an ApiError that says what went wrong in one line.

export class ApiError extends Error {
  constructor(status, detail, reason) {
    super(detail);
    this.status = status; // 0: no answer at all
    this.reason = reason ?? null; // a word for programs, where there is one
  }
}

/** Set at sign-in; a cookie session must send it with every command. */
let csrf = null;
export const setCsrf = (value) => (csrf = value);

/** randomUUID exists on secure origins only, and a console may be opened by address. */
export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
}

function url(path, query) {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value != null && value !== "") parameters.set(key, value);
  }
  const text = parameters.toString();
  return `/api/v1/${path}${text ? `?${text}` : ""}`;
}

/** A line that died silently answers nothing: after this it counts as no answer. */
const PATIENCE_MS = 8_000;

function patient(signal) {
  const timeout = AbortSignal.timeout?.(PATIENCE_MS);
  if (!timeout || !signal) return timeout ?? signal;
  return AbortSignal.any?.([signal, timeout]) ?? signal;
}

async function ask(path, query, options) {
  let response;
  try {
    response = await fetch(url(path, query), { credentials: "same-origin", ...options, signal: patient(options.signal) });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError(0, "");
  }
  const text = await response.text().catch((error) => {
    if (error.name === "AbortError") throw error;
    throw new ApiError(0, "");
  });
  let body = null;
  try {
    body = text ? JSON.parse(text) : null;
  } catch {
    throw new ApiError(response.status, `HTTP ${response.status}`);
  }
  if (!response.ok) throw new ApiError(response.status, body?.detail ?? body?.title ?? `HTTP ${response.status}`, body?.reason);
  return { status: response.status, body };
}

export async function get(path, query, signal) {
  return (await ask(path, query, { signal })).body;
}

/** @returns {{status, body}} 200 with the outcome, or 202 when it will follow on the stream */
export function post(path, query, body, key) {
  const headers = { "Content-Type": "application/json" };
  if (csrf) headers["X-CSRF-Token"] = csrf;
  if (key) headers["Idempotency-Key"] = key;
  return ask(path, query, { method: "POST", headers, body: JSON.stringify(body ?? {}) });
}

/** @returns {{status, body}} */
export const remove = (path) => ask(path, null, { method: "DELETE", headers: csrf ? { "X-CSRF-Token": csrf } : {} });

/** Every page of a list, as one array with the last page's other fields. */
export async function all(path, query, signal) {
  const items = [];
  let next = null;
  let page;
  do {
    page = await get(path, { ...query, next }, signal);
    items.push(...page.items);
    next = page.next;
  } while (next);
  return { ...page, items };
}
