// Sign-in over the page: what was on display stays behind it, readable.
import { html } from "lit";
import { get, post } from "./api.js";
import { wantedSite } from "./router.js";
import { changed, enter, failed, state } from "./store.js";
import { unlock } from "./sound.js";
import { t } from "./words.js";

let said = "";
let busy = false;

/** The token of a link, or a bare token. */
export function tokenOf(text) {
  const found = /[#&]token=([^&\s]+)/.exec(text);
  if (found) return decodeURIComponent(found[1]);
  return /^[\w.~-]{16,}$/.test(text.trim()) ? text.trim() : null;
}

async function entered(session) {
  const back = state.session === "expired";
  said = "";
  if (back) {
    state.session = "in";
    await enter(session, state.awaited ?? state.site);
  } else await enter(session, wantedSite());
}

/** A token in the address is used and taken out of it; else the session of the cookie holds. */
export async function begin() {
  const token = tokenOf(location.hash);
  if (token) {
    // Out of the address before anything else: it must not stay in history or a screenshot.
    history.replaceState(null, "", location.pathname + location.search);
  }
  try {
    const session = token ? (await post("sessions", null, { token })).body : await get("sessions/current");
    await entered(session);
  } catch (error) {
    if (token && error.status === 401) said = t("signin.refused");
    try {
      if (token && error.status === 401) return await entered(await get("sessions/current"));
    } catch {
      // No older session either: the form says what to do.
    }
    if (error.status === 401) state.session = "out";
    else failed(error, (text) => (state.error = text));
    if (state.session === "unknown") {
      state.session = "unreachable";
      setTimeout(begin, 2000);
    }
    changed();
  }
}

async function submit(event) {
  event.preventDefault();
  const data = new FormData(event.target);
  const link = (data.get("link") ?? "").trim();
  const token = tokenOf(link);
  const name = (data.get("name") ?? "").trim();
  // This click is also the one that opens the sound.
  unlock(true);
  // What was pasted goes first: a browser may have filled in the name by itself.
  if (link ? !token : !name || !data.get("password")) {
    said = t(link ? "signin.unreadable" : "signin.incomplete");
    return changed();
  }
  busy = true;
  changed();
  try {
    await entered((await post("sessions", null, token ? { token } : { name, password: data.get("password") })).body);
    event.target.reset();
  } catch (error) {
    if (error.status === 401) said = t(token ? "signin.refused" : "signin.wrong");
    else said = t(error.status === 429 ? "signin.tooMany" : error.status === 503 ? "signin.busy" : "fail.network");
  }
  busy = false;
  changed();
}

export function overlay() {
  if (state.session !== "out" && state.session !== "expired") return "";
  const expired = state.session === "expired";
  return html`<div class="over"><form class="signin" @submit=${submit} role="dialog" aria-modal="true" aria-labelledby="signin-title">
    <h1 id="signin-title">${t(expired ? "signin.expired" : "signin.title")}</h1>
    ${expired ? html`<p class="quiet">${t("signin.behind")}</p>` : ""}
    <label>${t("signin.name")}<input name="name" type="text" autocomplete="username" autocapitalize="none" spellcheck="false" autofocus maxlength="80"></label>
    <label>${t("signin.password")}<input name="password" type="password" autocomplete="current-password" maxlength="256"></label>
    <p class="quiet">${t("signin.text")}</p>
    <input name="link" type="text" autocomplete="off" spellcheck="false" placeholder="http://…/#token=…" aria-label=${t("signin.field")}>
    ${said ? html`<p role="alert"><b>${said}</b></p>` : ""}
    <button class="button main" ?disabled=${busy}>${t("signin.button")}</button></form></div>`;
}

