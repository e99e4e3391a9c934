// Text onto the clipboard. Pages opened by address have no clipboard of their own: there the old way goes.
import { changed } from "./store.js";

let copied = null;

/** Which text was copied within the last seconds; null otherwise. */
export const wasCopied = (name) => copied === name;

function theOldWay(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.setAttribute("readonly", "");
  field.className = "off-screen";
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

/** @param name what the button shows as copied for two seconds */
export async function copy(name, text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    theOldWay(text);
  }
  copied = name;
  changed();
  setTimeout(() => {
    if (copied === name) copied = null;
    changed();
  }, 2000);
}
