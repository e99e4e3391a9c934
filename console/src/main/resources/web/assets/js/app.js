// The start: reads the address, signs in, renders a frame after each change, sounds.
import { html, render } from "lit";
import "./chart.js";
import "./trend.js";
import { isOver, isShelved } from "./alerts.js";
import * as frame from "./frame.js";
import * as shortcuts from "./keys.js";
import * as alert from "./pages/alert.js";
import * as live from "./pages/live.js";
import * as pipeline from "./pages/pipeline.js";
import * as quarantine from "./pages/quarantine.js";
import * as sensor from "./pages/sensor.js";
import * as sensors from "./pages/sensors.js";
import * as router from "./router.js";
import { anySeriesFailed, onSeries, retrySeries } from "./series.js";
import { begin, overlay } from "./signin.js";
import { Annunciator, isSuspended, play, probe, unlock } from "./sound.js";
import { changed, load, onChange, openAlerts, readDetail, readSites, reconnect, state } from "./store.js";
import { lang, t } from "./words.js";

const PAGES = { live, alert, sensors, sensor, pipeline, quarantine };
const root = document.getElementById("app");

/** R does what is missing; while nothing is, it resets the alert on display whose danger is gone. */
function retry() {
  if (state.stale || state.session === "unreachable") return reconnect();
  if (state.error) return load();
  const detail = state.details.get(router.route.id);
  if (detail?.error) return readDetail(router.route.id, true);
  const own = PAGES[router.route.page].retry?.();
  if (own) return own();
  if (anySeriesFailed()) retrySeries();
  else PAGES[router.route.page].reset?.();
}

function keys() {
  const page = state.awaited ? [] : PAGES[router.route.page].keys();
  const everywhere = [
    { key: "G", word: t("key.urgent"), run: live.goUrgent },
    { key: "R", word: t("key.retry"), run: retry },
    { key: "T", word: t("key.sound"), run: frame.testSound },
    { key: "?", word: t("key.all"), run: () => frame.toggleKeys() },
  ];
  const close = frame.areKeysOpen() ? [{ key: "Escape", run: () => frame.toggleKeys(false) }] : [];
  return [...close, ...page, ...everywhere];
}

function draw() {
  const list = keys();
  shortcuts.bind(state.session === "in" ? list : []);
  const page = state.session === "unknown" || (state.session === "out" && !state.site) || state.session === "unreachable" ? "" : state.awaited ? frame.notBegun() : PAGES[router.route.page].page();
  render(html`<div class="app page-${router.route.page} ${state.stale ? "is-stale" : ""}" data-lang=${lang()}>
    ${frame.topBar()}${frame.bars()}<div class="body">${page}</div>${frame.foot(list)}</div>${overlay()}${frame.keysPanel(list)}`, root);
}

let asked = false;

/** One render a frame, however much arrived. */
function schedule() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    draw();
  });
}

const annunciator = new Annunciator();
let heardSite = null;

/** Not tied to frames: a hidden tab draws nothing, and must still be heard. */
function announce() {
  if (state.session !== "in" || state.loading != null) return;
  const alerts = openAlerts();
  if (heardSite !== state.site) {
    heardSite = state.site;
    annunciator.hush(alerts, performance.now());
  }
  if (isSuspended()) return;
  const kind = annunciator.next(alerts, performance.now());
  if (kind != null) play(kind);
}

function title() {
  const waiting = openAlerts().filter((one) => !one.acknowledged_at && !isOver(one) && !isShelved(one)).length;
  const name = t("brand");
  const next = waiting ? t("title.count", waiting, name) : name;
  if (document.title !== next) document.title = next;
}

onChange(schedule);
onChange(title);
onChange(announce);
onSeries(changed);
router.onLeave(frame.closeSettings);
router.listen();
shortcuts.listen();
probe();
frame.applyTheme();
schedule();
begin();

// The first touch of anything opens the sound; it needs no button of its own.
// Not pointerdown: the bar that goes away then would pull the button from under the finger.
for (const kind of ["click", "keydown"]) {
  addEventListener(
    kind,
    () => {
      // A lone modifier key is no gesture to a browser; asking would only be refused.
      const gesture = navigator.userActivation?.isActive ?? true;
      if (gesture && isSuspended()) unlock(false).then(changed);
    },
    { capture: true },
  );
}
setInterval(() => {
  announce();
  schedule(); // Charts and trends move with time, a pixel now and then.
}, 1000);
setInterval(frame.applyTheme, 30_000);
setInterval(() => state.session === "in" && readSites().catch(() => {}), 30_000);
addEventListener("resize", schedule);
document.addEventListener("visibilitychange", () => !document.hidden && changed());
