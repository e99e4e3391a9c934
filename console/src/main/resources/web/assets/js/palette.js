// The tokens of tokens.css for those who draw on a canvas, read once per theme.
let read = null;

/** To be called when the theme changed. */
export function forgetPalette() {
  read = null;
}

export function palette() {
  if (!read) {
    const style = getComputedStyle(document.documentElement);
    const token = (name) => style.getPropertyValue(name).trim();
    const levels = (suffix) => [null, 1, 2, 3, 4].map((n) => n && token(`--l${n}${suffix}`));
    read = {
      text: token("--text"), mute: token("--mute"), faint: token("--faint"), line: token("--line"),
      now: token("--now"), control: token("--control"), panel: token("--panel"), ground: token("--ground"),
      fill: levels(""), ink: levels("-ink"), edge: levels("-edge"), font: token("--font"),
      dark: document.documentElement.dataset.theme !== "light",
    };
  }
  return read;
}

/** A line in a level's colour must be seen on the panel: in light themes the edge does that. */
export const lineColour = (n) => (palette().dark ? palette().fill[n] : palette().edge[n]);
