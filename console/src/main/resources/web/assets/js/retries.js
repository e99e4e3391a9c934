// Retries of what was rejected: given once, followed until all of their entries are done.
import { get, newKey, post } from "./api.js";
import { changed, failed, state } from "./store.js";

/** The retry on display: {key, asked, done, readings, rejected, refused, why, more, skipped, error, sending}. */
let current = null;
let followers = 0;

export const retrying = () => current;
export const isUnderWay = () => current != null && !current.error && (current.sending || current.done < current.asked);
/** Commands that change nothing in readings are an operator's; this one is an engineer's. */
export const mayRetry = () => ["engineer", "admin"].includes(state.me?.role);

export function dismiss() {
  current = null;
  changed();
}

/** @param what {ids} or {filter, limit} @param then called with each outcome that is news */
export async function retry(what, then) {
  if (isUnderWay()) return;
  // Given again after a failure it is the same command: its key stays.
  const key = current?.error && JSON.stringify(current.what) === JSON.stringify(what) ? current.key : newKey();
  current = { key, what, sending: true, asked: what.ids?.length ?? null, done: 0 };
  changed();
  const mine = current;
  try {
    const { body } = await post("quarantine/retry", { site: state.site }, what, key);
    Object.assign(mine, body, { sending: false });
    then();
    if (mine.done < mine.asked) follow(mine, then);
  } catch (error) {
    failed(error, (text) => Object.assign(mine, { error: text, sending: false }));
  }
  changed();
}

function follow(mine, then) {
  const me = ++followers;
  const timer = setInterval(async () => {
    if (me !== followers || current !== mine || mine.done >= mine.asked) return clearInterval(timer);
    try {
      const before = mine.done;
      Object.assign(mine, await get(`quarantine/retries/${encodeURIComponent(mine.key)}`));
      if (mine.done !== before) then();
    } catch (error) {
      failed(error, () => {}); // The next second asks again.
    }
    changed();
  }, 1000);
}
