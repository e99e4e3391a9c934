// Before the first paint, and so a classic script: the choice of theme and language must not flash.
(() => {
  const kept = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // Storage may be blocked: then the defaults hold for this visit.
    }
  };
  const hour = new Date().getHours();
  const byClock = hour >= 7 && hour < 19 ? "light" : "dark";
  const theme = kept("theme");
  const root = document.documentElement;
  root.dataset.theme = theme === "dark" || theme === "light" ? theme : byClock;
  const browser = (navigator.language || "zh").toLowerCase().startsWith("zh") ? "zh" : "en";
  root.lang = (kept("language") || browser) === "zh" ? "zh-CN" : "en";
})();
