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
