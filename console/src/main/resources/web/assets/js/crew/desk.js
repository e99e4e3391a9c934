// What the crew last saw, kept in this browser: a phone drops pages in the background, and the next
// start may have no network. One person's at a time, until they sign out.
import { forget, keep, kept } from "../kept.js";

const DESK = "crew-desk";
const LEAVING = "crew-leaving";

/** A name that is one person's alone. */
export const ownerOf = ({ role, crew, member, name }) => (member ? `${crew}/${member}` : `${role}/${name}`);

/** {person, jobs, events, heardAt, offset, zone}; null where there is nothing to be made of it. */
export function last() {
  try {
    const desk = JSON.parse(kept(DESK) ?? "null");
    return desk?.person && Array.isArray(desk.jobs) && Array.isArray(desk.events) ? desk : null;
  } catch {
    return null;
  }
}

export function save(state) {
  // Not the token that commands carry: it comes anew with every start that has a network.
  const { csrf, ...person } = state.person;
  const { jobs, heardAt, offset, zone } = state;
  const events = jobs.map((one) => [one.job.id, state.events.get(one.job.id)]).filter(([, list]) => list);
  keep(DESK, JSON.stringify({ person, jobs, events, heardAt, offset, zone }));
}

export const clear = () => forget(DESK);

/** Signed out where the server could not be told: the cookie is still good and must not let anybody in. */
export const isLeaving = () => kept(LEAVING) === "1";

export const leave = () => keep(LEAVING, "1");

export const left = () => forget(LEAVING);
