// Who was told of an alert, what could not be delivered, and sending that again.
import { html } from "lit";
import { nameOf } from "../phrases.js";
import { asked, isFailed, resend, toldText } from "../responding.js";
import { link } from "../router.js";
import { changed, now, readDetail, state, zone } from "../store.js";
import { dayClock, ms } from "../time.js";
import { addWords, t } from "../words.js";

addWords({
  "h.told": ["通知", "Told"],
  "told.again": ["重发", "Send again"],
  "told.asked": ["已要求重发", "will be sent again"],
  "undelivered.title": ["未送达的通知", "Not delivered"],
  "undelivered.more": ["全部 {0} 条", "All {0}"],
  "undelivered.none": ["近两天的通知都已送达。", "All of the last two days was delivered."],
});

/** What came of asking for it again, or the button that asks. @param then called once it is known */
function againPart(one, then) {
  if (!isFailed(one)) return "";
  const mine = asked(one);
  if (mine?.since) return html` <span class="quiet">${t("told.asked")}</span>`;
  return html` <button class="button slim" ?disabled=${mine?.sending} @click=${() => resend(one, then)}>${t("told.again")}</button>
    ${mine?.error ? html`<b role="alert">${t("response.failed", mine.error)}</b>` : ""}`;
}

/** Reads the alert again until the delivery is over, for some seconds. */
function follow(alert, id, left = 8) {
  readDetail(alert, true).then(() => {
    const one = state.details.get(alert)?.deliveries?.find((known) => known.id === id);
    if (left > 0 && one && (asked(one)?.since || !one.ended_at)) setTimeout(() => follow(alert, id, left - 1), 1000);
  });
}

/** The last of each receiver, each that failed and each that was sent again; nothing where nobody is told. */
export function toldPart(detail) {
  const all = detail?.deliveries ?? [];
  if (!all.length) return "";
  const last = new Map(all.map((one) => [one.receiver, one]));
  return html`<section class="response"><h3>${t("h.told")}</h3><ul>${all.filter((one) => isFailed(one) || one.resends?.length || last.get(one.receiver) === one).map((one) => html`<li class="small">
    ${isFailed(one) ? html`<b>${one.receiver}: ${toldText(one)}</b>${againPart(one, () => follow(one.alert, one.id))}` : html`${one.receiver}: <span class="quiet">${toldText(one)}</span>`}</li>`)}</ul></section>`;
}

const AT_ONCE = 8;
let unfolded = false;

/** Those that failed, of all alerts: the newest, and the others once somebody asks. @param then reads the list again */
export function undelivered(list, then) {
  if (!list.length) return html`<p class="quiet">${t("undelivered.none")}</p>`;
  const subject = (one) => (state.alerts.has(one.alert) ? nameOf(state.alerts.get(one.alert)) : one.alert.split(":")[1] ?? one.alert);
  return html`<table class="mini wide undelivered"><tbody>${(unfolded ? list : list.slice(0, AT_ONCE)).map((one) => html`<tr><td><b>${one.receiver}</b></td>
    <td class="cut"><a class="under" href=${link(`/alerts/${encodeURIComponent(one.alert)}`)}>${subject(one)}</a><span class="line2" title=${one.error ?? ""}>${toldText(one)}</span></td>
    <td class="num quiet">${one.ended_at ? dayClock(ms(one.ended_at), now(), zone()) : ""}</td><td>${againPart(one, then)}</td></tr>`)}</tbody></table>
    ${unfolded || list.length <= AT_ONCE ? "" : html`<button class="button slim" @click=${() => {
      unfolded = true;
      changed();
    }}>${t("undelivered.more", list.length)}</button>`}`;
}
