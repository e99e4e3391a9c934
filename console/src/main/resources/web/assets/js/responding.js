// Crews and what an operator does with an alert besides acknowledging: pure of DOM.
import { expected, isListed } from "./alerts.js";
import { newKey, post, get } from "./api.js";
import { changed, failed, now, state, zone } from "./store.js";
import { hourMinute, ms, span } from "./time.js";
import { addWords, has, pick, t } from "./words.js";

addWords({
  "h.crew": ["班组", "Crew"],
  "job.unassigned": ["无人可派", "nobody to send"],
  "job.dispatched": ["已派，未接单", "asked"],
  "job.looked": ["已看，未接单", "seen, not accepted"],
  "job.seen": ["{0} 看到", "seen {0}"],
  "job.notSeen": ["还没看到派单", "not seen yet"],
  "job.messageNotSeen": ["{0} 的留言还没看到", "message of {0} not seen yet"],
  "job.said": ["{0} {1}：{2}", "{0} {1}: {2}"],
  "job.saidShort": ["{0}：{1}", "{0}: {1}"],
  "job.read": ["知道了", "Seen"],
  "job.accepted": ["已接单", "accepted"],
  "job.en_route": ["途中", "en route"],
  "job.arrived": ["到场", "on site"],
  "job.resolved": ["已处置", "resolved"],
  "job.cancelled": ["已取消", "cancelled"],
  "job.preventive": ["预防性", "preventive"],
  "job.arrival": ["预计 {0} 到", "there {0}"],
  "job.early": ["早 {0}", "{0} early"],
  "job.late": ["晚 {0}", "{0} late"],
  "job.due": ["{0} 前须{1}", "{1} by {0}"],
  "job.due.dispatched": ["接单", "to accept"],
  "job.due.accepted": ["出发", "to set out"],
  "job.due.en_route": ["到场", "to arrive"],
  "job.due.unassigned": ["再派", "asked again"],
  "job.overdue": ["超时 {0} 次", "deadlines missed: {0}"],
  "job.tried": ["问过 {0}", "asked before: {0}"],
  "job.contact": ["现场联系 {0} {1}", "On site: {0} {1}"],
  "job.none": ["还没有派人", "Nobody was sent"],
  "job.forIncident": ["为同一事件派往 {0}", "sent to {0}, the same incident"],
  "job.dispatch": ["派单", "Dispatch"],
  "job.reassign": ["改派", "Reassign"],
  "job.auto": ["按规则选", "As the route says"],
  "job.onDuty": ["在岗 {0} 人，手上 {1} 单", "{0} on duty, {1} jobs"],
  "job.offDuty": ["不在岗", "off duty"],
  "job.message": ["给班组留言", "Message to the crew"],
  "job.send": ["发送", "Send"],
  "job.report": ["发现：{0}。原因：{1}。处置：{2}", "Found: {0}. Cause: {1}. Done: {2}"],
  "shelf.button": ["搁置", "Shelve"],
  "shelf.reason": ["为什么搁置", "Why"],
  "shelf.for": ["{0} 分钟", "{0} min"],
  "shelf.hours": ["{0} 小时", "{0} h"],
  "shelf.until": ["搁置至 {0}，{1}：{2}", "Shelved until {0}, {1}: {2}"],
  "shelf.back": ["取消搁置", "Unshelve"],
  "shelf.chattering": ["反复起落，建议搁置并检查传感器", "It comes and goes: shelve it and look at the sensor"],
  "section.shelved": ["搁置", "Shelved"],
  "strip.shelved": ["搁置", "shelved"],
  "reset.button": ["复位", "Reset"],
  "response.failed": ["没有办成：{0}", "Not done: {0}"],
  "h.incident": ["同一事件，首发 {0}", "Same incident, first: {0}"],
  "told.accepted": ["对方服务已收", "accepted by the service"],
  "told.open": ["发送中，{0} 次", "being sent, {0} attempts"],
  "told.held": ["洪峰中，待汇总", "held for a summary"],
  "told.summarised": ["已汇总发送", "told in a summary"],
  "told.failed": ["没有送到：{0}", "not delivered: {0}"],
  "told.twice": ["可能重复", "possibly twice"],
  "key.dispatch": ["派单", "dispatch"],
  "key.shelve": ["搁置", "shelve"],
  "key.reset": ["复位", "reset"],
  "because.reset": ["已复位", "reset"],
  "event.shelved": ["{0} 搁置至 {1}", "{0} shelved it until {1}"],
  "event.unshelved": ["搁置结束", "No longer shelved"],
  "event.realarmed": ["确认后仍未恢复，再次告警", "Told again: acknowledged, but it lasts"],
  "event.chattering": ["反复起落", "Comes and goes"],
  "refused.already-dispatched": ["这个班组已经派过", "this crew is asked or sent already"],
  "refused.reassigned": ["已改派别的班组", "the job is another crew's now"],
  "refused.unassigned": ["任务无人承接，先派单", "the job is nobody's now: dispatch it first"],
  "refused.already-accepted": ["已经接单", "it is accepted already"],
  "refused.already-en-route": ["已经出发", "the crew is on its way already"],
  "refused.already-arrived": ["已经到场", "the crew is on site already"],
  "refused.resolved": ["已经处置完毕", "the job is resolved already"],
  "refused.cancelled": ["派单已取消", "the job was cancelled"],
  "refused.not-cleared": ["险情未消除，不能复位", "the danger is not gone"],
  "refused.not-shelved": ["没有搁置", "it is not shelved"],
  "refused.unknown-crew": ["没有这个班组", "the site has no such crew"],
  "refused.unknown-member": ["班组里没有这个人", "the crew has no such member"],
  "refused.unknown-job": ["没有这个任务", "there is no such job"],
  "refused.closed": ["告警已关闭", "the alert is closed already"],
  "event.refused": ["{0} 的操作未办成：{1}", "{0}'s command was refused: {1}"],
  "event.dispatched": ["派 {0}", "{0} was asked"],
  "event.reassigned": ["改派 {0}", "Now {0} is asked"],
  "event.unassigned": ["无人可派", "Nobody is left to send"],
  "event.accepted": ["{0} 接单", "{0} accepted"],
  "event.declined": ["{0} 退回", "{0} gave it back"],
  "event.en_route": ["{0} 出发", "{0} set out"],
  "event.arrived": ["{0} 到场", "{0} is on site"],
  "event.resolved": ["{0} 处置完毕", "{0} resolved it"],
  "event.cancelled": ["险情解除，取消派单", "The danger is gone, the job was cancelled"],
  "event.overdue": ["班组超时：{0}", "The crew is overdue: {0}"],
  "event.message": ["{0}", "{0}"],
  "event.seen": ["{0} 看到了", "{0} has seen it"],
  "event.resend": ["{0} 要求向 {1} 重发通知", "{0} has {1} told again"],
});

