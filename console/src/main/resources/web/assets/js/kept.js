// Choices kept in this browser. Storage may be blocked or full: then they hold for this visit only.
const visit = new Map();

export function kept(key) {
  try {
    return localStorage.getItem(key) ?? visit.get(key) ?? null;
  } catch {
    return visit.get(key) ?? null;
  }
}

export function keep(key, value) {
  visit.set(key, value);
  try {
    localStorage.setItem(key, value);
  } catch {
    // The visit's copy is enough.
  }
}

/** Forgets `name` and all that begins with `name/`. */
export function forget(name) {
  const meant = (key) => key === name || key.startsWith(`${name}/`);
  for (const key of [...visit.keys()].filter(meant)) visit.delete(key);
  try {
    for (const key of Object.keys(localStorage).filter(meant)) localStorage.removeItem(key);
  } catch {
    // Nothing was kept beyond this visit.
  }
}
