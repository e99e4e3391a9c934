"use strict";
{
  const root = document.documentElement;
  const asked = new URLSearchParams(location.search);
  const speak = (zh) => { root.lang = zh ? "zh-CN" : "en"; };
  speak(asked.has("lang") ? asked.get("lang") === "zh" : !/^en/i.test(navigator.language || "zh"));
  if (asked.has("theme")) root.dataset.theme = asked.get("theme");
  document.getElementById("language").addEventListener("click", () => speak(root.lang === "en"));
  document.getElementById("theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
}