const ENDED = ["resolved", "cancelled"];

export const openJob = (alert) => (alert.jobs ?? []).find((job) => !ENDED.includes(job.state)) ?? null;

export const who = (job) => [pick(job.crew_name), job.member_name].filter(Boolean).join(" ");

/** Seconds the crew is there before the expected crossing, negative after it; null where unknown. */
export function marginS(alert, job) {
  const crossing = expected(alert)?.at;
  const arrival = ms(job.expected_arrival_at);
  return crossing == null || arrival == null || job.state === "arrived" ? null : Math.round((crossing - arrival) / 1000);
}

/** 预计 14:34 到，早 1:42. */
export function arrivalText(alert, job) {
  const at = ms(job.expected_arrival_at);
  if (at == null || job.state === "arrived") return "";
  const margin = marginS(alert, job);
  const there = t("job.arrival", hourMinute(at, zone()));
  return margin == null ? there : there + t("comma") + t(margin >= 0 ? "job.early" : "job.late", span(Math.abs(margin)));
}

export function dueText(job) {
  const at = ms(job.due_at);
  if (at == null || at < now()) return job.overdue ? t("job.overdue", job.overdue) : "";
  return t("job.due", hourMinute(at, zone()), t(`job.due.${job.state}`));
}

/** How far the crew is, in a word. */
export const jobText = (job) => t(job.state === "dispatched" && job.seen_at ? "job.looked" : `job.${job.state}`);

/** Whether the crew's page has shown what it was told last; empty where nobody is asked. */
export function seenText(job) {
  if (job.told_at == null) return "";
  if (job.seen_at) return t("job.seen", hourMinute(ms(job.seen_at), zone()));
  return job.told_at === job.dispatched_at ? t("job.notSeen") : t("job.messageNotSeen", hourMinute(ms(job.told_at), zone()));
}

/** Why a command was refused, in words; a reason that has none as it is. */
const refusalText = (reason) => (has(`refused.${reason}`) ? t(`refused.${reason}`) : reason);

/** What happened to a job or by the operator, in one line; null for any other kind. */
export function responseText(event) {
  const job = event.alert.jobs?.find((one) => one.id === event.job);
  const by = event.by ?? "—";
  switch (event.kind) {
    case "shelved": return t("event.shelved", by, hourMinute(ms(event.alert.shelf?.until), zone()));
    case "refused": return t("event.refused", by, refusalText(event.note));
    case "dispatched": case "reassigned": return t(`event.${event.kind}`, job ? who(job) : "—");
    case "accepted": case "declined": case "en_route": case "arrived": case "resolved": case "message": case "seen": return t(`event.${event.kind}`, by);
    case "resend": return t("event.resend", by, event.note?.split(">").at(-1) ?? "—");
    case "overdue": return t("event.overdue", job ? who(job) : "—");
    case "unshelved": case "realarmed": case "chattering": case "unassigned": case "cancelled": return t(`event.${event.kind}`);
    default: return null;
  }
}

/** The words that stand under such an event: a message, a reason, a report. */
export function responseNote(event) {
  if (event.kind === "resolved") {
    const report = event.alert.jobs?.find((one) => one.id === event.job)?.report;
    return report ? t("job.report", report.finding ?? "—", report.cause ?? "—", report.action ?? "—") : null;
  }
  return ["message", "declined", "shelved", "dispatched", "reassigned"].includes(event.kind) ? event.note : null;
}

/** The other open alerts of the same place and cause, the first of them first. */
export function sameIncident(alert) {
  if (!alert.incident) return [];
  const others = [...state.alerts.values()].filter((one) => one.incident === alert.incident && one.id !== alert.id && isListed(one));
  return others.sort((a, b) => (a.started_at < b.started_at ? -1 : 1));
}

/** The crew that was sent for another alert of the incident: who is there, or was since, looks after this one, too. */
export function incidentJob(alert) {
  const others = sameIncident(alert).flatMap((one) => (one.jobs ?? []).map((job) => ({ alert: one, job })));
  const since = ms(alert.level_at ?? alert.started_at);
  return others.find(({ job }) => job.crew && !ENDED.includes(job.state)) ?? others.find(({ job }) => job.state === "resolved" && ms(job.ended_at) >= since) ?? null;
}

export const isFailed = (delivery) => ["refused", "given_up"].includes(delivery.state);

/** Deliveries that were asked for again, by id: {key, sending, error, since: when it had failed}. */
const again = new Map();

/** What came of asking for it again; null where nobody did since it failed last. */
export function asked(delivery) {
  const mine = again.get(delivery.id);
  return mine?.since && mine.since !== delivery.ended_at ? null : (mine ?? null);
}

/** Has a delivery made again; given again after an error it is the same command. @param then called once it is given */
export async function resend(delivery, then) {
  const before = asked(delivery);
  if (before?.sending) return;
  const mine = { key: before?.key ?? newKey(), sending: true };
  again.set(delivery.id, mine);
  changed();
  try {
    await post(`deliveries/${encodeURIComponent(delivery.id)}/resend`, { site: state.site }, {}, mine.key);
    Object.assign(mine, { since: delivery.ended_at });
  } catch (error) {
    failed(error, (text) => Object.assign(mine, { error: text }));
  }
  mine.sending = false;
  changed();
  then();
}

/** What became of a delivery, in words. */
export function toldText(one) {
  const twice = one.possibly_twice ? t("comma") + t("told.twice") : "";
  if (one.state === "accepted") return t("told.accepted") + twice;
  if (one.state === "held" || one.state === "summarised") return t(`told.${one.state}`);
  if (isFailed(one)) return t("told.failed", one.error ?? "—") + twice;
  return t("told.open", one.attempts) + twice;
}

/** What went wrong last, by alert. */
export const trouble = new Map();

/** Gives a command; its outcome comes on the stream as well. @param path `alerts/{id}/reset` */
export async function give(alert, path, body) {
  trouble.delete(alert);
  try {
    await post(path, { site: state.site }, body, newKey());
  } catch (error) {
    failed(error, (text) => trouble.set(alert, text));
  }
  changed();
}

export const giveAlert = (id, verb, body) => give(id, `alerts/${encodeURIComponent(id)}/${verb}`, body);

export const giveJob = (alert, job, verb, body) => give(alert, `jobs/${encodeURIComponent(job)}/${verb}`, body);

export const readCrews = async () => (await get("crews", { site: state.site })).items;
